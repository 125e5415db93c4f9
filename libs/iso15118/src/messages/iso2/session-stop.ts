import { enumeration, type Infer, sequence } from '@kerbside/exi';
import { msgBody, msgDataTypes } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

export const chargingSessionType = msgDataTypes.simpleType(
  'chargingSessionType',
  enumeration('Terminate', 'Pause'),
);
export type chargingSessionType = Infer<typeof chargingSessionType>;

const sessionStopReq = sequence({ ChargingSession: chargingSessionType });
/** EV to EVSE: ends or pauses the session. ISO 15118-2, 8.4.3 */
export interface SessionStopReqType extends Infer<typeof sessionStopReq> {}
export const SessionStopReqType = msgBody.complexType<SessionStopReqType>(
  'SessionStopReqType',
  sessionStopReq,
);

const sessionStopRes = sequence({ ResponseCode: responseCodeType });
/** EVSE to EV: the session is over. ISO 15118-2, 8.4.3 */
export interface SessionStopResType extends Infer<typeof sessionStopRes> {}
export const SessionStopResType = msgBody.complexType<SessionStopResType>(
  'SessionStopResType',
  sessionStopRes,
);
