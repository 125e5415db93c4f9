import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '@kerbside/charging';
import { seconds } from '@kerbside/kernel';
import { ManualClock, settle } from '@kerbside/kernel/testing';
import { BatchRefused, DiskFull } from './errors.ts';
import { createLedger } from './ledger.ts';
import type { Operation } from './operations.ts';
import type { CommitOptions, Store } from './store.ts';
import { beganFact, endedFact, sampledFact, startedFact } from './testing/facts.ts';

interface Committed {
  readonly operations: readonly Operation[];
  readonly options: CommitOptions;
  resolve(): void;
  reject(error: unknown): void;
}

let clock: ManualClock;
let commits: Committed[];
let notes: Operation[];
let queued: number[];
let store: Store;
let n: number;
const ledger = () =>
  createLedger(store, {
    clock,
    projections: [
      (fact) =>
        fact.type === 'transaction.started'
          ? { messages: [{ action: 'StartTransaction', fact: '{}' }] }
          : { operations: [{ op: 'setting.delete', key: fact.type }] },
    ],
    onQueued: (messages) => queued.push(...messages.map(({ id }) => id)),
  });
const outcome = (promise: Promise<void>) => {
  const told: { state: string; code?: string } = { state: 'pending' };
  promise.then(
    () => (told.state = 'resolved'),
    (error: { code: string }) => Object.assign(told, { state: 'rejected', code: error.code }),
  );
  return told;
};
const names = (operations: readonly Operation[]) => operations.map(({ op }) => op);

beforeEach(() => {
  clock = new ManualClock();
  commits = [];
  notes = [];
  queued = [];
  n = 1;
  store = {
    nextEntry: () => n++,
    nextMessage: () => 100 + n++,
    note: (operations: readonly Operation[]) => void notes.push(...operations),
    commit: (operations: readonly Operation[], options: CommitOptions = {}) =>
      new Promise((resolve, reject) => {
        commits.push({
          operations,
          options,
          resolve: () => {
            options.landed?.();
            resolve({ changes: 1, elapsed: 0 });
          },
          reject,
        });
      }),
  } as unknown as Store;
});

it('marks entries with the time since the start of the machine while its clock is not right', () => {
  let sinceBoot: number | undefined = 4200;
  const shown: (number | undefined)[] = [];
  const made = createLedger(store, {
    clock,
    sinceBoot: () => sinceBoot,
    onEntry: (entry) => shown.push(entry.sinceBoot),
  });
  made.note([beganFact(1)]);
  sinceBoot = undefined;
  made.note([endedFact(2)]);
  const marks = notes.flatMap((each) => (each.op === 'entry.add' ? [each.sinceBoot] : []));
  expect([marks, shown]).toEqual([
    [4200, undefined],
    [4200, undefined],
  ]);
});

describe('the ledger', () => {
  it('puts a fact, its rows and its messages into one batch that is kept', async () => {
    const done = outcome(ledger().record([beganFact(1), startedFact('t1', 5, 2)]));
    expect(commits.length).toBe(1);
    expect(commits[0]?.options.retain).toBe(true);
    expect(names(commits[0]?.operations ?? [])).toEqual([
      'entry.add',
      'session.begin',
      'setting.delete',
      'entry.add',
      'transaction.start',
      'session.describe',
      'message.add',
    ]);
    await settle();
    expect([done.state, queued]).toEqual(['pending', []]);
    commits[0]?.resolve();
    await settle();
    expect([done.state, queued]).toEqual(['resolved', [103]]);
    expect(clock.pending).toBe(0);
  });

  it('rejects after 2 s; recorded again, the same facts are awaited, not written twice', async () => {
    const facts: Fact[] = [startedFact('t1', 5, 2), sampledFact('t1', 6, 3)];
    const book = ledger();
    const first = outcome(book.record(facts));
    clock.advance(seconds(2));
    await settle();
    expect(first).toEqual({ state: 'rejected', code: 'store.slow' });
    expect(queued).toEqual([]);

    const again = outcome(book.record([...facts, endedFact(4)]));
    expect(commits.length).toBe(2);
    expect(names(commits[1]?.operations ?? [])).toEqual([
      'entry.add',
      'session.end',
      'setting.delete',
    ]);
    commits[1]?.resolve();
    await settle();
    expect(again.state).toBe('pending');
    commits[0]?.resolve();
    await settle();
    expect(again.state).toBe('resolved');
    expect(queued.length).toBe(1);
    const third = outcome(book.record(facts));
    await settle();
    expect(third.state).toBe('resolved');
    expect(commits.length).toBe(2);
  });

  it('rejects at once when the disk fails, and knows when the kept facts land', async () => {
    const facts = [startedFact('t1', 5, 2)];
    const book = ledger();
    const first = outcome(book.record(facts));
    commits[0]?.reject(new DiskFull('/k.db'));
    await settle();
    expect(first).toEqual({ state: 'rejected', code: 'store.disk-full' });
    const again = outcome(book.record(facts));
    await settle();
    expect([commits.length, again.state]).toEqual([1, 'pending']);
    commits[0]?.options.landed?.();
    await settle();
    expect(again.state).toBe('resolved');
  });

  it('writes facts anew that were refused, since nothing of them waits', async () => {
    const facts = [startedFact('t1', 5, 2)];
    const book = ledger();
    const first = outcome(book.record(facts));
    commits[0]?.reject(new BatchRefused('NOT NULL'));
    await settle();
    expect(first).toEqual({ state: 'rejected', code: 'store.refused' });
    void book.record(facts);
    expect(commits.length).toBe(2);
  });

  it('notes what needs no commit, and commits a noted fact that has a message', () => {
    const book = ledger();
    book.note([beganFact(1)]);
    expect(names(notes)).toEqual(['entry.add', 'session.begin', 'setting.delete']);
    book.note([startedFact('t1', 5, 2)]);
    expect(notes.length).toBe(3);
    expect(commits.length).toBe(1);
    commits[0]?.resolve();
    expect(queued.length).toBe(1);
  });

  it('keeps the bytes of a message as its capture, and writes any data at all', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const fact = (data: Record<string, unknown>): Fact => ({
      at: 1,
      source: 'v2g',
      type: 'v2g.message',
      data,
    });
    const raw = new Uint8Array([1, 2]);
    const key = new Uint8Array([0xab]);
    ledger().note([fact({ name: 'x', raw }), fact({ raw: 'text', key, big: 5n }), fact(circular)]);
    expect(notes.filter(({ op }) => op === 'entry.add')).toMatchObject([
      { data: '{"name":"x"}', raw },
      { data: '{"raw":"text","key":"ab","big":"5"}', raw: undefined },
      { data: expect.stringContaining('unwritable') as string },
    ]);
  });

  it('masks idTokens in the journal, wherever they stand', () => {
    ledger().note([
      {
        at: 1,
        source: 'ocpp',
        type: 'ocpp.sent',
        data: { idTag: 'DEADBEEF', nested: [{ idToken: 'CAFEBABE01', parentIdTag: 'SHORT' }] },
      },
    ]);
    expect(notes[0]).toMatchObject({
      data: '{"idTag":"***EEF","nested":[{"idToken":"***E01","parentIdTag":"***"}]}',
    });
  });
});
