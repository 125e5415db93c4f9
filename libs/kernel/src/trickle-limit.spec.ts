import { beforeEach, describe, expect, it } from 'vitest';
import { minutes, seconds } from './duration.ts';
import { ManualClock } from './testing/index.ts';
import { TrickleLimit } from './trickle-limit.ts';

let clock: ManualClock;
let told: number[];
let limit: TrickleLimit;
beforeEach(() => {
  clock = new ManualClock();
  told = [];
  limit = new TrickleLimit(clock, { burst: 3, every: minutes(1), daily: 20 }, (count) =>
    told.push(count),
  );
});
const send = (count: number) =>
  Array.from({ length: count }, () => limit.passes()).filter(Boolean).length;

describe('a trickle of reports', () => {
  it('lets a burst pass, then one a minute', () => {
    expect(send(10)).toBe(3);
    clock.advance(seconds(59));
    expect(send(10)).toBe(0);
    clock.advance(seconds(1));
    expect(send(10)).toBe(1);
    clock.advance(minutes(60));
    expect(send(10)).toBe(3);
  });

  it('tells of the others also when no more come, and is quiet then', () => {
    send(10);
    expect(told).toEqual([]);
    clock.advance(seconds(1));
    expect(told).toEqual([7]);
    expect(clock.pending).toBe(0);
  });

  it('counts more rarely the longer it goes on, and loses none', () => {
    let passed = 0;
    for (let second = 0; second < 23 * 3600; second++) {
      passed += send(1);
      clock.advance(seconds(1));
    }
    expect(passed).toBe(20);
    expect(told.length).toBeLessThan(12 + 23);
    limit.flush();
    expect(told.reduce((sum, count) => sum + count, passed)).toBe(23 * 3600);
    expect(clock.pending).toBe(0);
  });

  it('begins anew after a day', () => {
    for (let hour = 0; hour < 23; hour++) {
      send(3);
      clock.advance(minutes(60));
    }
    expect(send(3)).toBe(0);
    clock.advance(minutes(60));
    expect(send(4)).toBe(3);
    clock.advance(seconds(1));
    expect(told.at(-1)).toBe(1);
  });

  it('can be forgotten only after its day, and not with a count that was not told', () => {
    send(3);
    clock.advance(minutes(23 * 60));
    expect(limit.spent).toBe(false);
    clock.advance(minutes(60));
    expect(limit.spent).toBe(true);
    send(4);
    expect(limit.spent).toBe(false);
  });
});
