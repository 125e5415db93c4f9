import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { minutes, silentLogger } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { connect } from '../database/connection.ts';
import type { Operation } from '../operations.ts';
import type { Page } from '../records.ts';
import { openStore, type Store } from '../store.ts';
import { systemClock } from '../testing/system-clock.ts';
import { createReaderClient, spawnReader } from './client.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

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

async function all<T>(ask: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[][]> {
  const pages: T[][] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await ask(cursor);
    pages.push([...items]);
    cursor = next;
  } while (cursor !== undefined);
  return pages;
}
const entry = (id: number, session: string, source: 'v2g' | 'slac' = 'v2g'): Operation => ({
  op: 'entry.add',
  id,
  at: id,
  evse: session === 'a' ? 1 : 2,
  session,
  source,
  type: `${source}.x`,
  data: JSON.stringify({ id }),
  ...(id === 3 ? { sinceBoot: 4200 } : {}),
});

describe('pages', () => {
  it('of sessions go from the newest to the oldest, each once, also where they began together', async () => {
    const began = [5, 5, 5, 4, 9, 5, 1];
    await store.commit(
      began.map((at, i) => ({ op: 'session.begin', session: `s${i}`, evse: (i % 2) + 1, at })),
    );
    const pages = await all((cursor) => store.reader.sessions({ limit: 2, cursor }));
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
      ['s4', 's5'],
      ['s2', 's1'],
      ['s0', 's3'],
      ['s6'],
    ]);
    const ofOne = await all((cursor) => store.reader.sessions({ limit: 5, cursor, evse: 2 }));
    expect(ofOne.map((page) => page.map(({ id }) => id))).toEqual([['s5', 's1', 's3']]);
    expect(await store.reader.sessions({ limit: 5, cursor: 'nonsense' })).toEqual({ items: [] });
    expect(await store.reader.session('unknown')).toBeUndefined();
  });

  it('of a time line go forward, of the journal backward', async () => {
    await store.commit([
      ...[1, 2, 4, 5].map((id) => entry(id, 'a')),
      entry(3, 'b'),
      entry(6, 'a', 'slac'),
    ]);
    const { reader } = store;
    const ids = (pages: readonly (readonly { id: number }[])[]) =>
      pages.map((page) => page.map(({ id }) => id));
    const line = { session: 'a', limit: 2 };
    expect(ids(await all((cursor) => reader.timeline({ ...line, cursor })))).toEqual([
      [1, 2],
      [4, 5],
      [6],
    ]);
    expect(
      ids(await all((cursor) => reader.timeline({ ...line, cursor, source: 'slac' }))),
    ).toEqual([[6]]);
    expect(ids(await all((cursor) => reader.journal({ limit: 4, cursor })))).toEqual([
      [6, 5, 4, 3],
      [2, 1],
    ]);
    expect(ids([await reader.recent({ session: 'a', limit: 3 })])).toEqual([[4, 5, 6]]);
    expect(await reader.timeline({ session: 'b', limit: 5 })).toEqual({
      items: [
        {
          id: 3,
          at: 3,
          evse: 2,
          session: 'b',
          source: 'v2g',
          type: 'v2g.x',
          data: { id: 3 },
          sinceBoot: 4200,
        },
      ],
    });
  });

  it.each([
    ['the first page', ''],
    ['a later page', 'AND "id" < 500'],
  ])('of the journal of one EVSE are found by an index and not sorted: %s', (_, before) => {
    const db = connect(path.join(directory, 'k.db'));
    const plan = db
      .prepare(
        `EXPLAIN QUERY PLAN SELECT "id", "data" FROM "JournalEntry"
         WHERE "evse" = 1 ${before} ORDER BY "id" DESC LIMIT 51`,
      )
      .all() as { detail: string }[];
    db.close();
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH JournalEntry USING INDEX JournalEntry_evse_id_idx \(evse=\?/),
    ]);
  });

  it('of the audit go backward, and hold no secret of an account or a token', async () => {
    await store.commit([
      ...[1, 2, 3].map((at) => ({
        op: 'audit.add' as const,
        at,
        actor: 'ann',
        action: 'claim',
        object: 'unit',
        detail: '{"a":1}',
      })),
      {
        op: 'account.put',
        name: 'ann',
        role: 'admin',
        passwordHash: 'HASH',
        created: 1,
        lastLogin: 2,
      },
      {
        op: 'token.put',
        id: 'x',
        name: 'ci',
        secretHash: 'HASH',
        scopes: ['status.read'],
        created: 1,
      },
      { op: 'gap.add', from: 1, until: 2, entries: 3, bytes: 4, reason: 'backlog' },
      {
        op: 'paused.put',
        evse: 1,
        session: 's',
        protocol: 'iso2',
        v2gSession: '00ff',
        pausedAt: 5,
        data: '{}',
      },
    ]);
    const pages = await all((cursor) => store.reader.audit({ limit: 2, cursor }));
    expect(pages.map((page) => page.map(({ at }) => at))).toEqual([[3, 2], [1]]);
    expect(pages[1]).toEqual([
      { id: 1, at: 1, actor: 'ann', action: 'claim', object: 'unit', detail: { a: 1 } },
    ]);
    expect(await store.reader.accounts()).toEqual([
      { name: 'ann', role: 'admin', created: 1, lastLogin: 2 },
    ]);
    expect(await store.reader.tokens()).toEqual([
      { id: 'x', name: 'ci', scopes: ['status.read'], created: 1 },
    ]);
    expect(await store.reader.gaps()).toMatchObject([{ from: 1, until: 2, entries: 3, bytes: 4 }]);
    expect(await store.reader.pausedV2gSessions()).toMatchObject([{ evse: 1, v2gSession: '00ff' }]);
  });
});

describe('the reader thread', () => {
  const reading = () => {
    const clock = new ManualClock();
    const threads: Worker[] = [];
    const client = createReaderClient({
      file: store.path,
      clock,
      log: silentLogger,
      spawn: () => {
        const worker = spawnReader(store.path);
        threads.push(worker);
        return worker;
      },
    });
    return { clock, threads, ...client };
  };

  it('starts with the first question, ends when nobody asks for 5 minutes, and starts again', async () => {
    const { clock, threads, reader, close } = reading();
    expect(threads.length).toBe(0);
    expect(await reader.settings()).toEqual([]);
    clock.advance(minutes(4));
    expect(await reader.settings()).toEqual([]);
    clock.advance(minutes(4));
    expect(threads.length).toBe(1);
    const gone = new Promise((resolve) => threads[0]?.once('exit', resolve));
    clock.advance(minutes(1));
    await gone;
    expect(await reader.settings()).toEqual([]);
    expect(threads.length).toBe(2);
    await close();
    await expect(reader.settings()).rejects.toMatchObject({ code: 'store.closed' });
  });

  it('that dies answers its question with an error, and the next question goes to a new one', async () => {
    const { threads, reader, close } = reading();
    await reader.settings();
    threads[0]?.postMessage({ end: true });
    const lost = reader.settings();
    await expect(lost).rejects.toMatchObject({ code: 'store.io' });
    expect(await reader.settings()).toEqual([]);
    await close();
  });

  it('sees what was committed, and can write nothing', async () => {
    const { reader, close } = reading();
    expect(await reader.settings()).toEqual([]);
    const setting = { key: 'k', value: '1', source: 's', changedAt: 1, changedBy: 'b' };
    await store.commit([{ op: 'setting.put', ...setting }]);
    expect(await reader.settings()).toEqual([setting]);
    const { connectReader } = await import('./connect.ts');
    const prisma = connectReader(store.path);
    await expect(prisma.setting.deleteMany()).rejects.toThrow(/readonly|read-only/i);
    await expect(prisma.$transaction([prisma.setting.deleteMany()])).rejects.toThrow(
      /readonly|read-only/i,
    );
    expect(await prisma.$transaction(async (tx) => tx.setting.count())).toBe(1);
    await prisma.$disconnect();
    await close();
  });
});
