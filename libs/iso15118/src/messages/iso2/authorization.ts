import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { msgBody } from './namespaces.ts';
import { genChallengeType } from './payment-details.ts';
import { EVSEProcessingType, responseCodeType } from './response-code.ts';

const authorizationReq = sequence(
  { GenChallenge: optional(genChallengeType) },
  { Id: optional(xs.ID) },
);
/** EV to EVSE: the signed challenge, or empty with external payment. ISO 15118-2, 8.4.3 */
export interface AuthorizationReqType extends Infer<typeof authorizationReq> {}
export const AuthorizationReqType = msgBody.complexType<AuthorizationReqType>(
  'AuthorizationReqType',
  authorizationReq,
);

const authorizationRes = sequence({
  ResponseCode: responseCodeType,
  EVSEProcessing: EVSEProcessingType,
});
/** EVSE to EV: whether charging is authorised yet. ISO 15118-2, 8.4.3 */
export interface AuthorizationResType extends Infer<typeof authorizationRes> {}
export const AuthorizationResType = msgBody.complexType<AuthorizationResType>(
  'AuthorizationResType',
  authorizationRes,
);
