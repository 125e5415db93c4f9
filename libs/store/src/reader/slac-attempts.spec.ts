import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OperationOf } from '../operations.ts';
import { openStore, type Store } from '../store.ts';
import { systemClock } from '../testing/system-clock.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let directory: string;
let store: Store;
const open = () => openStore({ path: path.join(directory, 'k.db'), clock: systemClock });
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'kbt-store-'));
  store = open();
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const attempt = (
  id: string,
  began: number,
  more: Partial<OperationOf<'attempt.put'>> = {},
): OperationOf<'attempt.put'> => ({
  op: 'attempt.put',
  id,
  evse: 1,
  began,
  result: 'matched',
  evMac: '02:00:00:00:e0:01',
  summary: JSON.stringify({ id }),
  data: JSON.stringify({ id, frames: [] }),
  ...more,
});

it('tells the median of how long the matched ones lasted', async () => {
  const lasting = (id: string, lasted: number, more: Parameters<typeof attempt>[2] = {}) =>
    attempt(id, lasted, { summary: JSON.stringify({ id, lasted }), ...more });
  const median = async (evse = 1, evMac?: string) =>
    (await store.reader.slacAttempts({ evse, limit: 1, evMac })).medianMs;
  const flush = () =>
    store.commit([{ op: 'gap.add', from: 1, until: 2, entries: 0, bytes: 0, reason: 'x' }]);
  expect(await median()).toBeUndefined();
  store.note([
    lasting('a', 1500.5),
    lasting('b', 900),
    lasting('c', 12_000),
    lasting('failed', 40_000, { result: 'failed' }),
    lasting('other', 7, { evse: 2 }),
    // as a version before may have kept it
    attempt('old', 5),
  ]);
  await flush();
  expect(await median()).toBe(1500.5);
  store.note([lasting('d', 2500.5, { evMac: '02:00:00:00:e0:02' })]);
  await flush();
  expect(await median()).toBe(2000.5);
  expect(await median(1, '02:00:00:00:e0:02')).toBe(2500.5);
  expect(await median(2)).toBe(7);
  expect(await median(3)).toBeUndefined();
});

it('attempts go from the newest to the oldest, page by page, with what came of all', async () => {
  store.note([
    attempt('a', 10),
    attempt('b', 30, { result: 'failed', evMac: undefined }),
    attempt('c', 20, { session: 's1' }),
    attempt('d', 30),
    attempt('other', 99, { evse: 2 }),
  ]);
  await store.commit([{ op: 'gap.add', from: 1, until: 2, entries: 0, bytes: 0, reason: 'x' }]);
  const first = await store.reader.slacAttempts({ evse: 1, limit: 3 });
  expect(first.items.map(({ id }) => id)).toEqual(['d', 'b', 'c']);
  expect(first.items[2]).toEqual({
    id: 'c',
    evse: 1,
    session: 's1',
    began: 20,
    summary: { id: 'c' },
  });
  expect(first.totals).toEqual({ matched: 3, failed: 1 });
  const second = await store.reader.slacAttempts({ evse: 1, limit: 3, cursor: first.next });
  expect(second).toMatchObject({ items: [{ id: 'a' }] });
  expect(second.next).toBeUndefined();
  const ofOneCar = { evse: 1, limit: 9, evMac: '02:00:00:00:e0:01' };
  expect((await store.reader.slacAttempts(ofOneCar)).items.map(({ id }) => id)).toEqual([
    'd',
    'c',
    'a',
  ]);
  expect((await store.reader.slacAttempts(ofOneCar)).totals).toEqual({ matched: 3 });
  expect(await store.reader.slacAttempts({ evse: 7, limit: 3 })).toEqual({ items: [], totals: {} });
});

it('one attempt is whole, of its EVSE only, replaced when it goes on, and there after a restart', async () => {
  await store.commit([attempt('a', 10), attempt('a', 10, { data: '{"linkLostAt":5}' })]);
  expect(await store.reader.slacAttempt({ evse: 1, id: 'a' })).toEqual({ linkLostAt: 5 });
  expect(await store.reader.slacAttempt({ evse: 2, id: 'a' })).toBeUndefined();
  expect(await store.reader.slacAttempt({ evse: 1, id: 'none' })).toBeUndefined();
  await store.close();
  store = open();
  expect(await store.reader.slacAttempt({ evse: 1, id: 'a' })).toEqual({ linkLostAt: 5 });
});

it('the start knows what the next attempt of each EVSE is compared with', async () => {
  expect(store.start.slacReferences).toEqual([]);
  await store.commit([
    attempt('old', 10, { reference: '"old"' }),
    attempt('new', 20, { reference: '"new"' }),
    attempt('failed', 30, { result: 'failed' }),
    attempt('two', 5, { evse: 2, reference: '"two"' }),
  ]);
  await store.close();
  store = open();
  expect(store.start.slacReferences).toEqual([
    { evse: 1, reference: '"new"' },
    { evse: 2, reference: '"two"' },
  ]);
});

it('the oldest are pruned, and never the last twenty of an EVSE', async () => {
  await store.commit([
    ...Array.from({ length: 30 }, (_, n) => attempt(`one-${n}`, 1000 + n)),
    ...Array.from({ length: 5 }, (_, n) => attempt(`two-${n}`, 1 + n, { evse: 2 })),
  ]);
  const prune = async (before: number, limit: number) =>
    (await store.background([{ op: 'prune', what: 'attempts', before, limit }])).changes;
  const kept = async (evse: number) =>
    (await store.reader.slacAttempts({ evse, limit: 100 })).items.map(({ id }) => id);
  expect(await prune(1003, 100)).toBe(3);
  expect((await kept(1)).at(-1)).toBe('one-3');
  expect(await prune(5000, 4)).toBe(4);
  expect((await kept(1)).at(-1)).toBe('one-7');
  expect(await prune(5000, 100)).toBe(3);
  expect(await prune(5000, 100)).toBe(0);
  expect(await kept(1)).toHaveLength(20);
  expect(await kept(2)).toHaveLength(5);
});
