import { amps, millis, seconds, volts } from '@kerbside/kernel';
import { settle } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { type EvseBench, evseBench } from '../testing/evse-bench.ts';

const both = { kind: 'AC+DC', highLevelComm: true, fuse: amps(16), fastFallback: true } as const;

async function matched(bench: EvseBench): Promise<void> {
  bench.board.pilot('B');
  await bench.run(seconds(1));
  bench.matching.tell({ event: 'matching' });
  bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
  bench.evse.evseSide.request({ request: 'session-setup', evccId: '01', protocol: 'iso2' });
  bench.board.token('TAG');
  await bench.run(seconds(1));
}
const limit = (bench: EvseBench, name: string) =>
  bench.evse.snapshot().limits.find((slot) => slot.name === name)?.limit;

describe('an outlet for AC and DC', () => {
  it('feeds a DC car from the supply, whose limit counts, and not the AC fuse', async () => {
    const bench = evseBench({ config: both });
    await matched(bench);
    const { evseSide } = bench.evse;
    evseSide.request({ request: 'charge-parameters', mode: 'DC', maxVoltage: volts(450) });
    expect(limit(bench, 'fuse')).toBeUndefined();
    expect(limit(bench, 'supply')).toBeGreaterThan(16);
    bench.board.pilot('C');
    await bench.run(seconds(1));
    evseSide.request({ request: 'cable-check' });
    await bench.run(seconds(10));
    bench.supply.tell(10, 0);
    await settle();
    expect(evseSide.view().cableCheck).toBe('valid');
    evseSide.request({ request: 'demand', voltage: volts(400), current: amps(100) });
    await settle();
    expect(bench.supply.setPoint).toMatchObject({ voltage: 400, current: 100 });
  });

  it('tells one voltage and one current of a DC car, three of an AC car, as the meter shows them', async () => {
    for (const [mode, conductors] of [
      ['DC', 1],
      ['AC', 3],
    ] as const) {
      const bench = evseBench({ config: { ...both, sampleInterval: seconds(1) } });
      await matched(bench);
      bench.evse.evseSide.request({ request: 'charge-parameters', mode });
      await bench.run(seconds(3));
      const { meter } = bench.evse.snapshot();
      expect([meter?.voltage.length, meter?.current.length], mode).toEqual([
        conductors,
        conductors,
      ]);
      const sampled = bench.ledger.of('meter.sampled').at(-1)?.data.meter;
      expect([sampled?.voltage.length, sampled?.current.length], mode).toEqual([
        conductors,
        conductors,
      ]);
    }
  });

  it('feeds an AC car within the fuse, and asks for no cable check', async () => {
    const bench = evseBench({ config: both });
    await matched(bench);
    const { evseSide } = bench.evse;
    evseSide.request({ request: 'charge-parameters', mode: 'AC' });
    expect(evseSide.view().maxCurrent).toBe(16);
    bench.board.pilot('C');
    await bench.run(seconds(1));
    const on = evseSide.powerOn();
    await bench.run(seconds(1));
    expect(await on).toEqual({ on: true });
    expect(bench.board.contactor).toBe('closed');
    expect(bench.supply.setPoint).toBeUndefined();
  });

  it('falls back to charging by pilot alone when no car answers on the power line', async () => {
    const bench = evseBench({ config: both });
    bench.board.pilot('B');
    bench.board.token('TAG');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().pilotOutput).toEqual({ dutyPercent: 5 });
    bench.matching.tell({ event: 'failed', reason: 'no-car' });
    await bench.run(seconds(12));
    bench.board.pilot('C');
    await bench.run(millis(1500));
    expect(bench.board.contactor).toBe('closed');
    expect(bench.evse.snapshot()).toMatchObject({ maxCurrent: 16, session: { kind: 'basic' } });
  });
});
