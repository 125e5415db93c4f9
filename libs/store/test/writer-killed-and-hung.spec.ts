import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Clock, seconds } from '@kerbside/kernel';
import { ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import { createLedger, LEDGER_PATIENCE_MS } from '../src/ledger.ts';
import { openStore, type Store } from '../src/store.ts';
import { faultyWriter, type FaultyWriter } from '../src/testing/faults.ts';
import { systemClock } from '../src/testing/system-clock.ts';
import { temporaryDirectory } from './children/run-child.ts';
import { workItem, workloadMessages } from './children/workload.ts';
import { inspectWorkload } from './inspect.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let directory: ReturnType<typeof temporaryDirectory>;
let file: string;
let writer: FaultyWriter;
let store: Store;
const open = (clock: Clock) => {
  store = openStore({ path: file, clock, startWriter: writer.start });
  // in real time, a busy machine is no reason to give up
  const patience = clock === systemClock ? 60_000 : LEDGER_PATIENCE_MS;
  return createLedger(store, { clock, projections: [workloadMessages], patience });
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** An audit row has no key of its own: written twice, it would be there twice. */
const audit = (n: number) =>
  store.commit([
    { op: 'audit.add', at: n, actor: 'test', action: 'count', object: '', detail: '{}' },
  ]);
const audited = async () =>
  (await store.reader.audit({ limit: 500 })).items.map(({ at }) => at).toReversed();

beforeEach(() => {
  directory = temporaryDirectory();
  file = path.join(directory.path, 'k.db');
  writer = faultyWriter();
});
afterEach(async () => {
  await store.close();
  directory.remove();
});

describe('a writer thread that dies', () => {
  it.each(['die-before', 'die-inside', 'die-after'] as const)(
    '%s a commit: everything outstanding lands exactly once, in order',
    async (fault) => {
      const ledger = open(systemClock);
      await ledger.record([workItem(0).fact]);
      writer.next(fault);
      const facts = Array.from({ length: 30 }, (_, n) => ledger.record([workItem(n + 1).fact]));
      const counted = Array.from({ length: 30 }, (_, n) => audit(n));
      await Promise.all([...facts, ...counted]);
      expect(writer.starts).toBe(2);
      expect(await audited()).toEqual(Array.from({ length: 30 }, (_, n) => n));
      await store.close();
      expect(inspectWorkload(file)).toBe(31);
    },
  );

  it('again and again, at random moments (seed 5), loses and repeats nothing', async () => {
    const ledger = open(systemClock);
    const random = new SeededRandom(5);
    const landed: Promise<unknown>[] = [];
    let n = 0;
    for (let kill = 0; kill < 8; kill++) {
      for (let i = 0; i < 12; i++) {
        landed.push(ledger.record([workItem(n).fact]), audit(n));
        n += 1;
        if (random.int(3) === 0) await pause(random.int(4));
      }
      const before = writer.starts;
      for (; writer.starts === before; await pause(1)) writer.kill();
      // the next thread gets a chance to write: what fails twice in a row waits a second
      await Promise.all(landed);
    }
    expect(writer.starts).toBe(9);
    expect(await audited()).toEqual(Array.from({ length: n }, (_, i) => i));
    await store.close();
    expect(inspectWorkload(file)).toBe(n);
  });
});

describe('a writer thread that hangs', () => {
  it.each(['hang-before', 'hang-after'] as const)(
    '%s a commit: record gives up after 2 s, and the facts land exactly once when it is replaced',
    async (fault) => {
      const clock = new ManualClock();
      const ledger = open(clock);
      await ledger.record([workItem(0).fact]);
      writer.next(fault);
      // one of these is in the group that the fault strikes, the others wait behind it
      const counted = [1, 2, 3].map(audit);
      const late = [1, 2, 3].map((n) => ledger.record([workItem(n).fact]));
      const outcomes = Promise.allSettled(late);
      await writer.struck();
      const impatient = store.commit([], { patience: seconds(1) });
      const impatience = Promise.allSettled([impatient]);

      clock.advance(seconds(2));
      expect(await impatience).toMatchObject([{ reason: { code: 'store.slow' } }]);
      expect(await outcomes).toMatchObject([
        { status: 'rejected', reason: { code: 'store.slow' } },
        { status: 'rejected', reason: { code: 'store.slow' } },
        { status: 'rejected', reason: { code: 'store.slow' } },
      ]);
      expect(store.health).toMatchObject({ state: 'slow' });

      clock.advance(seconds(8));
      expect(store.health).toMatchObject({ state: 'stuck', reason: 'store.stuck' });
      await Promise.all(counted);
      expect(writer.starts).toBe(2);
      await ledger.record([workItem(4).fact]);
      expect(store.health.state).toBe('ok');
      expect(await audited()).toEqual([1, 2, 3]);
      await store.close();
      expect(inspectWorkload(file)).toBe(5);
    },
  );

  it('inside the driver, as on a dead disk, is not replaced; it lands everything when that wakes up', async () => {
    const clock = new ManualClock();
    const ledger = open(clock);
    await ledger.record([workItem(0).fact]);
    writer.next('hang-inside');
    const late = Promise.allSettled([1, 2, 3].map((n) => ledger.record([workItem(n).fact])));
    const counted = [1, 2, 3].map(audit);
    await writer.struck();
    clock.advance(seconds(30));
    expect(await late).toMatchObject(Array(3).fill({ reason: { code: 'store.slow' } }));
    expect(store.health).toMatchObject({ state: 'stuck' });
    await pause(50);
    expect(writer.starts).toBe(1);
    writer.release();
    await Promise.all(counted);
    await ledger.record([workItem(4).fact]);
    expect(writer.starts).toBe(1);
    expect(store.health.state).toBe('ok');
    expect(await audited()).toEqual([1, 2, 3]);
    await store.close();
    expect(inspectWorkload(file)).toBe(5);
  });
});
