import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 128 bits, URL-safe. */
export const newSecret = (): string => randomBytes(16).toString('base64url');

export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

export function matchesHash(secret: string, hash: string): boolean {
  const a = Buffer.from(hashSecret(secret), 'hex');
  const b = Buffer.from(hash, 'hex');
  return a.length === b.length && timingSafeEqual(a, b);
}

// no 0 O 1 I L: read aloud and typed on a phone
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A claim code of 64 bits and more, in groups of four: `7KQM-2XWP-…`. */
export function newClaimCode(): string {
  const groups: string[] = [];
  while (groups.length < 4) {
    let group = '';
    while (group.length < 4) {
      const byte = randomBytes(1)[0] as number;
      // 248 is the largest multiple of 31 below 256: no letter comes up more often
      if (byte < 248) group += LETTERS[byte % LETTERS.length];
    }
    groups.push(group);
  }
  return groups.join('-');
}

export const normalizeClaimCode = (code: string): string =>
  code.toUpperCase().replace(/[^0-9A-Z]/g, '');
