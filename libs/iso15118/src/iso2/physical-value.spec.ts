import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@kerbside/kernel/testing';
import { physicalValue, valueIn } from './physical-value.ts';

describe('physical values', () => {
  it.each([
    [16, { Multiplier: 0, Unit: 'A', Value: 16 }],
    [0, { Multiplier: 0, Unit: 'A', Value: 0 }],
    [7.5, { Multiplier: -1, Unit: 'A', Value: 75 }],
    [0.25, { Multiplier: -2, Unit: 'A', Value: 25 }],
    [-1.5, { Multiplier: -1, Unit: 'A', Value: -15 }],
    [32_767, { Multiplier: 0, Unit: 'A', Value: 32_767 }],
    [32_768, { Multiplier: 1, Unit: 'A', Value: 3277 }],
    [400.123, { Multiplier: -1, Unit: 'A', Value: 4001 }],
    [1 / 3, { Multiplier: -3, Unit: 'A', Value: 333 }],
    [1e9, { Multiplier: 3, Unit: 'A', Value: 32_767 }],
    [-1e9, { Multiplier: 3, Unit: 'A', Value: -32_767 }],
    [Number.NaN, { Multiplier: 0, Unit: 'A', Value: 0 }],
  ])('%d', (value, wire) => {
    const found = physicalValue('A', value);
    expect(found.Unit).toBe('A');
    expect(valueIn('A', found)).toBeCloseTo(valueIn('A', wire as typeof found) ?? Number.NaN, 1);
    expect(Math.abs(found.Value)).toBeLessThanOrEqual(32_767);
    if (Number.isInteger(value) && Math.abs(value) <= 32_767) expect(found).toEqual(wire);
  });

  it('comes back within one part in three thousand (seed 4)', () => {
    const random = new SeededRandom(4);
    for (let i = 0; i < 5000; i++) {
      const value = (random.next() - 0.5) * 10 ** (random.int(9) - 1);
      const back = valueIn('W', physicalValue('W', value)) ?? Number.NaN;
      expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) / 3000 + 0.0006);
    }
  });

  it('is nothing in another unit', () => {
    expect(valueIn('V', physicalValue('A', 3))).toBeUndefined();
  });
});
