import type { Duration } from '@kerbside/kernel';
import type { PilotState } from '../pilot.ts';
import { vehicleWasAway } from './pilot.ts';
import { forgetVehicle, judgeRecovery } from './recovery.ts';
import { T_PLUG_SEEN } from './timings.ts';
import type { Turn } from './turn.ts';

/**
 * The board tells what is plugged in after nothing was heard of it: `pluggedFor`, for how long without a break.
 * Nobody charges on another's account, so whoever came meanwhile is a new vehicle.
 */
export function noticeReplug(
  turn: Turn,
  pilot: PilotState,
  pluggedFor: Duration | undefined,
): void {
  const { board, session } = turn.state;
  if (pilot === 'A') return forgetVehicle(turn);
  if (board.link) return;
  judgeRecovery(turn, pluggedFor);
  if (pluggedFor === undefined || board.lostAt === undefined) return;
  if (!session || session.unplugged) return;
  const unseen = turn.moment.now - board.lostAt;
  if (pluggedFor + T_PLUG_SEEN >= unseen) return;
  turn.fact({
    source: 'system',
    type: 'system.replugged',
    data: { unseenMs: Math.round(unseen) },
  });
  vehicleWasAway(turn);
}
