import type { Measurement, Session, TimelineEntry } from '@kerbside/contracts';
import { describe, expect, it } from 'vitest';
import { MEASUREMENT_WINDOW_MS, reducers, TIMELINE_CAP } from './reducers.ts';

const point = (at: number): Measurement => ({
  at: new Date(at).toISOString(),
  energy: 0,
  power: 0,
  voltage: [],
  current: [],
});
const entry = (id: number, session = 's-1'): TimelineEntry => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  session,
  source: 'system',
  type: 'x.y',
  data: {},
});
const session = (id: string, began: string, energy = 0): Session => ({
  id,
  evse: 1,
  began,
  energy,
  transactions: [],
});

describe('measurements', () => {
  it('keep fifteen minutes before the newest point', () => {
    const old = { points: [point(0), point(1000)] };
    const next = reducers.measurements(old, { points: [point(MEASUREMENT_WINDOW_MS + 500)] });
    expect(next.points.map(({ at }) => Date.parse(at))).toEqual([
      1000,
      MEASUREMENT_WINDOW_MS + 500,
    ]);
  });

  it('stay as they are without a new point', () => {
    const value = { points: [point(0)] };
    expect(reducers.measurements(value, { points: [] }).points).toHaveLength(1);
  });
});

describe('the time line', () => {
  it('grows, and takes no entry twice', () => {
    const value = { session: 's-1', entries: [entry(1), entry(2)] };
    const next = reducers.timeline(value, { session: 's-1', entries: [entry(2), entry(3)] });
    expect(next.entries.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('begins anew with a new session', () => {
    const value = { session: 's-1', entries: [entry(1)] };
    const next = reducers.timeline(value, { session: 's-2', entries: [entry(9, 's-2')] });
    expect(next).toEqual({ session: 's-2', entries: [entry(9, 's-2')] });
  });

  it('is bounded', () => {
    const entries = Array.from({ length: TIMELINE_CAP }, (_, id) => entry(id));
    const next = reducers.timeline(
      { session: 's-1', entries },
      { session: 's-1', entries: [entry(TIMELINE_CAP)] },
    );
    expect(next.entries).toHaveLength(TIMELINE_CAP);
    expect(next.entries[0]?.id).toBe(1);
  });
});

it('a session that changed replaces the one before, newest first', () => {
  const value = { items: [session('a', '2026-01-01T00:00:00.000Z')] };
  const next = reducers.sessions(value, {
    items: [session('a', '2026-01-01T00:00:00.000Z', 7), session('b', '2026-01-02T00:00:00.000Z')],
  });
  expect(next.items.map(({ id, energy }) => [id, energy])).toEqual([
    ['b', 0],
    ['a', 7],
  ]);
});
