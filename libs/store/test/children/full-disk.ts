// Runs a charge on the small disk at ARGV[2]: fills it up in the middle, frees it again.
import { rmSync, writeFileSync, appendFileSync } from 'node:fs';
import path from 'node:path';
import { createLedger, openStore } from '@kerbside/store';
import { systemClock } from '../../src/testing/system-clock.ts';
import { workItem, workloadMessages } from './workload.ts';

const directory = process.argv[2] ?? '';
const filler = path.join(directory, 'filler');
const store = openStore({ path: path.join(directory, 'k.db'), clock: systemClock });
const ledger = createLedger(store, { clock: systemClock, projections: [workloadMessages] });
for (let n = 0; n < 5; n++) await ledger.record([workItem(n).fact]);

function fill(): void {
  writeFileSync(filler, '');
  for (const chunk of [65_536, 4_096, 1])
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(chunk, 1));
    } catch {
      // full for chunks of this size
    }
}
fill();
const codes: (string | undefined)[] = [];
for (let n = 5; n < 9; n++)
  await ledger.record([workItem(n).fact]).then(
    () => codes.push('written'),
    (error: { code?: string }) => codes.push(error.code),
  );
const full = store.health;
rmSync(filler);
await new Promise<void>((resolve) => {
  store.onHealth(({ state }) => {
    if (state === 'ok') resolve();
  });
});
await ledger.record([workItem(9).fact]);
const { state, waiting } = store.health;
await store.close();
console.log(JSON.stringify({ codes, full, after: { state, waiting } }));
