import {
  type Infer,
  list,
  optional,
  restriction,
  sequence,
  simpleContent,
  xs,
} from '@kerbside/exi';
import { X509IssuerSerialType } from '@kerbside/pki';
import { eMAIDType } from './identifiers.ts';
import { msgDataTypes } from './namespaces.ts';

export const certificateType = msgDataTypes.simpleType(
  'certificateType',
  restriction(xs.base64Binary, { maxLength: 800 }),
);
export type certificateType = Infer<typeof certificateType>;

export const dHpublickeyType = msgDataTypes.simpleType(
  'dHpublickeyType',
  restriction(xs.base64Binary, { maxLength: 65 }),
);
export type dHpublickeyType = Infer<typeof dHpublickeyType>;

export const privateKeyType = msgDataTypes.simpleType(
  'privateKeyType',
  restriction(xs.base64Binary, { maxLength: 48 }),
);
export type privateKeyType = Infer<typeof privateKeyType>;

const subCertificates = sequence({ Certificate: list(certificateType, { max: 4 }) });
export interface SubCertificatesType extends Infer<typeof subCertificates> {}
export const SubCertificatesType = msgDataTypes.complexType<SubCertificatesType>(
  'SubCertificatesType',
  subCertificates,
);

const certificateChain = sequence(
  { Certificate: certificateType, SubCertificates: optional(SubCertificatesType) },
  { Id: optional(xs.ID) },
);
export interface CertificateChainType extends Infer<typeof certificateChain> {}
export const CertificateChainType = msgDataTypes.complexType<CertificateChainType>(
  'CertificateChainType',
  certificateChain,
);

const contractSignatureEncryptedPrivateKey = simpleContent(privateKeyType, { Id: xs.ID });
export interface ContractSignatureEncryptedPrivateKeyType extends Infer<
  typeof contractSignatureEncryptedPrivateKey
> {}
export const ContractSignatureEncryptedPrivateKeyType =
  msgDataTypes.complexType<ContractSignatureEncryptedPrivateKeyType>(
    'ContractSignatureEncryptedPrivateKeyType',
    contractSignatureEncryptedPrivateKey,
  );

const diffieHellmanPublickey = simpleContent(dHpublickeyType, { Id: xs.ID });
export interface DiffieHellmanPublickeyType extends Infer<typeof diffieHellmanPublickey> {}
export const DiffieHellmanPublickeyType = msgDataTypes.complexType<DiffieHellmanPublickeyType>(
  'DiffieHellmanPublickeyType',
  diffieHellmanPublickey,
);

const emaid = simpleContent(eMAIDType, { Id: xs.ID });
export interface EMAIDType extends Infer<typeof emaid> {}
export const EMAIDType = msgDataTypes.complexType<EMAIDType>('EMAIDType', emaid);

const listOfRootCertificateIDs = sequence({
  RootCertificateID: list(X509IssuerSerialType, { max: 20 }),
});
export interface ListOfRootCertificateIDsType extends Infer<typeof listOfRootCertificateIDs> {}
export const ListOfRootCertificateIDsType = msgDataTypes.complexType<ListOfRootCertificateIDsType>(
  'ListOfRootCertificateIDsType',
  listOfRootCertificateIDs,
);
