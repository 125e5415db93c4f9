import { type Infer, restriction, sequence, xs } from '@kerbside/exi';
import { CertificateChainType } from './certificate-chain.ts';
import { eMAIDType } from './identifiers.ts';
import { msgBody, msgDataTypes } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

/** A wrong length is left to the check of the challenge, which has an answer for it. */
export const genChallengeType = msgDataTypes.simpleType(
  'genChallengeType',
  restriction(xs.base64Binary, { length: 16 }, { minLength: 0, maxLength: 64 }),
);
export type genChallengeType = Infer<typeof genChallengeType>;

const paymentDetailsReq = sequence({
  eMAID: eMAIDType,
  ContractSignatureCertChain: CertificateChainType,
});
/** EV to EVSE: contract id and certificate chain (Plug and Charge). ISO 15118-2, 8.4.3 */
export interface PaymentDetailsReqType extends Infer<typeof paymentDetailsReq> {}
export const PaymentDetailsReqType = msgBody.complexType<PaymentDetailsReqType>(
  'PaymentDetailsReqType',
  paymentDetailsReq,
);

const paymentDetailsRes = sequence({
  ResponseCode: responseCodeType,
  GenChallenge: genChallengeType,
  EVSETimeStamp: xs.long,
});
/** EVSE to EV: the challenge to sign; EVSETimeStamp in seconds since 1970. ISO 15118-2, 8.4.3 */
export interface PaymentDetailsResType extends Infer<typeof paymentDetailsRes> {}
export const PaymentDetailsResType = msgBody.complexType<PaymentDetailsResType>(
  'PaymentDetailsResType',
  paymentDetailsRes,
);
