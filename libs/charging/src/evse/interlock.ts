import type { PilotState } from '../pilot.ts';
import type { EvseConfig } from '../ports.ts';
import { LEAST_OFFER, effectiveLimit } from './limits.ts';
import type { EvseState } from './state.ts';

/** The car requires ventilation that this area has not: state D gets no energy. IEC 61851-1 Annex A */
export const lacksVentilation = (pilot: PilotState, config: EvseConfig): boolean =>
  pilot === 'D' && config.ventilation !== true;

/** The car is ready for energy, and may have it here. */
export const inChargingState = ({ board, config }: EvseState): boolean =>
  board.pilot === 'C' || (board.pilot === 'D' && !lacksVentilation(board.pilot, config));

/** The first condition for energy that does not hold; undefined where the contactor may be closed. */
export function blocker(state: EvseState): string | undefined {
  const { board, session, transaction, faults, orders } = state;
  if (!board.link) return 'board-link-down';
  if (faults[0]) return `fault-${faults[0].code}`;
  if (state.shutdown) return 'charger-stops';
  if (!session || session.unplugged) return 'no-vehicle';
  if (!transaction) return 'no-transaction';
  if (transaction.at === 'reading' || transaction.at === 'committing')
    return 'transaction-not-committed';
  if (transaction.at === 'closing' || transaction.at === 'last-reading')
    return `stopped-${transaction.stop?.reason ?? 'Other'}`;
  if (state.outbox.failing) return 'storage-failed';
  // just after our own F a reading of E or F is no fault yet, and no leave to close either
  if (board.candidate === 'E' || board.candidate === 'F') return `pilot-${board.candidate}`;
  if (lacksVentilation(board.pilot, state.config)) return 'ventilation-required';
  if (!inChargingState(state)) return `pilot-${board.pilot}`;
  // What winds down keeps what is closed, and closes nothing.
  const closed = orders.contactor === 'closed';
  if (transaction.at === 'ending' && !closed) return `stopped-${transaction.stop?.reason}`;
  const refused = notOffered(state, closed);
  if (refused) return refused;
  if (!closed && state.contactorRests) return 'contactor-rests';
  if (board.lock !== 'locked') return 'not-locked';
  if (!closed && board.contactor !== 'open') return 'contactor-not-open';
  return undefined;
}

function notOffered(state: EvseState, closed: boolean): string | undefined {
  const { comm } = state;
  if (comm.at === 'basic') {
    if (state.config.kind === 'DC') return 'no-communication';
    if (closed && state.pause !== 'paused') return undefined;
    return effectiveLimit(state) < LEAST_OFFER || state.pause !== 'no'
      ? 'limit-too-low'
      : undefined;
  }
  if (comm.at === 'paused') return 'vehicle-paused';
  if (comm.at !== 'talking') return comm.at === 'ended' ? 'session-over' : 'no-communication';
  if (comm.v2g.power === 'off') return 'vehicle-wants-no-power';
  return comm.v2g.power === 'ramping' && !closed ? 'vehicle-wants-no-power' : undefined;
}

/** The contactor is open, and has to rest before it closes again. */
export const heldBack = ({ contactorRests, orders }: EvseState): boolean =>
  contactorRests && orders.contactor === 'open';

/** Blockers that go away by themselves while the car waits for power. */
export const passes = (reason: string): boolean =>
  reason.startsWith('pilot-B') ||
  reason === 'not-locked' ||
  reason === 'contactor-not-open' ||
  reason === 'contactor-rests' ||
  reason === 'transaction-not-committed';

/** Basic charging offers a current now. */
export const offersBasic = (state: EvseState): boolean =>
  state.comm.at === 'basic' &&
  state.config.kind !== 'DC' &&
  state.transaction?.at === 'open' &&
  state.faults.length === 0 &&
  !state.outbox.failing &&
  !heldBack(state) &&
  effectiveLimit(state) >= LEAST_OFFER;
