// Records the workload from fact number ARGV[3] on, and writes one line for each commit that is on disk.
// Up to ARGV[4] commits are outstanding at a time; ends after ARGV[5] facts, when given.
import { writeSync } from 'node:fs';
import { createLedger, openStore } from '@kerbside/store';
import { systemClock } from '../../src/testing/system-clock.ts';
import { workItem, workloadMessages } from './workload.ts';

const [, , file = '', from = '0', width = '1', count = ''] = process.argv;
const store = openStore({ path: file, clock: systemClock });
const ledger = createLedger(store, {
  clock: systemClock,
  patience: 60_000,
  projections: [workloadMessages],
});
writeSync(1, 'open\n');

let next = Number(from);
const end = count === '' ? Number.POSITIVE_INFINITY : next + Number(count);
async function lane(): Promise<void> {
  while (next < end) {
    const n = next++;
    ledger.note([{ at: n, source: 'v2g', type: 'v2g.message', data: { n } }]);
    await ledger.record([workItem(n).fact]);
    writeSync(1, `ack ${n}\n`);
  }
}
await Promise.all(Array.from({ length: Number(width) }, lane));
await store.close();
