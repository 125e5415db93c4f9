import { millis, seconds } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HealthReport } from '../diagnostics/health.service.ts';
import { ClockWatch } from './clock-watch.ts';

const TRUE_TIME = Date.UTC(2027, 4, 1);
let time: ManualClock;
let wall: number;
let synchronised: boolean | undefined;
let reports: HealthReport[];
let right: number[];

beforeEach(() => {
  time = new ManualClock();
  wall = TRUE_TIME;
  synchronised = true;
  reports = [];
  right = [];
});
function watch(mustBeSynchronised: boolean): ClockWatch {
  const made = new ClockWatch({
    clock: {
      now: () => wall + time.monotonic(),
      monotonic: () => time.monotonic(),
      arm: (after, fire) => time.arm(after, fire),
    },
    synchronised: () => synchronised,
    sinceBoot: () => 5000 + time.monotonic(),
    mustBeSynchronised,
    changed: (report) => reports.push(report),
    right: (sinceBoot) => right.push(sinceBoot),
  });
  made.start();
  return made;
}

describe('the clock of the machine', () => {
  it('in 1970 has failed, its facts are marked, and the moment when it is right is told once', async () => {
    wall = 12_345;
    synchronised = false;
    const clock = watch(true);
    expect(reports).toEqual([
      { status: 'failed', reason: 'clock-implausible', detail: '1970-01-01T00:00:12.345Z' },
    ]);
    expect(clock.mark()).toBe(5000);
    await time.run(seconds(20), 100);
    expect(clock.mark()).toBe(25_000);
    wall = TRUE_TIME;
    synchronised = true;
    await time.run(seconds(10), 100);
    expect(reports.at(-1)).toEqual({ status: 'ok' });
    expect(clock.mark()).toBeUndefined();
    expect(right).toEqual([35_000]);
    await time.run(seconds(60), 100);
    expect(right).toHaveLength(1);
  });

  it('that is set is trusted from that very fact on, before the next look', async () => {
    wall = 0;
    const clock = watch(false);
    await time.run(millis(100), 100);
    wall = TRUE_TIME;
    expect(clock.mark()).toBeUndefined();
  });

  it.each([
    ['an appliance', true, false, 'degraded', true],
    ['a bench', false, false, 'ok', false],
  ] as const)('that nothing keeps, on %s', (_, must, state, status, marked) => {
    synchronised = state;
    const clock = watch(must);
    expect(reports).toEqual([{ status, reason: 'clock-not-synchronised' }]);
    expect(clock.mark() !== undefined).toBe(marked);
    expect(right).toEqual([]);
  });

  describe('that was right, on an appliance whose time source goes away', () => {
    const away = async () => {
      synchronised = false;
      await time.run(seconds(20), 1000);
    };
    const back = async () => {
      synchronised = true;
      await time.run(seconds(20), 1000);
    };

    it('stays right: it runs on, health alone says so', async () => {
      const clock = watch(true);
      for (let times = 0; times < 3; times++) {
        await away();
        expect(clock.mark()).toBeUndefined();
        expect(reports.at(-1)).toEqual({ status: 'degraded', reason: 'clock-not-synchronised' });
        await back();
      }
      expect(right).toEqual([]);
    });

    it('is told to be right once, however often the source comes and goes', async () => {
      synchronised = false;
      watch(true);
      await back();
      await away();
      await back();
      expect(right).toHaveLength(1);
    });

    it('stays right over a leap second', async () => {
      const clock = watch(true);
      await away();
      wall -= 1000;
      expect(clock.mark()).toBeUndefined();
    });

    it.each([
      ['ahead', 60_000],
      ['back', -60_000],
    ])(
      'is in doubt from the fact on when it was set %s, until a source keeps it',
      async (_, by) => {
        const clock = watch(true);
        await away();
        wall += by;
        expect(clock.mark()).toBe(5000 + time.monotonic());
        await time.run(seconds(10), 1000);
        expect(clock.mark()).toBe(5000 + time.monotonic());
        expect(right).toEqual([]);
        await back();
        expect(clock.mark()).toBeUndefined();
        expect(right).toHaveLength(1);
      },
    );

    it('is implausible when it falls to 1970, also where a source claims to keep it', async () => {
      const clock = watch(true);
      await time.run(seconds(10), 1000);
      wall = 0;
      await time.run(seconds(10), 1000);
      expect(clock.mark()).toBe(5000 + time.monotonic());
      await away();
      expect(clock.mark()).toBe(5000 + time.monotonic());
      wall = TRUE_TIME;
      expect(clock.mark()).toBeUndefined();
    });
  });

  it('is no fault where nobody can tell', () => {
    synchronised = undefined;
    const clock = watch(true);
    expect(reports).toEqual([{ status: 'ok', reason: 'clock-state-unknown' }]);
    expect(clock.mark()).toBeUndefined();
  });

  it('is looked at no more after the end', async () => {
    const clock = watch(true);
    clock.stop();
    await time.run(seconds(60), 100);
    expect(reports).toHaveLength(1);
  });
});
