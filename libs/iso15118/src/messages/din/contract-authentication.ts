import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { msgBody } from './namespaces.ts';
import { genChallengeType } from './payment-details.ts';
import { EVSEProcessingType, responseCodeType } from './response-code.ts';

const contractAuthenticationReq = sequence(
  { GenChallenge: optional(genChallengeType) },
  { Id: optional(xs.IDREF) },
);
/** EV to EVSE: asks whether charging is authorised. DIN SPEC 70121 */
export interface ContractAuthenticationReqType extends Infer<typeof contractAuthenticationReq> {}
export const ContractAuthenticationReqType = msgBody.complexType<ContractAuthenticationReqType>(
  'ContractAuthenticationReqType',
  contractAuthenticationReq,
);

const contractAuthenticationRes = sequence({
  ResponseCode: responseCodeType,
  EVSEProcessing: EVSEProcessingType,
});
/** EVSE to EV: whether charging is authorised yet. DIN SPEC 70121 */
export interface ContractAuthenticationResType extends Infer<typeof contractAuthenticationRes> {}
export const ContractAuthenticationResType = msgBody.complexType<ContractAuthenticationResType>(
  'ContractAuthenticationResType',
  contractAuthenticationRes,
);
