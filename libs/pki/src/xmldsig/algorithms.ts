/** The algorithms of the signatures of one standard, by their URIs. */
export interface SignatureAlgorithms {
  readonly canonicalization: string;
  readonly digest: string;
  readonly signature: string;
}

const canonicalization = 'http://www.w3.org/TR/canonical-exi/';

/** ISO 15118-2: SHA-256, ECDSA on secp256r1; the signature value is r and s, 32 bytes each. */
export const ISO2_SIGNATURE: SignatureAlgorithms = {
  canonicalization,
  digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
  signature: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
};

/** ISO 15118-20: SHA-512, ECDSA on secp521r1; the signature value is r and s, 66 bytes each. */
export const ISO20_SIGNATURE: SignatureAlgorithms = {
  canonicalization,
  digest: 'http://www.w3.org/2001/04/xmlenc#sha512',
  signature: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512',
};

/** Both spellings are in use, with the slash at the end and without. */
export const isCanonicalExi = (algorithm: string): boolean =>
  algorithm.replace(/\/$/, '') === canonicalization.slice(0, -1);
