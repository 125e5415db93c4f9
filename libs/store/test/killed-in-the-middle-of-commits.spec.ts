import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeededRandom } from '@kerbside/kernel/testing';
import { openStore } from '../src/store.ts';
import { systemClock } from '../src/testing/system-clock.ts';
import { sourceCommand, startChild, temporaryDirectory } from './children/run-child.ts';
import { expectedOpen } from './children/workload.ts';
import { inspectWorkload } from './inspect.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const runs = Number(process.env['KERBSIDE_KILL_RUNS'] ?? 20);
const seed = Number(process.env['KERBSIDE_SEED'] ?? 1);

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

describe('a process that is killed while it commits', () => {
  it(
    `loses no acknowledged fact, in ${runs} kills at random moments (seed ${seed})`,
    async () => {
      const file = path.join(directory.path, 'k.db');
      const random = new SeededRandom(seed);
      let onDisk = 0;
      let acknowledged = 0;
      for (let run = 0; run < runs; run++) {
        const width = random.pick([1, 1, 4, 16]);
        const child = startChild(
          sourceCommand('committing.ts', file, String(onDisk), String(width)),
        );
        await child.line((line) => line === 'open');
        await new Promise((resolve) => setTimeout(resolve, random.int(250)));
        child.process.kill('SIGKILL');
        const { signal, errors } = await child.ended;
        expect(signal, errors).toBe('SIGKILL');

        // an acknowledgement of fact n came after the disk had n: with several outstanding, in order
        const acks = child.lines.flatMap((line) =>
          line.startsWith('ack ') ? [Number(line.slice(4))] : [],
        );
        const before = onDisk;
        onDisk = inspectWorkload(file);
        acknowledged += acks.length;
        expect(onDisk).toBeGreaterThanOrEqual(Math.max(before - 1, ...acks) + 1);
        // no more is there than was asked for
        expect(onDisk).toBeLessThanOrEqual(before + acks.length + width);
      }
      expect(acknowledged).toBeGreaterThan(runs);

      const store = openStore({ path: file, clock: systemClock });
      const open = expectedOpen(onDisk).map(({ transaction }) => transaction);
      expect(store.start.openTransactions.map(({ transaction }) => transaction)).toEqual(open);
      const read = await store.reader.openTransactions();
      expect(read.map(({ transaction }) => transaction)).toEqual(open);
      await store.close();
    },
    30_000 + runs * 3_000,
  );
});
