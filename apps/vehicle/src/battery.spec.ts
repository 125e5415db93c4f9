import { describe, expect, it } from 'vitest';
import { percent, wattHours } from '@kerbside/kernel';
import { Battery } from './battery.ts';

const half = () => new Battery({ capacity: wattHours(60_000), soc: percent(50) });

describe('battery', () => {
  it('counts the energy of every step, phase by phase', () => {
    const battery = half();
    for (let step = 0; step < 36_000; step++) battery.absorb([230, 231, 229], [16, 16, 10], 100);
    expect(battery.energy).toBeCloseTo(230 * 16 + 231 * 16 + 229 * 10, 6);
    expect(battery.soc).toBeCloseTo(50 + (battery.energy / 60_000) * 100, 9);
  });

  it('wants what it was told, and never more than fits', () => {
    const soc = percent(90);
    const capacity = wattHours(10_000);
    expect(new Battery({ capacity, soc, energyWanted: wattHours(500) }).wanted).toBe(500);
    expect(new Battery({ capacity, soc, energyWanted: wattHours(5000) }).wanted).toBe(1000);
    expect(new Battery({ capacity, soc }).wanted).toBe(1000);
  });

  it('is full when it has what it wanted', () => {
    const battery = new Battery({
      capacity: wattHours(60_000),
      soc: percent(50),
      energyWanted: wattHours(10),
    });
    battery.absorb([360], [100], 999);
    expect([battery.full, battery.left]).toEqual([false, expect.closeTo(0.01, 6)]);
    battery.absorb([360], [100], 1);
    expect([battery.full, battery.left]).toEqual([true, 0]);
  });

  it('takes less and less above 80 %, and its voltage rises with its charge', () => {
    const at = (soc: number) => new Battery({ capacity: wattHours(60_000), soc: percent(soc) });
    expect(at(20).maxCurrent * at(20).voltage).toBeCloseTo(90_000, 6);
    expect(at(80).maxCurrent * at(80).voltage).toBeCloseTo(90_000, 6);
    expect(at(90).maxCurrent * at(90).voltage).toBeCloseTo(47_250, 6);
    expect(at(100).maxCurrent * at(100).voltage).toBeCloseTo(4500, 6);
    expect([at(0).voltage, at(100).voltage]).toEqual([320, 400]);
  });
});
