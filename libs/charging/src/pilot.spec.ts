import { amps } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { currentForDuty, dutyForCurrent } from './index.ts';

describe('duty cycle and current, IEC 61851-1 table A.8', () => {
  it.each([
    [6, 10],
    [16, 26.7],
    [32, 53.3],
    [51, 85],
    [63, 89.2],
    [80, 96],
  ])('%d A is offered at %d %%', (limit, duty) => {
    expect(dutyForCurrent(amps(limit))).toBe(duty);
  });

  it('offers nothing below 6 A', () => {
    expect(dutyForCurrent(amps(5.9))).toBeUndefined();
  });

  it.each([
    [5, 0],
    [7.9, 0],
    [8, 6],
    [10, 6],
    [50, 30],
    [85, 51],
    [90, 65],
    [96.5, 80],
    [97.5, 0],
    [100, 0],
  ])('a vehicle may draw at %d %%: %d A', (duty, current) => {
    expect(currentForDuty(duty)).toBeCloseTo(current, 6);
  });
});
