import { type Random, Secret, toHex } from '@kerbside/kernel';
import type { Sha256 } from './ports.ts';

/** The logical network that a charger offers to one vehicle: its id, seven bytes as hex, and its key. */
export interface NetworkKey {
  readonly nid: string;
  readonly nmk: Secret<Uint8Array>;
}

/** The network id that belongs to a key, seven bytes as hex: SHA-256 five times. HomePlug AV */
export function nidOf(nmk: Uint8Array, sha256: Sha256, securityLevel = 0): string {
  let digest = nmk;
  for (let i = 0; i < 5; i++) digest = sha256(digest);
  const nid = digest.slice(0, 7);
  nid[6] = (securityLevel << 4) | ((nid[6] as number) >> 4);
  return toHex(nid);
}

/** A fresh key over the full range of 16 bytes. */
export function makeNetworkKey(random: Random, sha256: Sha256): NetworkKey {
  const nmk = random.bytes(16);
  return { nid: nidOf(nmk, sha256), nmk: new Secret(nmk) };
}
