export { xmldsigElements, xmldsigSet } from './xmldsig/schema.ts';
export {
  ISO20_SIGNATURE,
  ISO2_SIGNATURE,
  isCanonicalExi,
  type SignatureAlgorithms,
} from './xmldsig/algorithms.ts';
export {
  type CheckingCrypto,
  checkSignature,
  type ReceivedSignature,
  type SignableElement,
  type SignatureCheck,
  type SignatureFault,
} from './xmldsig/check-signature.ts';
export {
  type ElementToSign,
  makeSignature,
  signedInfoBytes,
  type SigningCrypto,
} from './xmldsig/make-signature.ts';
export { X509IssuerSerialType } from './xmldsig/key-info.ts';
export {
  DigestMethodType,
  ReferenceType,
  TransformsType,
  TransformType,
} from './xmldsig/reference.ts';
export { ObjectType, Signature, SignatureType, SignatureValueType } from './xmldsig/signature.ts';
export {
  CanonicalizationMethodType,
  SignatureMethodType,
  SignedInfo,
  SignedInfoType,
} from './xmldsig/signed-info.ts';
