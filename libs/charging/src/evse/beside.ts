import { seconds } from '@kerbside/kernel';
import type { HlcRequest, MatchingEvent } from '../ports.ts';
import { setKind } from './comm.ts';
import { identify } from './identity.ts';
import { offersBasic } from './interlock.ts';
import type { Beside, EvseState } from './state.ts';
import { T_STOP_OBEYED } from './timings.ts';
import type { Turn } from './turn.ts';

/*
 * Matching and V2G beside basic charging, at a nominal duty cycle: pilot and contactor follow the pilot
 * alone, and nothing that happens here interrupts them. AC only: DC needs 5 %.
 */

/** Matching that failed at a nominal duty cycle is tried again after this. */
const T_REMATCH = seconds(10);

const set = (turn: Turn, beside: Beside | undefined): void =>
  turn.set({ comm: beside === undefined ? { at: 'basic' } : { at: 'basic', beside } });

const runs = (beside: Beside | undefined): boolean =>
  beside === 'matching' || beside === 'linked' || beside === 'talking' || beside === 'ending';

function end(turn: Turn, order: 'leave' | 'terminate' | 'error', reason: string): void {
  const { running } = turn.state;
  turn.cancel('beside');
  if (running.hlc) turn.do({ do: 'hlc-close', reason });
  if (running.matching) turn.do({ do: 'matching', order });
  turn.set({ running: { matching: false, hlc: false } });
}

/** After every input: a nominal duty cycle is offered, so a car may match; or it is over, so it may not. */
export function matchBeside(turn: Turn): void {
  const { comm, config, has, faults, board, transaction } = turn.state;
  if (comm.at !== 'basic') return;
  const { beside } = comm;
  if (runs(beside) && (faults.length > 0 || !board.link)) {
    end(turn, 'leave', 'fault');
    return set(turn, undefined);
  }
  if (!transaction && runs(beside) && beside !== 'ending') {
    // The car has seen in its answers that it is to stop.
    set(turn, 'ending');
    return turn.arm('beside', T_STOP_OBEYED);
  }
  const wanted = config.matchAtNominalDuty === true && config.kind === 'AC';
  if (beside !== undefined || !wanted || !has.hlc || !has.matching) return;
  if (!offersBasic(turn.state)) return;
  turn.do({ do: 'matching', order: 'enter' });
  turn.set({ running: { ...turn.state.running, matching: true } });
  set(turn, 'matching');
}

export function onBesideTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at !== 'basic') return;
  if (comm.beside === 'resting') return set(turn, undefined);
  if (comm.beside !== 'ending') return;
  end(turn, 'terminate', 'session stopped');
  set(turn, turn.state.transaction ? 'over' : undefined);
}

function rest(turn: Turn): void {
  set(turn, 'resting');
  turn.arm('beside', T_REMATCH);
}

export function onMatchingBeside(turn: Turn, event: MatchingEvent): void {
  const { comm } = turn.state;
  const beside = comm.at === 'basic' ? comm.beside : undefined;
  switch (event.event) {
    case 'ready':
    case 'matching':
      return;
    case 'matched':
      if (beside !== 'matching') return;
      turn.setSession({ evMac: event.evMac });
      turn.do({ do: 'hlc-open' });
      turn.set({ running: { ...turn.state.running, hlc: true } });
      return set(turn, 'linked');
    case 'failed':
      if (beside === 'linked' || beside === 'talking') return lostBeside(turn, event.reason);
      if (beside !== 'matching') return;
      end(turn, 'leave', event.reason);
      return rest(turn);
    case 'link-lost':
      if (beside === 'linked' || beside === 'talking') lostBeside(turn, event.reason);
  }
}

/** [V2G3-M07-12] D-LINK_ERROR at a nominal duty cycle: basic charging is not interrupted. */
function lostBeside(turn: Turn, reason: string): void {
  turn.fact({ source: 'system', type: 'system.v2g-lost', data: { reason } });
  end(turn, 'error', reason);
  rest(turn);
}

/** A V2G session speaks to an EVSE that charges by the pilot alone. */
export const talksBeside = ({ comm }: EvseState): boolean =>
  comm.at === 'basic' && comm.beside === 'talking';

export function onV2gBeside(turn: Turn, request: HlcRequest): void {
  const { comm } = turn.state;
  const beside = comm.at === 'basic' ? comm.beside : undefined;
  if (request.request === 'session-setup') {
    if (beside !== 'linked') return;
    identify(turn, request.evccId);
    return set(turn, 'talking');
  }
  if (beside !== 'talking' && beside !== 'ending') return;
  switch (request.request) {
    case 'charge-parameters':
      if (request.mode === 'AC') setKind(turn, 'iso2-ac');
      if (request.soc !== undefined) turn.setSession({ soc: request.soc });
      return;
    case 'session-stop':
      // A pause keeps nothing here: the car goes on by the pilot alone.
      set(turn, 'ending');
      return turn.arm('beside', seconds(2));
    case 'lost':
      return lostBeside(turn, request.reason);
    default:
      // power comes and goes by the pilot
      return;
  }
}
