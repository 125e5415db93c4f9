import type { PilotState } from '../pilot.ts';
import { fallAsleep, leaveComm, linked, resume, unpauseLink } from './comm.ts';
import { effectiveLimit, LEAST_OFFER } from './limits.ts';
import { deliversDc, type EvseState, type WokenBy } from './state.ts';
import { T_SESSION_SETUP } from './timings.ts';
import type { Turn } from './turn.ts';

/** Nothing that the car could use is to be had. */
const lacksEnergy = (state: EvseState): boolean =>
  deliversDc(state) ? effectiveLimit(state) <= 0 : effectiveLimit(state) < LEAST_OFFER;

/** Ends the pause; false where nothing is paused. */
export function wakeUp(turn: Turn, by: WokenBy): boolean {
  const { comm } = turn.state;
  if (comm.at !== 'paused') return false;
  turn.fact({ source: 'system', type: 'system.woken', data: { by } });
  if (comm.asleep) resume(turn, by);
  else {
    // The link may well stand still: the car need not wait until it is seen.
    turn.cancel('link-end');
    unpauseLink(turn);
    linked(turn, 0);
    // V2G was open all the time: nobody else waits for its next session
    turn.arm('session-setup', T_SESSION_SETUP);
  }
  return true;
}

/** A car wakes the charger by a BCB toggle, or by any change from B to C or D. ISO 15118-3 */
export function onPilotOfPausedCar(turn: Turn, to: PilotState, previous: PilotState): void {
  if (previous === 'B' && (to === 'C' || to === 'D')) wakeUp(turn, 'car');
}

/** While the car sleeps: wakes it when energy is to be had again, and lets it go when the charge is over. */
export function watchPause(turn: Turn): void {
  const { comm, transaction, session, faults, shutdown } = turn.state;
  if (comm.at !== 'paused' && comm.at !== 'resuming') return;
  if (!session || session.unplugged) return;
  if (transaction?.at !== 'open') {
    leaveComm(turn, 'the transaction is over', 'terminate');
    turn.set({ comm: { at: 'ended' } });
    return;
  }
  if (comm.at !== 'paused' || faults.length > 0 || shutdown) return;
  const low = lacksEnergy(turn.state);
  if (comm.low && !low) wakeUp(turn, 'energy');
  else if (low !== comm.low) turn.set({ comm: { ...comm, low } });
}

/** The last answer of the paused session has reached the car. */
export function sleep(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at === 'paused' && !comm.asleep) fallAsleep(turn);
}
