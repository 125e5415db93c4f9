import { type Infer, sequence, xs } from '@kerbside/exi';
import {
  CertificateChainType,
  certificateType,
  ContractSignatureEncryptedPrivateKeyType,
  DiffieHellmanPublickeyType,
  EMAIDType,
  ListOfRootCertificateIDsType,
} from './certificate-chain.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const certificateInstallationReq = sequence(
  { OEMProvisioningCert: certificateType, ListOfRootCertificateIDs: ListOfRootCertificateIDsType },
  { Id: xs.ID },
);
/** EV to EVSE: asks for a contract certificate by the OEM provisioning certificate. ISO 15118-2, 8.4.3 */
export interface CertificateInstallationReqType extends Infer<typeof certificateInstallationReq> {}
export const CertificateInstallationReqType = msgBody.complexType<CertificateInstallationReqType>(
  'CertificateInstallationReqType',
  certificateInstallationReq,
);

const certificateInstallationRes = sequence({
  ResponseCode: responseCodeType,
  SAProvisioningCertificateChain: CertificateChainType,
  ContractSignatureCertChain: CertificateChainType,
  ContractSignatureEncryptedPrivateKey: ContractSignatureEncryptedPrivateKeyType,
  DHpublickey: DiffieHellmanPublickeyType,
  eMAID: EMAIDType,
});
/** EVSE to EV: contract certificate and encrypted key, signed by the provisioning service. ISO 15118-2, 8.4.3 */
export interface CertificateInstallationResType extends Infer<typeof certificateInstallationRes> {}
export const CertificateInstallationResType = msgBody.complexType<CertificateInstallationResType>(
  'CertificateInstallationResType',
  certificateInstallationRes,
);
