export { xmldsigElements, xmldsigSet } from './xmldsig/schema.ts';
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
