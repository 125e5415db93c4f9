import { ExiCodec } from '@kerbside/exi';
import type { SignatureAlgorithms } from './algorithms.ts';
import { xmldsigSet } from './schema.ts';
import type { SignatureType } from './signature.ts';
import { SignedInfoType } from './signed-info.ts';

/** An element to be signed: its Id, and its bytes as an EXI fragment of the schema set of its message. */
export interface ElementToSign {
  readonly id: string;
  readonly fragment: Uint8Array;
}

export interface SigningCrypto {
  digest(algorithm: string, bytes: Uint8Array): Uint8Array;
  /** Gives r and s, each as long as the curve's order, one after the other: not DER. It hashes `bytes` itself. */
  sign(algorithm: string, bytes: Uint8Array): Uint8Array;
}

const codec = new ExiCodec(xmldsigSet);

/** The bytes that a signature value is made over: SignedInfo as a fragment of XML Signature alone. */
export function signedInfoBytes(signedInfo: SignedInfoType): Uint8Array {
  return codec.encodeFragment('SignedInfo', SignedInfoType, signedInfo);
}

/** Signs elements of a message. XML Signature 3.1, over EXI. */
export function makeSignature(
  elements: readonly ElementToSign[],
  algorithms: SignatureAlgorithms,
  crypto: SigningCrypto,
): SignatureType {
  const { canonicalization, digest, signature } = algorithms;
  const signedInfo: SignedInfoType = {
    CanonicalizationMethod: { Algorithm: canonicalization },
    SignatureMethod: { Algorithm: signature },
    Reference: elements.map(({ id, fragment }) => ({
      URI: `#${id}`,
      Transforms: { Transform: [{ Algorithm: canonicalization }] },
      DigestMethod: { Algorithm: digest },
      DigestValue: crypto.digest(digest, fragment),
    })),
  };
  return {
    SignedInfo: signedInfo,
    SignatureValue: { value: crypto.sign(signature, signedInfoBytes(signedInfo)) },
  };
}
