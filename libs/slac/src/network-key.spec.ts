import { createHash } from 'node:crypto';
import { fromHex } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { makeNetworkKey, nidOf } from './network-key.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe('network id', () => {
  it.each([
    ['3452235445AEF2D455FEFF31A3B303AD', 'b1c913b5aa0702'],
    ['B59319D7E8157BA001B018669CCEE30D', '026bcba5354e08'],
    ['50D3E4933F855B7040784DF815AA8DB7', 'b0f2e695666b03'],
    ['4733505A5955415556584B4C52424359', '47ac155d77e20e'],
  ])('of the key %s, as HomePlug tools make it', (nmk, nid) => {
    expect(nidOf(fromHex(nmk), sha256)).toBe(nid);
  });

  it('comes with a fresh secret key each time', () => {
    const random = new SeededRandom(3);
    const one = makeNetworkKey(random, sha256);
    const two = makeNetworkKey(random, sha256);
    expect(one.nid).not.toBe(two.nid);
    expect(one.nmk.reveal()).toHaveLength(16);
    expect(JSON.stringify(one)).not.toContain('"nmk":"0');
    expect(`${one.nmk}`).toBe('***');
  });
});
