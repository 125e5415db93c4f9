import { enumeration, extension, type Infer, optional } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { descriptionType, nameType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';

export const chargingSessionType = commonMessages.simpleType(
  'chargingSessionType',
  enumeration('Pause', 'Terminate', 'ServiceRenegotiation'),
);
export type chargingSessionType = Infer<typeof chargingSessionType>;

const sessionStopReq = extension(V2GRequestType, {
  ChargingSession: chargingSessionType,
  EVTerminationCode: optional(nameType),
  EVTerminationExplanation: optional(descriptionType),
});
/** EV to EVSE: ends, pauses or renegotiates the session. ISO 15118-20 */
export interface SessionStopReqType extends Infer<typeof sessionStopReq> {}
export const SessionStopReqType = commonMessages.complexType<SessionStopReqType>(
  'SessionStopReqType',
  sessionStopReq,
);

export const SessionStopReq = commonMessages.element('SessionStopReq', SessionStopReqType);

const sessionStopRes = extension(V2GResponseType, {});
/** EVSE to EV: the session is over. ISO 15118-20 */
export interface SessionStopResType extends Infer<typeof sessionStopRes> {}
export const SessionStopResType = commonMessages.complexType<SessionStopResType>(
  'SessionStopResType',
  sessionStopRes,
);

export const SessionStopRes = commonMessages.element('SessionStopRes', SessionStopResType);
