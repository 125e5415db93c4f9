import { beforeEach, describe, expect, it } from 'vitest';
import { millis, seconds } from '@kerbside/kernel';
import { collectingLogger, ManualClock, settle } from '@kerbside/kernel/testing';
import type { Operation } from '../operations.ts';
import type { FromWriter, Group } from '../writer/protocol.ts';
import { NOTE_BYTES, NOTE_ROWS } from './backlog.ts';
import { WriterClient, type WriterEvents } from './writer-client.ts';

const note = (id: number, bytes = 10): Operation => ({
  op: 'entry.add',
  id,
  at: id,
  source: 'v2g',
  type: 'v2g.message',
  data: 'x'.repeat(bytes),
});
const critical = (key: string): Operation => ({ op: 'setting.delete', key });

let clock: ManualClock;
let log: ReturnType<typeof collectingLogger>;
let threads: { events: WriterEvents; sent: Group[]; closes: number; killed: boolean }[];
let client: WriterClient;

const thread = () => threads.at(-1)!;
const tell = (message: FromWriter) => thread().events.message(message);
const ready = () => tell({ tell: 'ready', last: undefined });
const sent = () => thread().sent.at(-1)!;
const land = (group = sent()) =>
  tell({
    tell: 'committed',
    group: group.group,
    outcomes: group.batches.map(() => ({ changes: 1 })),
  });
const fail = (code: string, group = sent()) =>
  tell({ tell: 'failed', group: group.group, failure: { code, message: 'no' } });
const keys = (group: Group) =>
  group.batches.map(([first]) => (first?.op === 'setting.delete' ? first.key : 'note'));

beforeEach(() => {
  clock = new ManualClock();
  log = collectingLogger();
  threads = [];
  client = new WriterClient({
    clock,
    log,
    file: '/nowhere/k.db',
    start(events) {
      const one = { events, sent: [] as Group[], closes: 0, killed: false };
      threads.push(one);
      return {
        send: (message) => {
          if (message.ask === 'commit') one.sent.push(message.group);
          else one.closes += 1;
        },
        kill: () => (one.killed = true),
        halt: () => true,
      };
    },
  });
});

describe('groups', () => {
  it('keeps one group in flight; what comes meanwhile shares the next, in order of arrival', async () => {
    ready();
    const results = ['a', 'b', 'c'].map((key) => client.commit([critical(key)], true));
    expect(thread().sent.map(keys)).toEqual([['a']]);
    land();
    expect(keys(sent())).toEqual(['b', 'c']);
    clock.advance(millis(7));
    land();
    await expect(Promise.all(results)).resolves.toEqual([
      { changes: 1, elapsed: 0 },
      { changes: 1, elapsed: 7 },
      { changes: 1, elapsed: 7 },
    ]);
  });

  it('waits 200 ms for company of a note, and takes it along with the next critical batch', () => {
    ready();
    client.note([note(1)]);
    clock.advance(millis(199));
    expect(thread().sent).toEqual([]);
    clock.advance(millis(1));
    expect(sent()).toMatchObject({ critical: false });
    land();
    client.note([note(2)]);
    void client.commit([critical('a')], true);
    expect(sent()).toMatchObject({ critical: true });
    expect(keys(sent())).toEqual(['note', 'a']);
  });

  it('never lets more notes than one batch go before a critical one', () => {
    for (let i = 0; i < 5 * NOTE_ROWS; i++) client.note([note(i)]);
    void client.commit([critical('a')], true);
    ready();
    const batches = sent().batches;
    expect(batches.length).toBe(NOTE_ROWS + 1);
    expect(keys(sent()).at(-1)).toBe('a');
    const ids = batches.flatMap((batch) =>
      batch.flatMap((o) => (o.op === 'entry.add' ? [o.id] : [])),
    );
    expect(ids).toEqual(Array.from({ length: NOTE_ROWS }, (_, i) => i));
  });
});

describe('notes beyond the bound', () => {
  it('are dropped, counted, and become one gap; critical batches never are', () => {
    const dropped = 700;
    const fits = Math.floor(NOTE_BYTES / (10_000 + 160));
    for (let i = 0; i < fits + dropped; i++) {
      clock.advance(millis(1));
      client.note([note(i, 10_000)]);
    }
    expect(client.backlog.noteBytes).toBeLessThanOrEqual(NOTE_BYTES);
    for (let i = 0; i < 1_000; i++) void client.commit([critical(String(i))], true);
    ready();
    const written: Operation[] = [];
    while (sent() && written.length < fits + 1_001) {
      const group = sent();
      written.push(...group.batches.flat());
      land(group);
      if (sent() === group) break;
    }
    const gaps = written.filter((operation) => operation.op === 'gap.add');
    expect(gaps).toEqual([
      {
        op: 'gap.add',
        from: clock.now() - dropped + 1,
        until: clock.now(),
        entries: dropped,
        bytes: dropped * (10_000 + 160),
        reason: 'backlog',
      },
    ]);
    expect(written.filter((operation) => operation.op === 'entry.add').length).toBe(fits);
    expect(written.filter((operation) => operation.op === 'setting.delete').length).toBe(1_000);
  });
});

describe('a failing disk', () => {
  it('rejects at once, keeps what is retained at the head, and writes it when the disk is back', async () => {
    ready();
    let landed = 0;
    const kept = client.commit([critical('kept')], true, () => (landed += 1));
    const given = client.commit([critical('given up')], false);
    land({ ...sent(), group: 0 });
    fail('SQLITE_FULL');
    await expect(kept).rejects.toMatchObject({ code: 'store.disk-full' });
    expect(client.health.told).toMatchObject({ state: 'failed', reason: 'store.disk-full' });
    clock.advance(millis(250));
    expect(keys(sent())).toEqual(['kept', 'given up']);
    fail('SQLITE_IOERR_WRITE');
    await expect(given).rejects.toMatchObject({ code: 'store.io' });
    const later = client.commit([critical('later')], true);
    clock.advance(seconds(1));
    expect(keys(sent())).toEqual(['kept', 'later']);
    expect(landed).toBe(0);
    land();
    await expect(later).resolves.toMatchObject({ changes: 1 });
    expect(landed).toBe(1);
    expect(client.health.told).toMatchObject({ state: 'ok', reason: 'written' });
  });

  it('settles a refused batch alone, and says so', async () => {
    ready();
    void client.commit([critical('first')], true);
    const bad = client.commit([critical('bad')], true);
    const good = client.commit([critical('good')], true);
    land();
    const refused = { code: 'SQLITE_CONSTRAINT', message: 'UNIQUE' };
    tell({
      tell: 'committed',
      group: sent().group,
      outcomes: [{ refused }, { changes: 3 }],
    });
    await expect(bad).rejects.toMatchObject({ code: 'store.refused' });
    await expect(good).resolves.toMatchObject({ changes: 3 });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'store.batch-refused' }),
    );
  });
});

describe('a writer that is gone', () => {
  it('is started again, and the group that it had not written is sent again', async () => {
    ready();
    const one = client.commit([critical('a')], true);
    const lost = sent();
    thread().events.ended('killed');
    expect(threads.length).toBe(2);
    const two = client.commit([critical('b')], true);
    tell({ tell: 'ready', last: undefined });
    expect(sent()).toEqual(lost);
    land();
    land();
    await expect(Promise.all([one, two])).resolves.toHaveLength(2);
  });

  it('is settled by its mark where it had written the group: nothing is written twice', async () => {
    ready();
    const good = client.commit([critical('a')], true);
    const { group } = sent();
    thread().events.ended('killed');
    tell({ tell: 'ready', last: { group, outcomes: [{ changes: 1 }] } });
    await expect(good).resolves.toMatchObject({ changes: 1 });
    expect(thread().sent).toEqual([]);
  });

  it('is told apart: slow after 0.5 s, stuck and replaced after 10 s', async () => {
    ready();
    const one = client.commit([critical('a')], true);
    clock.advance(millis(500));
    expect(client.health.told).toMatchObject({ state: 'slow', reason: 'store.slow' });
    expect(thread().killed).toBe(false);
    clock.advance(millis(9_500));
    expect(client.health.told).toMatchObject({ state: 'stuck', since: clock.now() });
    expect(thread().killed).toBe(true);
    // a thread inside a system call ends when that returns: nothing is started before
    clock.advance(seconds(60));
    expect(threads.length).toBe(1);
    thread().events.ended('exit code 1');
    ready();
    land();
    await expect(one).resolves.toMatchObject({ elapsed: 70_000 });
    await settle();
    expect(client.health.told).toMatchObject({ state: 'ok' });
  });

  it('is not started in a tight loop when it dies at every start', () => {
    thread().events.ended('no such module');
    thread().events.ended('no such module');
    expect(threads.length).toBe(2);
    clock.advance(seconds(1));
    expect(threads.length).toBe(3);
    thread().events.ended('no such module');
    clock.advance(seconds(1));
    expect(threads.length).toBe(3);
    clock.advance(seconds(1));
    expect(threads.length).toBe(4);
    expect(client.health.told).toMatchObject({ state: 'failed', reason: 'store.writer-lost' });
  });
});

describe('closing', () => {
  it('writes what waits first', async () => {
    ready();
    client.note([note(1)]);
    const closed = client.close();
    expect(sent().batches.length).toBe(1);
    expect(thread().closes).toBe(0);
    land();
    expect(thread().closes).toBe(1);
    tell({ tell: 'closed' });
    await closed;
    await expect(client.commit([critical('late')], true)).rejects.toMatchObject({
      code: 'store.closed',
    });
    thread().events.ended('exit code 0');
    expect(threads.length).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('gives up after 5 s with a disk that does not answer', async () => {
    ready();
    void client.commit([critical('a')], true);
    const closed = client.close();
    clock.advance(seconds(5));
    await closed;
    expect(thread().killed).toBe(true);
    thread().events.ended('exit code 1');
    expect(threads.length).toBe(1);
    expect(clock.pending).toBe(0);
  });
});
