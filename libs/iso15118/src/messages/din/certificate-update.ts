import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import {
  CertificateChainType,
  dHParamsType,
  ListOfRootCertificateIDsType,
  privateKeyType,
} from './certificate-chain.ts';
import { contractIDType } from './identifiers.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const certificateUpdateReq = sequence(
  {
    ContractSignatureCertChain: CertificateChainType,
    ContractID: contractIDType,
    ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
    DHParams: dHParamsType,
  },
  { Id: optional(xs.IDREF) },
);
/** EV to EVSE: asks for a new contract certificate. DIN SPEC 70121 */
export interface CertificateUpdateReqType extends Infer<typeof certificateUpdateReq> {}
export const CertificateUpdateReqType = msgBody.complexType<CertificateUpdateReqType>(
  'CertificateUpdateReqType',
  certificateUpdateReq,
);

const certificateUpdateRes = sequence(
  {
    ResponseCode: responseCodeType,
    ContractSignatureCertChain: CertificateChainType,
    ContractSignatureEncryptedPrivateKey: privateKeyType,
    DHParams: dHParamsType,
    ContractID: contractIDType,
    RetryCounter: xs.short,
  },
  { Id: xs.IDREF },
);
/** EVSE to EV: contract certificate and encrypted key. DIN SPEC 70121 */
export interface CertificateUpdateResType extends Infer<typeof certificateUpdateRes> {}
export const CertificateUpdateResType = msgBody.complexType<CertificateUpdateResType>(
  'CertificateUpdateResType',
  certificateUpdateRes,
);
