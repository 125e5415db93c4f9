import { extension, type Infer, optional, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { ListOfRootCertificateIDsType } from '../common-types/root-certificate-ids.ts';
import { processingType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import {
  CertificateChainType,
  EMAIDListType,
  SignedCertificateChainType,
} from './certificate-chain.ts';
import { SignedInstallationDataType } from './signed-installation-data.ts';

const certificateInstallationReq = extension(V2GRequestType, {
  OEMProvisioningCertificateChain: SignedCertificateChainType,
  ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
  MaximumContractCertificateChains: xs.unsignedByte,
  PrioritizedEMAIDs: optional(EMAIDListType),
});
/** EV to EVSE: asks for contract certificates by the OEM provisioning certificate. ISO 15118-20 */
export interface CertificateInstallationReqType extends Infer<typeof certificateInstallationReq> {}
export const CertificateInstallationReqType =
  commonMessages.complexType<CertificateInstallationReqType>(
    'CertificateInstallationReqType',
    certificateInstallationReq,
  );

export const CertificateInstallationReq = commonMessages.element(
  'CertificateInstallationReq',
  CertificateInstallationReqType,
);

const certificateInstallationRes = extension(V2GResponseType, {
  EVSEProcessing: processingType,
  CPSCertificateChain: CertificateChainType,
  SignedInstallationData: SignedInstallationDataType,
  RemainingContractCertificateChains: xs.unsignedByte,
});
/** EVSE to EV: contract certificate and encrypted key, signed by the provisioning service. ISO 15118-20 */
export interface CertificateInstallationResType extends Infer<typeof certificateInstallationRes> {}
export const CertificateInstallationResType =
  commonMessages.complexType<CertificateInstallationResType>(
    'CertificateInstallationResType',
    certificateInstallationRes,
  );

export const CertificateInstallationRes = commonMessages.element(
  'CertificateInstallationRes',
  CertificateInstallationResType,
);
