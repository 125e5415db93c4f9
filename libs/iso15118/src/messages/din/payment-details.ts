import { type Infer, restriction, sequence, xs } from '@kerbside/exi';
import { CertificateChainType } from './certificate-chain.ts';
import { contractIDType } from './identifiers.ts';
import { msgBody, msgDataTypes } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

export const genChallengeType = msgDataTypes.simpleType('genChallengeType', restriction(xs.string));
export type genChallengeType = Infer<typeof genChallengeType>;

const paymentDetailsReq = sequence({
  ContractID: contractIDType,
  ContractSignatureCertChain: CertificateChainType,
});
/** EV to EVSE: contract id and certificate chain. DIN SPEC 70121 */
export interface PaymentDetailsReqType extends Infer<typeof paymentDetailsReq> {}
export const PaymentDetailsReqType = msgBody.complexType<PaymentDetailsReqType>(
  'PaymentDetailsReqType',
  paymentDetailsReq,
);

const paymentDetailsRes = sequence({
  ResponseCode: responseCodeType,
  GenChallenge: genChallengeType,
  DateTimeNow: xs.long,
});
/** EVSE to EV: the challenge to sign. DIN SPEC 70121 */
export interface PaymentDetailsResType extends Infer<typeof paymentDetailsRes> {}
export const PaymentDetailsResType = msgBody.complexType<PaymentDetailsResType>(
  'PaymentDetailsResType',
  paymentDetailsRes,
);
