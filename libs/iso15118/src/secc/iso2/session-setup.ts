import { toHex } from '@kerbside/kernel';
import type { SessionSetupReqType, SessionSetupResType } from '../../messages/iso2/iso2.ts';
import type { Answer, SeccContext } from '../session.ts';

/** A car always gets a new session: paused sessions are not kept. ISO 15118-2 8.4.2 */
export function answerSessionSetup(
  req: SessionSetupReqType,
  { config, wall }: SeccContext,
): Answer<SessionSetupResType> {
  const evccId = toHex(req.EVCCID).toUpperCase();
  return {
    response: {
      ResponseCode: 'OK_NewSessionEstablished',
      EVSEID: config.evseId,
      EVSETimeStamp: BigInt(Math.floor(wall / 1000)),
    },
    next: 'service-discovery',
    session: { established: true, evccId },
    tell: [{ request: 'session-setup', evccId, protocol: 'ISO 15118-2' }],
  };
}
