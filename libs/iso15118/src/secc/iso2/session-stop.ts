import type { SessionStopReqType, SessionStopResType } from '../../messages/iso2/iso2.ts';
import type { HlcRequest } from '../../ports.ts';
import type { Answer, SeccContext } from '../session.ts';

/** Terminate or pause: either way this connection ends. ISO 15118-2 8.4.3.10 */
export function answerSessionStop(
  req: SessionStopReqType,
  { session }: SeccContext,
): Answer<SessionStopResType> {
  // A car that leaves out PowerDelivery stop must not leave the contactor closed.
  const off: HlcRequest[] = session.powered ? [{ request: 'power-off' }] : [];
  return {
    response: { ResponseCode: 'OK' },
    next: 'ended',
    session: { powered: false },
    tell: [...off, { request: 'session-stop', pause: req.ChargingSession === 'Pause' }],
  };
}
