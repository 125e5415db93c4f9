import { schemaSet } from '@kerbside/exi';
import {
  KeyInfo,
  KeyName,
  MgmtData,
  PGPData,
  RetrievalMethod,
  SPKIData,
  X509Data,
} from './key-info.ts';
import { DSAKeyValue, KeyValue, RSAKeyValue } from './key-value.ts';
import { Manifest, SignatureProperties, SignatureProperty } from './manifest.ts';
import { DigestMethod, DigestValue, Reference, Transform, Transforms } from './reference.ts';
import { ObjectElement, Signature, SignatureValue } from './signature.ts';
import { CanonicalizationMethod, SignatureMethod, SignedInfo } from './signed-info.ts';

/** All global elements of XML Signature: every message set imports them, and each takes a code there. */
export const xmldsigElements = [
  KeyInfo,
  KeyName,
  MgmtData,
  PGPData,
  RetrievalMethod,
  SPKIData,
  X509Data,
  DSAKeyValue,
  KeyValue,
  RSAKeyValue,
  Manifest,
  SignatureProperties,
  SignatureProperty,
  DigestMethod,
  DigestValue,
  Reference,
  Transform,
  Transforms,
  ObjectElement,
  Signature,
  SignatureValue,
  CanonicalizationMethod,
  SignatureMethod,
  SignedInfo,
] as const;

/** XML Signature alone: SignedInfo is signed as a fragment of it. */
export const xmldsigSet = schemaSet('xmldsig', {
  roots: { SignedInfo, Signature },
  others: xmldsigElements,
});
