import type { SessionStopReqType, SessionStopResType } from '../../messages/iso2/iso2.ts';
import type { HlcRequest } from '../../ports.ts';
import type { PausedSession } from '../paused-session.ts';
import type { Answer, SeccContext } from '../session.ts';
import { feeds } from './sa-schedule-list.ts';

/**
 * What a pause leaves behind. A schedule without power is none to come back to: it would bind the car to
 * it [V2G2-741], though the pause may well be for want of power. Such a car gets a new session.
 */
function paused({ config, facts, session }: SeccContext): PausedSession | undefined {
  const { evccId, id, joined } = session;
  const { transaction } = facts;
  const mode = session.mode ?? joined?.mode;
  const schedule = session.agreed ?? joined?.schedule;
  if (evccId === undefined || transaction === undefined) return undefined;
  if (schedule && mode && !feeds(schedule, mode, config)) return undefined;
  return {
    id,
    evseId: joined?.evseId ?? config.evseId,
    evccId,
    ...(mode ? { mode } : {}),
    ...(schedule ? { schedule } : {}),
    transaction,
  };
}

/** Terminate or pause: either way this connection ends. A pause is kept for as long as its transaction. ISO 15118-2 8.4.3.10 */
export function answerSessionStop(
  req: SessionStopReqType,
  context: SeccContext,
): Answer<SessionStopResType> {
  // A car that leaves out PowerDelivery stop must not leave the contactor closed.
  const off: HlcRequest[] = context.session.powered ? [{ request: 'power-off' }] : [];
  const pause = req.ChargingSession === 'Pause';
  const keep = pause ? paused(context) : undefined;
  return {
    response: { ResponseCode: 'OK' },
    next: 'ended',
    session: { powered: false },
    tell: [...off, { request: 'session-stop', pause }],
    ...(keep ? { keep } : {}),
  };
}
