import { equalBytes } from '@kerbside/kernel';
import { isCanonicalExi } from './algorithms.ts';
import type { ReferenceType } from './reference.ts';
import type { SignatureType } from './signature.ts';

/** An element with an Id, and the bytes that its digest may have been made over. */
export interface SignableElement {
  readonly id: string;
  /** Its name and those above it, to tell whether the right element was signed. */
  readonly path: readonly string[];
  readonly forms: readonly Uint8Array[];
}

/** A signature as it was received, with all that it may be about. */
export interface ReceivedSignature {
  readonly signature: SignatureType;
  /** The bytes that the signature value may have been made over. */
  readonly signedInfoForms: readonly Uint8Array[];
  readonly elements: readonly SignableElement[];
}

export interface CheckingCrypto {
  /** `undefined`: an algorithm that is not accepted. */
  digest(algorithm: string, bytes: Uint8Array): Uint8Array | undefined;
  /** Whether `value` (r and s, not DER) is a signature over `bytes` by the key in question; `undefined` as above. */
  verify(algorithm: string, bytes: Uint8Array, value: Uint8Array): boolean | undefined;
}

export type SignatureCheck =
  /** `signed`: the elements that the signature is about. Whether these are the right ones, the caller must know. */
  | { readonly valid: true; readonly signed: readonly SignableElement[] }
  | { readonly valid: false; readonly reason: SignatureFault; readonly detail: string };

export type SignatureFault =
  /** An algorithm that is not accepted. */
  | 'algorithm'
  /** No reference, or one that names no element or more than one. */
  | 'reference'
  /** An element is not what was signed. */
  | 'digest'
  /** The signature value is not of this key, or not over this SignedInfo. */
  | 'value';

/** Checks digests and value of a signature. XML Signature 3.2, over EXI */
export function checkSignature(
  { signature, signedInfoForms, elements }: ReceivedSignature,
  crypto: CheckingCrypto,
): SignatureCheck {
  const { CanonicalizationMethod, SignatureMethod, Reference } = signature.SignedInfo;
  if (!isCanonicalExi(CanonicalizationMethod.Algorithm))
    return invalid('algorithm', CanonicalizationMethod.Algorithm);
  if (Reference.length === 0) return invalid('reference', 'there is none');
  const signed: SignableElement[] = [];
  for (const reference of Reference) {
    const found = signedElement(reference, elements, crypto);
    if ('valid' in found) return found;
    signed.push(found);
  }
  const method = SignatureMethod.Algorithm;
  for (const form of signedInfoForms) {
    const verified = crypto.verify(method, form, signature.SignatureValue.value);
    if (verified === undefined) return invalid('algorithm', method);
    if (verified) return { valid: true, signed };
  }
  return invalid('value', method);
}

function signedElement(
  reference: ReferenceType,
  elements: readonly SignableElement[],
  crypto: CheckingCrypto,
): SignableElement | Extract<SignatureCheck, { valid: false }> {
  const { URI = '', Transforms, DigestMethod, DigestValue } = reference;
  const transform = Transforms?.Transform.find(({ Algorithm }) => !isCanonicalExi(Algorithm));
  if (transform) return invalid('algorithm', transform.Algorithm);
  const named = elements.filter(({ id }) => URI === `#${id}`);
  const [element] = named;
  // two elements of one Id: which of them was signed, nobody could say
  if (!element || named.length > 1) return invalid('reference', URI);
  for (const form of element.forms) {
    const digest = crypto.digest(DigestMethod.Algorithm, form);
    if (digest === undefined) return invalid('algorithm', DigestMethod.Algorithm);
    if (equalBytes(digest, DigestValue)) return element;
  }
  return invalid('digest', URI);
}

const invalid = (
  reason: SignatureFault,
  detail: string,
): Extract<SignatureCheck, { valid: false }> => ({ valid: false, reason, detail });
