// Commits one fact after the other while notes come in, and tells how long each commit took and how
// late the event loop ever was. Meant to run under strace with every sync delayed.
import { createLedger, openStore } from '@kerbside/store';
import { systemClock } from '../../src/testing/system-clock.ts';
import { workItem, workloadMessages } from './workload.ts';

const [, , file = '', count = '15'] = process.argv;
const store = openStore({ path: file, clock: systemClock });
const ledger = createLedger(store, {
  clock: systemClock,
  patience: 60_000,
  projections: [workloadMessages],
});
await ledger.record([workItem(0).fact]);

const TICK = 5;
const lags: number[] = [];
let last = performance.now();
const ticks = setInterval(() => {
  const now = performance.now();
  lags.push(now - last - TICK);
  last = now;
  ledger.note([{ at: 0, source: 'v2g', type: 'v2g.message', data: {} }]);
}, TICK);

const took: number[] = [];
for (let n = 1; n <= Number(count); n++) {
  const began = performance.now();
  await ledger.record([workItem(n).fact]);
  took.push(performance.now() - began);
}
clearInterval(ticks);
const health = store.health.state;
await store.close();
lags.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    took,
    health,
    ticks: lags.length,
    lagP95: lags[Math.floor(lags.length * 0.95)],
    lagMax: lags.at(-1),
  }),
);
