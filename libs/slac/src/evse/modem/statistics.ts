import type { Turn } from '../turn.ts';
import type { Station } from './adapter.ts';
import { adapter, toModem } from './keying.ts';

/** More stations than that are not kept; a network of two is what matching makes. */
const MAX_STATIONS = 16;

/** Asks the modem for the stations of its network and the rates to them, while a vehicle is matched. */
export function askStatistics(turn: Turn): void {
  const of = adapter(turn);
  if (!turn.config.statistics || turn.state.at !== 'matched') return;
  const { rounds } = turn.state.modem;
  const questions = of.statistics(toModem(turn), rounds);
  if (questions.length === 0) return;
  turn.setModem({ rounds: rounds + 1 });
  for (const question of questions) turn.send(question);
  turn.arm('modem_statistics', turn.timers.modem_statistics);
}

/** The rates are kept for the shown state; the journal is told when other stations are there. */
export function onStations(turn: Turn, stations: readonly Station[]): void {
  if (turn.state.at !== 'matched' || turn.state.modem.vendor === 'unknown') return;
  const kept = stations.slice(0, MAX_STATIONS);
  const namesOf = (list: readonly Station[]) => list.map(({ mac }) => mac).join();
  const before = turn.state.modem.stations;
  turn.setModem({ stations: kept, rounds: 0 });
  if (before === undefined || namesOf(before) !== namesOf(kept))
    turn.report({ kind: 'network', stations: kept });
}
