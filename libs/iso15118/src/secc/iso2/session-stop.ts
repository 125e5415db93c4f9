import type { SessionStopReqType, SessionStopResType } from '../../messages/iso2/iso2.ts';
import type { HlcRequest } from '../../ports.ts';
import type { PausedSession } from '../paused-session.ts';
import type { Answer, SeccContext } from '../session.ts';

const kept = (mode: PausedSession['mode'], schedule: PausedSession['schedule']) => ({
  ...(mode ? { mode } : {}),
  ...(schedule ? { schedule } : {}),
});

/** Terminate or pause: either way this connection ends. A pause is kept for as long as its transaction. ISO 15118-2 8.4.3.10 */
export function answerSessionStop(
  req: SessionStopReqType,
  { config, facts, session }: SeccContext,
): Answer<SessionStopResType> {
  // A car that leaves out PowerDelivery stop must not leave the contactor closed.
  const off: HlcRequest[] = session.powered ? [{ request: 'power-off' }] : [];
  const pause = req.ChargingSession === 'Pause';
  const { id, mode, schedule, joined } = session;
  const { transaction } = facts;
  return {
    response: { ResponseCode: 'OK' },
    next: 'ended',
    session: { powered: false },
    tell: [...off, { request: 'session-stop', pause }],
    ...(pause && transaction !== undefined
      ? {
          keep: {
            id,
            evseId: joined?.evseId ?? config.evseId,
            ...kept(mode ?? joined?.mode, schedule ?? joined?.schedule),
            transaction,
          },
        }
      : {}),
  };
}
