import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PortError } from '@kerbside/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLedger } from '../ledger.ts';
import { openStore, type Store } from '../store.ts';
import { systemClock } from '../testing/system-clock.ts';
import { startedFact, stoppedFact } from '../testing/facts.ts';
import { createOcppQueue, type OcppQueue } from './queue-store.ts';
import { createStationStore } from './station-store.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let directory: string;
let store: Store;
let queue: OcppQueue;
const open = () => {
  store = openStore({ path: path.join(directory, 'k.db'), clock: systemClock });
  queue = createOcppQueue(store, systemClock);
};
const reopen = async () => {
  await store.close();
  open();
};
const ledger = () =>
  createLedger(store, {
    clock: systemClock,
    patience: 60_000,
    projections: [
      (fact) => ({
        messages: fact.type.startsWith('transaction.')
          ? [{ action: fact.type, transaction: 't1', evse: 1, fact: JSON.stringify(fact.at) }]
          : [],
      }),
    ],
    onQueued: (messages) => queue.queued(messages),
  });

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'kbt-store-'));
  open();
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('the OCPP queue on the store', () => {
  it('gives the messages in order, through a restart at each step', async () => {
    await ledger().record([startedFact('t1', 0, 1_000), stoppedFact('t1', 500, 2_000)]);
    expect(await queue.length()).toBe(2);
    expect(await queue.head()).toEqual({
      seq: 1,
      action: 'transaction.started',
      transaction: 't1',
      body: '1000',
      attempts: 0,
    });
    await reopen();
    await queue.markRendered(1, '{"connectorId":1}');
    await reopen();
    expect(await queue.head()).toMatchObject({ seq: 1, rendered: '{"connectorId":1}' });
    await queue.markAttempt(1, 1);
    await reopen();
    expect(await queue.head()).toMatchObject({ seq: 1, attempts: 1 });
    await queue.markDone(1, { transaction: 't1', transactionId: 42 });
    await reopen();
    expect(await queue.head()).toMatchObject({ seq: 2, transactionId: 42 });
    expect(await queue.transactionId('t1')).toBe(42);
    expect(await queue.transactionKey(42)).toBe('t1');
    expect(await store.reader.queue(10)).toMatchObject([{ id: 2, ocppTransactionId: 42 }]);
    await queue.markDone(2);
    await reopen();
    expect(await queue.head()).toBeUndefined();
    expect(await queue.length()).toBe(0);
    expect((await store.reader.messages({ limit: 5 })).items.map(({ state }) => state)).toEqual([
      'done',
      'done',
    ]);
  });

  it('keeps a rendered payload as it is, and refuses what is not queued', async () => {
    await ledger().record([startedFact('t1', 0, 1_000)]);
    await queue.markRendered(1, '{"a":1}');
    await store.commit([{ op: 'message.render', id: 1, payload: '{"a":2}' }]);
    await reopen();
    expect(await queue.head()).toMatchObject({ rendered: '{"a":1}' });
    await queue.drop(1, 'refused three times');
    await expect(queue.markDone(1)).rejects.toMatchObject({ code: 'store.not-queued' });
    expect((await store.reader.messages({ limit: 5 })).items).toMatchObject([
      { state: 'dropped', outcome: 'refused three times' },
    ]);
  });

  it('keeps what was given up in sight, with its session, over a restart', async () => {
    await ledger().record([startedFact('t1', 0, 1_000), stoppedFact('t1', 500, 2_000)]);
    expect(queue.ownerOf('t1')).toEqual({ evse: 1, session: 's1' });
    expect(queue.givenUp).toEqual({ count: 0, newest: [] });
    await queue.drop(1, 'given up after 10 attempts: InternalError');
    const first = {
      at: 1_000,
      action: 'transaction.started',
      evse: 1,
      session: 's1',
      transaction: 't1',
      doneAt: expect.any(Number) as number,
      outcome: 'given up after 10 attempts: InternalError',
    };
    expect(queue.givenUp).toEqual({ count: 1, newest: [first] });
    await reopen();
    expect(queue.givenUp).toEqual({ count: 1, newest: [first] });
    expect(queue.ownerOf('t1')).toEqual({ evse: 1, session: 's1' });
    await queue.drop(2, 'no answer in time');
    expect(queue.givenUp.newest.map(({ at }) => at)).toEqual([1_000, 2_000]);
    expect(queue.ownerOf('t1')).toBeUndefined();
    const facts = Array.from({ length: 25 }, (_, index) => startedFact('t1', 0, 3_000 + index));
    await ledger().record(facts);
    for (let seq = 3; seq < 28; seq++) await queue.drop(seq, 'gone');
    const shown = { count: 27, newest: queue.givenUp.newest.map(({ at }) => at) };
    expect(shown.newest).toEqual(Array.from({ length: 20 }, (_, index) => 3_005 + index));
    await reopen();
    expect({ ...queue.givenUp, newest: queue.givenUp.newest.map(({ at }) => at) }).toEqual(shown);
  });

  it('commits a message also when its fact was only noted', async () => {
    ledger().note([startedFact('t1', 0, 1_000)]);
    await store.commit([]);
    expect(await queue.head()).toMatchObject({ seq: 1 });
    expect(await store.reader.queueState()).toEqual({ length: 1, oldest: 1_000 });
  });

  it('keeps settings and cards of the station', async () => {
    const station = () => createStationStore(store, systemClock);
    const card = { idToken: 'ABC', status: 'Accepted', updatedAt: 5, expires: 9 } as const;
    await station().putSetting('config.HeartbeatInterval', '60');
    await station().putCard(card);
    await station().putCard({ idToken: 'GONE', status: 'Invalid', updatedAt: 5 });
    await station().removeCard('GONE');
    await reopen();
    expect(await station().load()).toEqual({
      settings: { 'config.HeartbeatInterval': '60' },
      cards: [card],
    });
    expect(await store.reader.authorization('ABC')).toEqual(card);
    await station().clearCards();
    await reopen();
    expect((await station().load()).cards).toEqual([]);
  });
});

describe('the OCPP queue while the disk fails', () => {
  it('keeps the answer of the back-end until it is on disk, and asks for none twice', async () => {
    await ledger().record([startedFact('t1', 0, 1_000)]);
    const message = await queue.head();
    let land = (): void => {};
    const failing: Store = {
      ...store,
      start: { ...store.start, queue: [], transactionNumbers: [] },
      commit(operations, options) {
        land = () => void store.commit(operations).then(() => options?.landed?.());
        return Promise.reject(new PortError('store.full', 'no space left on device'));
      },
    };
    const hurt = createOcppQueue(failing, systemClock);
    if (!message) throw new Error('nothing is queued');
    hurt.queued([
      {
        id: message.seq,
        at: 1,
        action: message.action,
        transaction: 't1',
        fact: message.body,
        attempts: 0,
        state: 'waiting',
      } as Parameters<typeof hurt.queued>[0][number],
    ]);
    let done = false;
    const marked = hurt
      .markDone(message.seq, { transaction: 't1', transactionId: 7 })
      .then(() => (done = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(done).toBe(false);
    land();
    await marked;
    expect(await hurt.head()).toBeUndefined();
    expect(await hurt.transactionId('t1')).toBe(7);
    await reopen();
    expect(await queue.head()).toBeUndefined();
  });

  it('says so when the store is closed', async () => {
    await ledger().record([startedFact('t1', 0, 1_000)]);
    const message = await queue.head();
    await store.close();
    await expect(queue.markAttempt(message?.seq ?? 0, 1)).rejects.toMatchObject({
      code: 'store.closed',
    });
  });
});
