import { type Infer, list, sequence } from '@kerbside/exi';
import { X509IssuerSerialType } from '@kerbside/pki';
import { commonTypes } from '../namespaces.ts';

const listOfRootCertificateIDs = sequence({
  RootCertificateID: list(X509IssuerSerialType, { max: 20 }),
});
export interface ListOfRootCertificateIDsType extends Infer<typeof listOfRootCertificateIDs> {}
export const ListOfRootCertificateIDsType = commonTypes.complexType<ListOfRootCertificateIDsType>(
  'ListOfRootCertificateIDsType',
  listOfRootCertificateIDs,
);
