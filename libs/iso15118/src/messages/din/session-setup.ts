import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { evccIDType, evseIDType } from './identifiers.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const sessionSetupReq = sequence({ EVCCID: evccIDType });
/** EV to EVSE: opens a session. DIN SPEC 70121 */
export interface SessionSetupReqType extends Infer<typeof sessionSetupReq> {}
export const SessionSetupReqType = msgBody.complexType<SessionSetupReqType>(
  'SessionSetupReqType',
  sessionSetupReq,
);

const sessionSetupRes = sequence({
  ResponseCode: responseCodeType,
  EVSEID: evseIDType,
  DateTimeNow: optional(xs.long),
});
/** EVSE to EV: the session id in the header is the one to use from here on. DIN SPEC 70121 */
export interface SessionSetupResType extends Infer<typeof sessionSetupRes> {}
export const SessionSetupResType = msgBody.complexType<SessionSetupResType>(
  'SessionSetupResType',
  sessionSetupRes,
);
