import { describe, expect, it } from 'vitest';
import { addresses6In, bearsAddress, hasLinkLocal } from './addresses6.ts';

const all = addresses6In(`00000000000000000000000000000001 01 80 10 80       lo
fe8000000000000000fc00fffe000001 04 40 20 80     ev0
fd123456789a00010000000000000001 04 40 00 82     ev0
fe8000000000000000fc00fffe000002 05 40 20 c0     ev1
`);

describe('IPv6 addresses of the kernel', () => {
  it('are found by interface, address and prefix length', () => {
    expect(bearsAddress(all, 'ev0', 'fd12:3456:789a:1::1/64')).toBe(true);
    expect(bearsAddress(all, 'ev0', 'fd12:3456:789a:1::1/56')).toBe(false);
    expect(bearsAddress(all, 'ev0', 'fd12:3456:789a:2::1/64')).toBe(false);
    expect(bearsAddress(all, 'ev1', 'fd12:3456:789a:1::1/64')).toBe(false);
  });

  it('an address counts as there where the kernel tells none', () => {
    expect(bearsAddress(undefined, 'ev0', 'fd12:3456:789a:1::1/64')).toBe(true);
  });

  it('tell whether an interface has a link-local one that it may use', () => {
    expect(hasLinkLocal(all, 'ev0')).toBe(true);
    // tentative
    expect(hasLinkLocal(all, 'ev1')).toBe(false);
    expect(hasLinkLocal(all, 'lo')).toBe(false);
    expect(hasLinkLocal(undefined, 'ev0')).toBe(false);
  });
});
