import { choice, enumeration, type Infer, restriction, sequence, xs } from '@kerbside/exi';
import { commonMessages } from '../namespaces.ts';
import { ContractCertificateChainType } from './certificate-chain.ts';

export const ecdhCurveType = commonMessages.simpleType(
  'ecdhCurveType',
  enumeration('SECP521', 'X448'),
);
export type ecdhCurveType = Infer<typeof ecdhCurveType>;

export const dhPublicKeyType = commonMessages.simpleType(
  'dhPublicKeyType',
  restriction(xs.base64Binary, { length: 133 }),
);
export type dhPublicKeyType = Infer<typeof dhPublicKeyType>;

export const secp521_EncryptedPrivateKeyType = commonMessages.simpleType(
  'secp521_EncryptedPrivateKeyType',
  restriction(xs.base64Binary, { length: 94 }),
);
export type secp521_EncryptedPrivateKeyType = Infer<typeof secp521_EncryptedPrivateKeyType>;

export const x448_EncryptedPrivateKeyType = commonMessages.simpleType(
  'x448_EncryptedPrivateKeyType',
  restriction(xs.base64Binary, { length: 84 }),
);
export type x448_EncryptedPrivateKeyType = Infer<typeof x448_EncryptedPrivateKeyType>;

export const tpm_EncryptedPrivateKeyType = commonMessages.simpleType(
  'tpm_EncryptedPrivateKeyType',
  restriction(xs.base64Binary, { length: 206 }),
);
export type tpm_EncryptedPrivateKeyType = Infer<typeof tpm_EncryptedPrivateKeyType>;

const signedInstallationData = sequence(
  {
    ContractCertificateChain: ContractCertificateChainType,
    ECDHCurve: ecdhCurveType,
    DHPublicKey: dhPublicKeyType,
    privateKey: choice({
      SECP521_EncryptedPrivateKey: secp521_EncryptedPrivateKeyType,
      X448_EncryptedPrivateKey: x448_EncryptedPrivateKeyType,
      TPM_EncryptedPrivateKey: tpm_EncryptedPrivateKeyType,
    }),
  },
  { Id: xs.ID },
);
export type SignedInstallationDataType = Infer<typeof signedInstallationData>;
export const SignedInstallationDataType = commonMessages.complexType<SignedInstallationDataType>(
  'SignedInstallationDataType',
  signedInstallationData,
);

export const SignedInstallationData = commonMessages.element(
  'SignedInstallationData',
  SignedInstallationDataType,
);
