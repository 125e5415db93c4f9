import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLedger } from './ledger.ts';
import type { JournalRecord, QueuedMessage } from './records.ts';
import { openStore, type Store } from './store.ts';
import { beganFact, sampledFact, startedFact, stoppedFact } from './testing/facts.ts';
import { systemClock } from './testing/system-clock.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const began = beganFact(1_000);

let directory: string;
let file: string;
let store: Store;
const open = () => openStore({ path: file, clock: systemClock });
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'kbt-store-'));
  file = path.join(directory, 'data', 'kerbside.db');
  store = open();
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('a charge in the store', () => {
  it('is journal, session, transaction and queue rows of one commit', async () => {
    const entries: JournalRecord[] = [];
    const queued: QueuedMessage[] = [];
    const ledger = createLedger(store, {
      clock: systemClock,
      patience: 60_000,
      projections: [
        (fact) =>
          fact.type === 'transaction.started'
            ? { messages: [{ action: 'StartTransaction', transaction: 't1', fact: '{}' }] }
            : {},
      ],
      onEntry: (entry) => entries.push(entry),
      onQueued: (messages) => queued.push(...messages),
    });
    await ledger.record([began]);
    ledger.note([
      {
        at: 1_500,
        evse: 1,
        session: 's1',
        source: 'slac',
        type: 'slac.matched',
        data: { evMac: '00:11' },
      },
      {
        at: 1_600,
        evse: 1,
        session: 's1',
        source: 'system',
        type: 'session.kind',
        data: { kind: 'iso2-ac' },
      },
    ]);
    await ledger.record([startedFact('t1', 100, 2_000)]);
    await ledger.record([sampledFact('t1', 350, 3_000)]);

    expect(await store.reader.openTransactions()).toEqual([
      {
        transaction: 't1',
        session: 's1',
        evse: 1,
        connector: 1,
        idToken: 'DEADBEEF12',
        meterStart: 100,
        lastMeter: 350,
        lastAt: 3_000,
      },
    ]);
    expect(queued).toMatchObject([
      { id: 1, action: 'StartTransaction', transaction: 't1', entry: 4 },
    ]);
    expect(await store.reader.queue(10)).toEqual(queued);
    expect(await store.reader.queueState()).toEqual({ length: 1, oldest: 2_000 });

    await store.commit([
      { op: 'message.render', id: 1, payload: '[2,"m1"]', messageId: 'm1' },
      { op: 'message.render', id: 1, payload: '[2,"other"]', messageId: 'm2' },
      { op: 'message.attempt', id: 1, messageId: 'm1', attempts: 1 },
    ]);
    expect(await store.reader.queue(10)).toMatchObject([
      { state: 'rendered', payload: '[2,"m1"]', messageId: 'm1', attempts: 1 },
    ]);
    await ledger.record([stoppedFact('t1', 1_100, 9_000)]);
    await store.commit([
      { op: 'transaction.identify', transaction: 't1', ocppTransactionId: 77 },
      { op: 'message.done', id: 1, at: 9_100 },
    ]);

    const session = await store.reader.session('s1');
    expect(session).toEqual({
      id: 's1',
      evse: 1,
      kind: 'iso2-ac',
      began: 1_000,
      evMac: '00:11',
      token: '***F12',
      energy: 1_000,
      transactions: [
        {
          key: 't1',
          connector: 1,
          started: 2_000,
          stopped: 9_000,
          meterStart: 100,
          meterStop: 1_100,
          lastMeter: 1_100,
          reason: 'Local',
          ocppTransactionId: 77,
          delivered: true,
        },
      ],
    });
    const timeline = await store.reader.timeline({ session: 's1', limit: 100 });
    expect(timeline.items).toEqual(entries);
    expect(timeline.items.map(({ type }) => type)).toEqual([
      'session.began',
      'slac.matched',
      'session.kind',
      'transaction.started',
      'meter.sampled',
      'transaction.stopped',
    ]);
    expect(JSON.stringify(timeline.items)).not.toContain('DEADBEEF12');
    expect(await store.reader.openTransactions()).toEqual([]);
  });

  it('is there after the store was closed and opened again', async () => {
    const ledger = createLedger(store, { clock: systemClock, patience: 60_000 });
    await ledger.record([began, startedFact('t1', 100, 2_000), sampledFact('t1', 350, 3_000)]);
    await store.commit([
      { op: 'message.add', id: store.nextMessage(), at: 1, action: 'MeterValues', fact: '{"a":1}' },
      {
        op: 'setting.put',
        key: 'k',
        value: '5',
        source: 'operator',
        changedAt: 5,
        changedBy: 'ann',
      },
      { op: 'account.put', name: 'ann', role: 'admin', passwordHash: 'h', created: 1 },
      {
        op: 'token.put',
        id: 'x',
        name: 'ci',
        secretHash: 's',
        scopes: ['status.read'],
        created: 1,
      },
      { op: 'login.put', hash: 'c', account: 'ann', created: 1, lastSeen: 2 },
    ]);
    await store.close();
    store = open();
    expect(store.start).toMatchObject({
      openTransactions: [{ transaction: 't1', meterStart: 100, lastMeter: 350, lastAt: 3_000 }],
      openSessions: [{ session: 's1', evse: 1, began: 1_000 }],
      queue: [{ id: 1, action: 'MeterValues', fact: '{"a":1}', attempts: 0, state: 'waiting' }],
      settings: [{ key: 'k', value: '5', source: 'operator', changedAt: 5, changedBy: 'ann' }],
      accounts: [{ name: 'ann', role: 'admin', passwordHash: 'h', created: 1 }],
      tokens: [{ id: 'x', name: 'ci', secretHash: 's', scopes: ['status.read'], created: 1 }],
      logins: [{ hash: 'c', account: 'ann', created: 1, lastSeen: 2 }],
      nextEntry: 4,
      nextMessage: 2,
    });
  });

  it('writes notes that nobody awaits, in order, before it closes', async () => {
    const ledger = createLedger(store, { clock: systemClock, patience: 60_000 });
    for (let i = 0; i < 1_000; i++)
      ledger.note([{ at: i, session: 's1', source: 'v2g', type: 'v2g.message', data: { i } }]);
    await store.close();
    store = open();
    const { items } = await store.reader.timeline({ session: 's1', limit: 2_000 });
    expect(items.map(({ data }) => data['i'])).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  });

  it('refuses a batch that contradicts the data, whole, and writes the others', async () => {
    const entry = {
      op: 'entry.add',
      at: 1,
      source: 'system',
      type: 'system.x',
      data: '{}',
    } as const;
    const good = store.commit([{ ...entry, id: 1 }]);
    const bad = store.commit([
      { ...entry, id: 2 },
      { ...entry, id: 1 },
    ]);
    const also = store.commit([{ ...entry, id: 3 }]);
    await expect(good).resolves.toMatchObject({ changes: 1 });
    await expect(bad).rejects.toMatchObject({ code: 'store.refused' });
    await expect(also).resolves.toMatchObject({ changes: 1 });
    const { items } = await store.reader.journal({ limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([3, 1]);
    expect(store.health.state).toBe('ok');
  });
});
