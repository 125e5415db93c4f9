import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SeededRandom } from '@kerbside/kernel/testing';
import { MIGRATIONS, prepareDatabase } from '../src/database/prepare.ts';
import { createLedger } from '../src/ledger.ts';
import { openStore } from '../src/store.ts';
import { systemClock } from '../src/testing/system-clock.ts';
import { temporaryDirectory } from './children/run-child.ts';
import { expectedOpen, workItem, workloadMessages } from './children/workload.ts';
import { inspectWorkload } from './inspect.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const COMMITS = 16;
// https://www.sqlite.org/fileformat2.html#walformat
const WAL_HEADER = 32;
const FRAME_HEADER = 24;

const directory = temporaryDirectory('memory');
const file = path.join(directory.path, 'k.db');
const copy = path.join(directory.path, 'cut.db');
let wal: Buffer;
/** Bytes of the WAL when each commit was acknowledged. */
const acknowledgedAt: number[] = [];
let frame: number;

beforeAll(async () => {
  const store = openStore({ path: file, clock: systemClock });
  const ledger = createLedger(store, {
    clock: systemClock,
    patience: 60_000,
    projections: [workloadMessages],
  });
  for (let n = 0; n < COMMITS; n++) {
    await ledger.record([workItem(n).fact]);
    acknowledgedAt.push(statSync(`${file}-wal`).size);
  }
  copyFileSync(file, path.join(directory.path, 'base.db'));
  wal = readFileSync(`${file}-wal`);
  frame = FRAME_HEADER + wal.readUInt32BE(8);
  await store.close();
});
afterAll(() => directory.remove());

/** Opens the database with this WAL, as after a power cut; returns how many commits it holds. */
function recovered(bytes: Buffer): number {
  for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  copyFileSync(path.join(directory.path, 'base.db'), copy);
  writeFileSync(`${copy}-wal`, bytes);
  prepareDatabase(copy, MIGRATIONS);
  return inspectWorkload(copy);
}

/** The commits whose frames all lie in the first `size` bytes. */
const whole = (size: number) => acknowledgedAt.filter((end) => end <= size).length;

describe('the WAL after a power cut', () => {
  it('cut at every frame boundary, opens with exactly the commits before the cut', () => {
    const frames = (wal.length - WAL_HEADER) / frame;
    expect(Number.isInteger(frames)).toBe(true);
    expect(frames).toBeGreaterThan(COMMITS);
    for (let at = 0; at <= frames; at++) {
      const size = WAL_HEADER + at * frame;
      expect(recovered(wal.subarray(0, size)), `cut after ${at} frames`).toBe(whole(size));
    }
  });

  it('torn inside every frame, opens with exactly the commits before it', () => {
    const random = new SeededRandom(2);
    const frames = (wal.length - WAL_HEADER) / frame;
    for (let at = 0; at < frames; at++) {
      const start = WAL_HEADER + at * frame;
      const inside = start + 1 + random.int(frame - 1);
      expect(recovered(wal.subarray(0, inside)), `torn at ${inside}`).toBe(whole(start));

      // sectors that never reached the disk read as zeros, or as what was there before
      const bytes = Buffer.from(wal);
      if (at % 2 === 0) bytes.fill(0, inside);
      else bytes.set(random.bytes(Math.min(512, wal.length - inside)), inside);
      expect(recovered(bytes), `zeros or garbage from ${inside}`).toBe(whole(start));
    }
  });

  it('cut in its header, or gone, opens with what the database file holds', () => {
    for (const size of [0, 1, 31, 32]) expect(recovered(wal.subarray(0, size))).toBe(0);
  });

  it('starts a store on a torn WAL that knows exactly the open transactions, and writes on', async () => {
    const size = (acknowledgedAt[9] ?? 0) + 100;
    expect(recovered(wal.subarray(0, size))).toBe(10);
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
    copyFileSync(path.join(directory.path, 'base.db'), copy);
    writeFileSync(`${copy}-wal`, wal.subarray(0, size));
    const store = openStore({ path: copy, clock: systemClock });
    expect(store.start.openTransactions).toMatchObject(expectedOpen(10));
    const ledger = createLedger(store, {
      clock: systemClock,
      patience: 60_000,
      projections: [workloadMessages],
    });
    await ledger.record([workItem(10).fact]);
    await store.close();
    expect(inspectWorkload(copy)).toBe(11);
  });
});
