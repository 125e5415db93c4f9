import { statSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { minutes, seconds } from '@kerbside/kernel';
import { collectingLogger, ManualClock, settle } from '@kerbside/kernel/testing';
import { createLedger } from './ledger.ts';
import type { Operation } from './operations.ts';
import { DEFAULT_RETENTION, SLICE_ROWS, startRetention } from './retention.ts';
import { openStore, type Store } from './store.ts';
import { beganFact, endedFact, startedFact, stoppedFact } from './testing/facts.ts';
import { systemClock } from './testing/system-clock.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
const now = Date.UTC(2026, 5, 1);
let directory: string;
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'kbt-store-'));
  store = openStore({ path: path.join(directory, 'k.db'), clock: systemClock });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const pruned = async (what: Extract<Operation, { op: 'prune' }>['what'], before: number) =>
  (await store.background([{ op: 'prune', what, before, limit: 10_000 }])).changes;
const types = async () =>
  (await store.reader.journal({ limit: 500 })).items.map(
    ({ session, type }) => `${session} ${type}`,
  );

describe('what is pruned', () => {
  /** A charge of long ago; its messages are 1 to 2 for the first, 3 to 4 for the second, and so on. */
  async function charge(name: string, at: number, how: { open?: boolean } = {}): Promise<void> {
    const ledger = createLedger(store, {
      clock: systemClock,
      patience: 60_000,
      projections: [
        (fact) => ({
          messages: fact.type.startsWith('transaction.')
            ? [{ action: fact.type, transaction: `t-${name}`, fact: '{}' }]
            : [],
        }),
      ],
    });
    await ledger.record([beganFact(at, name), startedFact(`t-${name}`, 0, at, name)]);
    if (how.open) return;
    await ledger.record([stoppedFact(`t-${name}`, 9, at + 1, name), endedFact(at + 2, name)]);
  }

  it('is what is delivered and closed; open and undelivered charges stay whole', async () => {
    const old = now - 1_000 * DAY;
    await charge('delivered', old);
    await charge('undelivered', old);
    await charge('running', old, { open: true });
    await charge('young', now);
    await store.commit([
      { op: 'message.done', id: 1, at: old },
      { op: 'message.done', id: 2, at: old },
      { op: 'message.done', id: 3, at: old },
    ]);
    const horizon = now - 500 * DAY;
    expect(await pruned('journal', horizon)).toBe(4);
    expect(await types()).toEqual([
      'young session.ended',
      'young transaction.stopped',
      'young transaction.started',
      'young session.began',
      'running transaction.started',
      'running session.began',
      'undelivered session.ended',
      'undelivered transaction.stopped',
      'undelivered transaction.started',
      'undelivered session.began',
    ]);
    expect(await pruned('messages', horizon)).toBe(3);
    const left = (await store.reader.messages({ limit: 50 })).items.map(({ id }) => id);
    expect(left).toEqual([7, 6, 5, 4]);
    expect(await pruned('sessions', horizon)).toBe(1);
    const sessions = (await store.reader.sessions({ limit: 50 })).items.map(({ id }) => id);
    expect(sessions.toSorted()).toEqual(['running', 'undelivered', 'young']);
    expect((await store.reader.openTransactions()).map(({ transaction }) => transaction)).toEqual([
      't-running',
    ]);

    await store.commit([{ op: 'message.done', id: 4, at: now }]);
    expect(await pruned('journal', horizon)).toBe(4);
    expect(await pruned('sessions', horizon)).toBe(1);
  });

  it('is not an entry without a session that a waiting message tells of', async () => {
    const entry = {
      op: 'entry.add',
      at: 1,
      source: 'system',
      type: 'security.x',
      data: '{}',
    } as const;
    const message = { op: 'message.add', at: 1, action: 'SecurityEvent', fact: '{}' } as const;
    await store.commit([
      { ...entry, id: 1 },
      { ...entry, id: 2 },
      { ...message, id: 1, entry: 1 },
    ]);
    expect(await pruned('journal', now)).toBe(1);
    await store.commit([{ op: 'message.done', id: 1, at: 2 }]);
    expect(await pruned('journal', now)).toBe(1);
  });

  it('are captures before entries, and the file gets smaller', async () => {
    const raw = new Uint8Array(20_000);
    for (let batch = 0; batch < 10; batch++)
      await store.commit(
        Array.from({ length: 20 }, (_, i) => ({
          op: 'entry.add' as const,
          id: batch * 20 + i + 1,
          at: batch,
          source: 'v2g' as const,
          type: 'v2g.message',
          data: '{}',
          raw,
        })),
      );
    await store.close();
    const before = statSync(store.path).size;
    store = openStore({ path: store.path, clock: systemClock });
    expect(await store.reader.rawMessage(1)).toEqual(raw);
    expect(await pruned('captures', now)).toBe(200);
    for (let i = 0; i < 20; i++) await pruned('journal', 0);
    expect((await store.reader.journal({ limit: 500 })).items.length).toBe(200);
    expect(await store.reader.rawMessage(1)).toBeUndefined();
    for (let i = 0; i < 200; i += 10)
      await store.background([{ op: 'prune', what: 'journal', before: now, limit: 10 }]);
    await store.close();
    expect(statSync(store.path).size).toBeLessThan(before / 2);
  });
});

describe('the rounds of retention', () => {
  const fake = (left: Record<string, number>) => {
    const asked: Extract<Operation, { op: 'prune' }>[] = [];
    const one = {
      path: '/k.db',
      background: async ([operation]: readonly Operation[]) => {
        if (operation?.op !== 'prune') throw new Error('not a prune');
        asked.push(operation);
        const changes = Math.min(left[operation.what] ?? 0, operation.limit);
        left[operation.what] = (left[operation.what] ?? 0) - changes;
        return { changes, elapsed: 1 };
      },
    } as unknown as Store;
    return { store: one, asked };
  };

  it('go in slices by age, with pauses, and end when they are stopped', async () => {
    const clock = new ManualClock(now);
    const { store: one, asked } = fake({ journal: 2 * SLICE_ROWS + 5 });
    const stop = startRetention(one, { clock, size: async () => 0 });
    await clock.run(minutes(2), 1_000);
    expect(asked.map(({ what }) => what)).toEqual(['captures', 'journal']);
    expect(asked[1]).toEqual({
      op: 'prune',
      what: 'journal',
      before: clock.now() - DEFAULT_RETENTION.journalDays * DAY,
      limit: SLICE_ROWS,
    });
    await clock.run(seconds(1));
    expect(asked.filter(({ what }) => what === 'journal').length).toBe(3);
    const count = asked.length;
    await clock.run(minutes(9), 1_000);
    expect(asked.length).toBe(count);
    await clock.run(minutes(1), 1_000);
    expect(asked.length).toBe(count + 8);
    stop();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it('take the oldest when the database is too big, captures first, and say when nothing may go', async () => {
    const clock = new ManualClock(now);
    const log = collectingLogger();
    // young: nothing goes by age, 300 captures and no more go by size
    let aged = true;
    const { store: one, asked } = fake({});
    const young = {
      ...one,
      background: async ([operation]: readonly Operation[]) => {
        if (operation?.op !== 'prune') throw new Error('not a prune');
        asked.push(operation);
        const bySize = operation.before > now - DAY;
        const changes = bySize && operation.what === 'captures' && aged ? 150 : 0;
        if (changes > 0) aged = false;
        return { changes, elapsed: 1 };
      },
    };
    const stop = startRetention(young, { clock, log, size: async () => 1e12 });
    await clock.run(minutes(2), 1_000);
    await clock.run(seconds(11), 100);
    stop();
    expect(asked.filter(({ before }) => before > now - DAY).map(({ what }) => what)).toEqual([
      'captures',
      'captures',
      'attempts',
      'journal',
      'messages',
    ]);
    expect(log.lines.map(({ event }) => event)).toEqual(['store.pruned', 'store.over-budget']);
  });
});

describe('a slice that is waiting', () => {
  it('is overtaken by commits and notes', async () => {
    const order: string[] = [];
    const done = (name: string) => () => void order.push(name);
    await Promise.all([
      store.commit([]).then(done('first')),
      store.background([]).then(done('slice')),
      store.commit([]).then(done('second')),
    ]);
    expect(order).toEqual(['first', 'second', 'slice']);
  });
});
