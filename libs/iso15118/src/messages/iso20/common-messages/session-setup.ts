import { extension, type Infer } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { identifierType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';

const sessionSetupReq = extension(V2GRequestType, { EVCCID: identifierType });
/** EV to EVSE: opens a session, or asks to go on with a paused one. ISO 15118-20 */
export interface SessionSetupReqType extends Infer<typeof sessionSetupReq> {}
export const SessionSetupReqType = commonMessages.complexType<SessionSetupReqType>(
  'SessionSetupReqType',
  sessionSetupReq,
);

export const SessionSetupReq = commonMessages.element('SessionSetupReq', SessionSetupReqType);

const sessionSetupRes = extension(V2GResponseType, { EVSEID: identifierType });
/** EVSE to EV: the session id in the header is the one to use from here on. ISO 15118-20 */
export interface SessionSetupResType extends Infer<typeof sessionSetupRes> {}
export const SessionSetupResType = commonMessages.complexType<SessionSetupResType>(
  'SessionSetupResType',
  sessionSetupRes,
);

export const SessionSetupRes = commonMessages.element('SessionSetupRes', SessionSetupResType);
