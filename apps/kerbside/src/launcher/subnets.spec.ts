import { describe, expect, it } from 'vitest';
import { freeNetworks } from './subnets.ts';

const firsts = (count: number, taken: readonly string[]) =>
  freeNetworks(count, taken).map((network) => network.first);

describe('freeNetworks', () => {
  it('gives networks of two hosts that do not overlap each other', () => {
    expect(freeNetworks(2, [])).toEqual([
      { first: '198.18.0.1', second: '198.18.0.2', length: 30 },
      { first: '198.18.0.5', second: '198.18.0.6', length: 30 },
    ]);
  });

  it.each([
    ['a host', ['198.18.0.2'], '198.18.0.5'],
    ['a smaller network', ['198.18.0.0/31'], '198.18.0.5'],
    ['a larger network', ['198.18.0.0/24'], '198.18.1.1'],
    ['a whole pool and more', ['198.18.0.0/15'], '172.31.240.1'],
    ['no address at all', ['default', 'unreachable'], '198.18.0.1'],
  ])('keeps clear of %s', (_what, taken, first) => {
    expect(firsts(1, taken)).toEqual([first]);
  });

  it('gives fewer where everything is taken', () => {
    expect(firsts(1, ['0.0.0.0/0'])).toEqual([]);
  });
});
