import { equalBytes, toHex } from '@kerbside/kernel';
import type { SessionSetupReqType, SessionSetupResType } from '../../messages/iso2/iso2.ts';
import type { Answer, SeccContext } from '../session.ts';

/** The paused session where the car that paused names it [V2G2-740] and its transaction goes on, else a new one. ISO 15118-2 8.4.2 */
export function answerSessionSetup(
  req: SessionSetupReqType,
  { config, facts, paused, sessionId, wall }: SeccContext,
): Answer<SessionSetupResType> {
  const evccId = toHex(req.EVCCID).toUpperCase();
  const isTheirs =
    paused?.transaction === facts.transaction &&
    paused?.evccId === evccId &&
    equalBytes(paused.id, sessionId);
  const joined = isTheirs ? paused : undefined;
  return {
    response: {
      ResponseCode: joined ? 'OK_OldSessionJoined' : 'OK_NewSessionEstablished',
      EVSEID: joined?.evseId ?? config.evseId,
      EVSETimeStamp: BigInt(Math.floor(wall / 1000)),
    },
    next: 'service-discovery',
    session: { established: true, evccId, ...(joined ? { id: joined.id, joined } : {}) },
    tell: [{ request: 'session-setup', evccId, protocol: 'ISO 15118-2' }],
  };
}
