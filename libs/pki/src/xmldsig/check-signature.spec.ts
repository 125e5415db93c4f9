import { describe, expect, it } from 'vitest';
import { ISO2_SIGNATURE, isCanonicalExi } from './algorithms.ts';
import { type CheckingCrypto, checkSignature, type SignableElement } from './check-signature.ts';
import { makeSignature, signedInfoBytes } from './make-signature.ts';

/** The sum of the bytes for a digest, and of those the negative for a signature: enough to tell bytes apart. */
const sum = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.of(bytes.reduce((total, byte) => (total * 31 + byte) & 0xff, 7));
const crypto: CheckingCrypto = {
  digest: (algorithm, bytes) => (algorithm === ISO2_SIGNATURE.digest ? sum(bytes) : undefined),
  verify: (algorithm, bytes, value) =>
    algorithm === ISO2_SIGNATURE.signature ? sum(bytes)[0] === value[0] : undefined,
};
const a: SignableElement = { id: 'a', path: ['A'], forms: [Uint8Array.of(1), Uint8Array.of(2)] };
const b: SignableElement = { id: 'b', path: ['B'], forms: [Uint8Array.of(3)] };
const signature = makeSignature(
  [
    { id: 'a', fragment: Uint8Array.of(2) },
    { id: 'b', fragment: Uint8Array.of(3) },
  ],
  ISO2_SIGNATURE,
  { digest: (_algorithm, bytes) => sum(bytes), sign: (_algorithm, bytes) => sum(bytes) },
);
const signedInfoForms = [Uint8Array.of(0), signedInfoBytes(signature.SignedInfo)];

describe('checkSignature', () => {
  it('takes any of the forms that an element and SignedInfo may have', () => {
    expect(checkSignature({ signature, signedInfoForms, elements: [b, a] }, crypto)).toEqual({
      valid: true,
      signed: [a, b],
    });
  });

  it('refuses when any reference is bad, not only the first', () => {
    const other = { ...b, forms: [Uint8Array.of(4)] };
    expect(checkSignature({ signature, signedInfoForms, elements: [a, other] }, crypto)).toEqual({
      valid: false,
      reason: 'digest',
      detail: '#b',
    });
  });

  it('refuses an Id that two elements have: which of them was signed?', () => {
    const twin = { ...b, id: 'a' };
    expect(checkSignature({ signature, signedInfoForms, elements: [a, twin, b] }, crypto)).toEqual({
      valid: false,
      reason: 'reference',
      detail: '#a',
    });
  });

  it('refuses a signature without references: it is about nothing', () => {
    const none = { ...signature, SignedInfo: { ...signature.SignedInfo, Reference: [] } };
    const received = { signature: none, signedInfoForms: [Uint8Array.of(0)], elements: [a, b] };
    const willing = { ...crypto, verify: () => true };
    expect(checkSignature(received, willing)).toEqual({
      valid: false,
      reason: 'reference',
      detail: 'there is none',
    });
  });

  it('refuses a signature over nothing that could have been signed', () => {
    expect(checkSignature({ signature, signedInfoForms: [], elements: [a, b] }, crypto)).toEqual({
      valid: false,
      reason: 'value',
      detail: ISO2_SIGNATURE.signature,
    });
  });

  it.each([
    ['http://www.w3.org/TR/canonical-exi/', true],
    ['http://www.w3.org/TR/canonical-exi', true],
    ['http://www.w3.org/TR/canonical-exi//', false],
    ['http://www.w3.org/2001/10/xml-exc-c14n#', false],
    ['', false],
  ])('canonicalization %j: %s', (algorithm, known) => {
    expect(isCanonicalExi(algorithm)).toBe(known);
    const { SignedInfo } = signature;
    const other = {
      ...signature,
      SignedInfo: { ...SignedInfo, CanonicalizationMethod: { Algorithm: algorithm } },
    };
    const received = { signature: other, signedInfoForms, elements: [a, b] };
    expect(checkSignature(received, crypto).valid).toBe(known);
  });
});
