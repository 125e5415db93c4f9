import { type Infer, list, optional, restriction, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

export const certificateType = msgDataTypes.simpleType(
  'certificateType',
  restriction(xs.base64Binary, { maxLength: 1200 }),
);
export type certificateType = Infer<typeof certificateType>;

export const rootCertificateIDType = msgDataTypes.simpleType(
  'rootCertificateIDType',
  restriction(xs.string, { maxLength: 40 }),
);
export type rootCertificateIDType = Infer<typeof rootCertificateIDType>;

export const dHParamsType = msgDataTypes.simpleType(
  'dHParamsType',
  restriction(xs.base64Binary, { maxLength: 256 }),
);
export type dHParamsType = Infer<typeof dHParamsType>;

export const privateKeyType = msgDataTypes.simpleType(
  'privateKeyType',
  restriction(xs.base64Binary, { maxLength: 128 }),
);
export type privateKeyType = Infer<typeof privateKeyType>;

const subCertificates = sequence({ Certificate: list(certificateType, { max: Infinity }) });
export interface SubCertificatesType extends Infer<typeof subCertificates> {}
export const SubCertificatesType = msgDataTypes.complexType<SubCertificatesType>(
  'SubCertificatesType',
  subCertificates,
);

const certificateChain = sequence({
  Certificate: certificateType,
  SubCertificates: optional(SubCertificatesType),
});
export interface CertificateChainType extends Infer<typeof certificateChain> {}
export const CertificateChainType = msgDataTypes.complexType<CertificateChainType>(
  'CertificateChainType',
  certificateChain,
);

const listOfRootCertificateIDs = sequence({
  RootCertificateID: list(rootCertificateIDType, { max: Infinity }),
});
export interface ListOfRootCertificateIDsType extends Infer<typeof listOfRootCertificateIDs> {}
export const ListOfRootCertificateIDsType = msgDataTypes.complexType<ListOfRootCertificateIDsType>(
  'ListOfRootCertificateIDsType',
  listOfRootCertificateIDs,
);
