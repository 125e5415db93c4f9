import { type Infer, sequence } from '@kerbside/exi';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const sessionStop = sequence({});
/** EV to EVSE: ends the session. DIN SPEC 70121 */
export interface SessionStopType extends Infer<typeof sessionStop> {}
export const SessionStopType = msgBody.complexType<SessionStopType>('SessionStopType', sessionStop);

const sessionStopRes = sequence({ ResponseCode: responseCodeType });
/** EVSE to EV: the session is over. DIN SPEC 70121 */
export interface SessionStopResType extends Infer<typeof sessionStopRes> {}
export const SessionStopResType = msgBody.complexType<SessionStopResType>(
  'SessionStopResType',
  sessionStopRes,
);
