import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import {
  CertificateChainType,
  certificateType,
  dHParamsType,
  ListOfRootCertificateIDsType,
  privateKeyType,
} from './certificate-chain.ts';
import { contractIDType } from './identifiers.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const certificateInstallationReq = sequence(
  {
    OEMProvisioningCert: certificateType,
    ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
    DHParams: dHParamsType,
  },
  { Id: optional(xs.IDREF) },
);
/** EV to EVSE: asks for a contract certificate by the OEM provisioning certificate. DIN SPEC 70121 */
export interface CertificateInstallationReqType extends Infer<typeof certificateInstallationReq> {}
export const CertificateInstallationReqType = msgBody.complexType<CertificateInstallationReqType>(
  'CertificateInstallationReqType',
  certificateInstallationReq,
);

const certificateInstallationRes = sequence(
  {
    ResponseCode: responseCodeType,
    ContractSignatureCertChain: CertificateChainType,
    ContractSignatureEncryptedPrivateKey: privateKeyType,
    DHParams: dHParamsType,
    ContractID: contractIDType,
  },
  { Id: xs.IDREF },
);
/** EVSE to EV: contract certificate and encrypted key. DIN SPEC 70121 */
export interface CertificateInstallationResType extends Infer<typeof certificateInstallationRes> {}
export const CertificateInstallationResType = msgBody.complexType<CertificateInstallationResType>(
  'CertificateInstallationResType',
  certificateInstallationRes,
);
