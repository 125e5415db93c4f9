import { env } from 'node:process';
import { millis } from '@kerbside/kernel';
import { settle } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { Bench } from './bench.ts';

const runs = Number(env.KERBSIDE_SLAC_RUNS ?? 1000);

/**
 * The latest that a charger ends: TT_EVSE_SLAC_init without a request; else TT_matching_repetition, then
 * one more process (TT_match_sequence, TT_EVSE_match_MNBC, averaging, three CM_ATTEN_CHAR.IND,
 * TT_EVSE_match_session), and TT_match_join.
 */
const LATEST = Math.max(40_000, 10_000 + 400 + 600 + 45 + 3 * 200 + 10_000 + 12_000) + 100;
/** The car: TT_matching_repetition, its last process, and TT_match_join. */
const LATEST_CAR = 10_000 + 3 * 200 + 100 + 1200 + 3 * 200 + 12_000 + 100;

async function play(seed: number, loss: number) {
  const bus = { loss, duplication: loss / 2, reordering: loss, delay: [0, 8] } as const;
  // Every other charger is strict.
  const validation = seed % 2 === 0 ? 'strict' : 'lenient';
  const bench = new Bench({ seed, bus, evse: { validation } });
  bench.clock.advance(millis(2000));
  const car = bench.vehicle();
  bench.evse.enterBcd();
  void car.pev.start().then((result) => (car.result = result));
  const began = bench.clock.monotonic();
  const ended = () => ['matched', 'failed'].includes(bench.evse.state.at);
  let carEnded = Number.NaN;
  while (bench.clock.monotonic() - began < LATEST && !(ended() && car.result)) {
    bench.clock.advance(millis(250));
    await settle();
    if (car.result && Number.isNaN(carEnded)) carEnded = bench.clock.monotonic() - began;
  }
  return { bench, car, carEnded };
}

describe('matching on a bad wire', () => {
  it(`ends matched or failed with a stated cause, in time, and leaves no timer (${runs} seeds; 0 to 20 % lost, half as many twice, as many overtaken)`, async () => {
    let matched = 0;
    let clean = 0;
    const causes = new Map<string, number>();
    for (let seed = 1; seed <= runs; seed++) {
      const loss = ((seed - 1) % 21) / 100;
      const { bench, car, carEnded } = await play(seed, loss);
      const where = `seed ${seed}, loss ${loss}`;
      const { result } = car;
      expect(result, where).toBeDefined();
      expect(carEnded, where).toBeLessThanOrEqual(LATEST_CAR);
      const { at, failure, sessions } = bench.evse.state;
      expect(['matched', 'failed'], `${where}: charger ${at}`).toContain(at);
      expect(sessions, where).toEqual([]);
      if (at === 'failed') expect(failure?.what, where).toBeTruthy();
      if (result?.kind === 'failed') expect(result.cause.what, where).toBeTruthy();
      if (failure) causes.set(failure.code, (causes.get(failure.code) ?? 0) + 1);
      expect(car.pev.armed, where).toEqual([]);
      const mayRun = at === 'matched' ? /^(link_poll|TT_match_join|modem_.*)$/ : /^modem_/;
      const running = bench.evse.armed.filter((timer) => !mayRun.test(timer));
      expect(running, where).toEqual([]);
      if (result?.kind === 'matched') matched++;
      if (loss === 0) {
        expect(result?.kind, where).toBe('matched');
        clean++;
      }
      bench.evse.leaveBcd();
      bench.clock.advance(millis(15_000));
      expect(bench.evse.armed, where).toEqual([]);
      bench.stop();
      expect(
        bench.log.lines.filter(({ level }) => level === 'error'),
        where,
      ).toEqual([]);
    }
    expect(clean).toBeGreaterThan(0);
    expect(matched).toBeGreaterThan(runs * 0.9);
    console.info(`${matched} of ${runs} matched; the charger said ${JSON.stringify([...causes])}`);
  }, 600_000);

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
