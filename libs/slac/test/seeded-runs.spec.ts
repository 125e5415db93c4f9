import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { Bench } from './bench.ts';

const runs = Number(env.KERBSIDE_SLAC_RUNS ?? 200);

describe('matching on a bad wire', () => {
  it(`ends matched or failed with a stated cause, and leaves no timer (${runs} seeds, 0 to 20 % loss)`, async () => {
    let matched = 0;
    let clean = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const loss = ((seed - 1) % 21) / 100;
      const bench = new Bench({
        seed,
        bus: { loss, duplication: loss / 4, delay: [0, 8] },
      });
      await bench.run(2000);
      const car = bench.vehicle();
      const result = await bench.plugIn(car, 45_000);
      const where = `seed ${seed}, loss ${loss}`;
      expect(result, where).toBeDefined();
      const { at, failure } = bench.evse.state;
      expect(['matched', 'failed'], `${where}: charger ${at}`).toContain(at);
      if (at === 'failed') expect(failure?.what, where).toBeTruthy();
      if (result?.kind === 'failed') expect(result.cause.what, where).toBeTruthy();
      expect(car.pev.armed, where).toEqual([]);
      const mayRun = at === 'matched' ? /^(link_poll|TT_match_join|modem_statistics)$/ : /^modem_/;
      expect(
        bench.evse.armed.filter((timer) => !mayRun.test(timer)),
        where,
      ).toEqual([]);
      if (result?.kind === 'matched') matched++;
      if (loss === 0) {
        expect(result?.kind, where).toBe('matched');
        clean++;
      }
      bench.evse.leaveBcd();
      await bench.run(15_000);
      const left = bench.evse.armed.filter((timer) => !timer.startsWith('modem_'));
      expect(left, where).toEqual([]);
      bench.stop();
    }
    expect(clean).toBeGreaterThan(0);
    expect(matched).toBeGreaterThan(runs * 0.9);
    console.info(`${matched} of ${runs} matched`);
  }, 60_000);

  it('says why when the wire is too bad (40 seeds, 40 to 80 % loss)', async () => {
    const causes = new Set<string>();
    let failed = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const bench = new Bench({ seed, bus: { loss: 0.4 + seed / 100, delay: [0, 8] } });
      await bench.run(2000);
      const car = bench.vehicle();
      const result = await bench.plugIn(car, 60_000);
      expect(result, `seed ${seed}`).toBeDefined();
      const { at, failure } = bench.evse.state;
      expect(['matched', 'failed'], `seed ${seed}: charger ${at}`).toContain(at);
      if (at === 'failed') causes.add(failure?.code ?? 'none');
      if (result?.kind === 'failed') failed++;
      expect(car.pev.armed).toEqual([]);
      bench.stop();
    }
    expect(failed).toBeGreaterThan(5);
    expect(causes).not.toContain('none');
    expect(causes.size).toBeGreaterThan(1);
    console.info(`${failed} of 40 cars failed; the charger said ${[...causes].join(', ')}`);
  });
});
