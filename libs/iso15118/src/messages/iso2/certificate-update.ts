import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import {
  CertificateChainType,
  ContractSignatureEncryptedPrivateKeyType,
  DiffieHellmanPublickeyType,
  EMAIDType,
  ListOfRootCertificateIDsType,
} from './certificate-chain.ts';
import { eMAIDType } from './identifiers.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const certificateUpdateReq = sequence(
  {
    ContractSignatureCertChain: CertificateChainType,
    eMAID: eMAIDType,
    ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
  },
  { Id: xs.ID },
);
/** EV to EVSE: asks for a new contract certificate in place of an expiring one. ISO 15118-2, 8.4.3 */
export interface CertificateUpdateReqType extends Infer<typeof certificateUpdateReq> {}
export const CertificateUpdateReqType = msgBody.complexType<CertificateUpdateReqType>(
  'CertificateUpdateReqType',
  certificateUpdateReq,
);

const certificateUpdateRes = sequence({
  ResponseCode: responseCodeType,
  SAProvisioningCertificateChain: CertificateChainType,
  ContractSignatureCertChain: CertificateChainType,
  ContractSignatureEncryptedPrivateKey: ContractSignatureEncryptedPrivateKeyType,
  DHpublickey: DiffieHellmanPublickeyType,
  eMAID: EMAIDType,
  RetryCounter: optional(xs.short),
});
/** EVSE to EV: contract certificate and encrypted key, signed by the provisioning service; RetryCounter in days. ISO 15118-2, 8.4.3 */
export interface CertificateUpdateResType extends Infer<typeof certificateUpdateRes> {}
export const CertificateUpdateResType = msgBody.complexType<CertificateUpdateResType>(
  'CertificateUpdateResType',
  certificateUpdateRes,
);
