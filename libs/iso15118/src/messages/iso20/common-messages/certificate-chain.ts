import { type Infer, list, optional, restriction, sequence, xs } from '@kerbside/exi';
import { identifierType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';

export const certificateType = commonMessages.simpleType(
  'certificateType',
  restriction(xs.base64Binary, { maxLength: 1600 }),
);
export type certificateType = Infer<typeof certificateType>;

const emaidList = sequence({ EMAID: list(identifierType, { max: 8 }) });
export interface EMAIDListType extends Infer<typeof emaidList> {}
export const EMAIDListType = commonMessages.complexType<EMAIDListType>('EMAIDListType', emaidList);

const subCertificates = sequence({ Certificate: list(certificateType, { max: 3 }) });
export interface SubCertificatesType extends Infer<typeof subCertificates> {}
export const SubCertificatesType = commonMessages.complexType<SubCertificatesType>(
  'SubCertificatesType',
  subCertificates,
);

const certificateChain = sequence({
  Certificate: certificateType,
  SubCertificates: optional(SubCertificatesType),
});
export interface CertificateChainType extends Infer<typeof certificateChain> {}
export const CertificateChainType = commonMessages.complexType<CertificateChainType>(
  'CertificateChainType',
  certificateChain,
);

const signedCertificateChain = sequence(
  { Certificate: certificateType, SubCertificates: optional(SubCertificatesType) },
  { Id: xs.ID },
);
export interface SignedCertificateChainType extends Infer<typeof signedCertificateChain> {}
export const SignedCertificateChainType = commonMessages.complexType<SignedCertificateChainType>(
  'SignedCertificateChainType',
  signedCertificateChain,
);

const contractCertificateChain = sequence({
  Certificate: certificateType,
  SubCertificates: SubCertificatesType,
});
export interface ContractCertificateChainType extends Infer<typeof contractCertificateChain> {}
export const ContractCertificateChainType =
  commonMessages.complexType<ContractCertificateChainType>(
    'ContractCertificateChainType',
    contractCertificateChain,
  );
