import type { Volts } from '@kerbside/kernel';
import type { PilotState } from '../pilot.ts';
import { clear, raise } from './faults.ts';
import { lacksVentilation } from './interlock.ts';
import { beginSession, unplug } from './session.ts';
import { T_PILOT_DEBOUNCE, T_PILOT_SETTLE } from './timings.ts';
import type { Turn } from './turn.ts';
import { onPilotOfPausedCar } from './wake-up.ts';

const rank = { A: 0, E: 0, F: 0, B: 1, C: 2, D: 2 } as const;
/** How near to energy: without ventilation state D is as far from it as B. */
const nearness = (state: PilotState, { config }: Turn['state']): number =>
  lacksVentilation(state, config) ? rank.B : rank[state];
const isError = (state: PilotState): boolean => state === 'E' || state === 'F';

/** A new reading of the pilot. Towards energy it must hold; away from energy it acts in this step. IEC 61851-1 */
export function onPilot(turn: Turn, to: PilotState, voltage?: Volts): void {
  const { board, orders } = turn.state;
  // Before the link is up the output may still be the F of the run before.
  const ownF =
    !board.link || orders.output === 'F' || turn.moment.now - orders.leftFAt < T_PILOT_SETTLE;
  if (isError(to) && ownF) {
    // Our own F reads as F; if it still does some time after, it is not ours.
    turn.set({ board: { ...board, candidate: to } });
    turn.cancel('debounce');
    return;
  }
  if (to === board.pilot) {
    turn.cancel('debounce');
    turn.set({ board: { ...board, candidate: undefined } });
    return;
  }
  if (board.link && !isError(to) && nearness(to, turn.state) > nearness(board.pilot, turn.state)) {
    if (board.candidate !== to) turn.arm('debounce', T_PILOT_DEBOUNCE);
    turn.set({ board: { ...board, candidate: to } });
    return;
  }
  take(turn, to, voltage);
}

export function onDebounced(turn: Turn): void {
  const { candidate } = turn.state.board;
  if (candidate !== undefined && !isError(candidate)) take(turn, candidate);
}

/** Some time after our output left F. */
export function onPilotSettled(turn: Turn): void {
  const { board, orders } = turn.state;
  if (orders.output !== 'F' && board.candidate !== undefined && isError(board.candidate))
    take(turn, board.candidate);
}

/** The vehicle was unplugged while nobody looked. */
export const vehicleWasAway = (turn: Turn): void => take(turn, 'A');

function take(turn: Turn, to: PilotState, voltage?: Volts): void {
  const { board } = turn.state;
  const previous = board.pilot;
  turn.cancel('debounce');
  turn.set({ board: { ...board, pilot: to, candidate: undefined } });
  if (to === previous) return;
  // what plugging in changes belongs to the session that begins with it
  beginSession(turn);
  turn.fact({
    source: 'pilot',
    type: 'pilot.changed',
    data: { state: to, previous, ...(voltage === undefined ? {} : { voltage }) },
  });
  if (isError(to)) raise(turn, 'pilot-error', `control pilot in state ${to}`, 'own');
  else clear(turn, 'pilot-error');
  if (lacksVentilation(to, turn.state.config))
    turn.fact({ source: 'system', type: 'system.ventilation-required', data: { pilot: to } });
  if (to === 'A') unplug(turn);
  else onPilotOfPausedCar(turn, to, previous);
}
