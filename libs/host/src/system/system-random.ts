import { createHash, randomBytes } from 'node:crypto';
import type { Random } from '@kerbside/kernel';

/** Cryptographic random bytes. Synchronous: it shares no thread pool with anything. */
export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
};

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest());
