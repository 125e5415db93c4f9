// How fast the store commits on this machine: `node --conditions=@kerbside/source
// --import ./tools/source/register.mjs libs/store/bench/store-bench.ts [--json]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLedger, openStore } from '@kerbside/store';
import { connect } from '../src/database/connection.ts';
import { startedFact } from '../src/testing/facts.ts';
import { systemClock } from '../src/testing/system-clock.ts';
import { createGroupWriter } from '../src/writer/writer.ts';

export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const perSecond = (count: number, began: number) =>
  Math.round((count / (performance.now() - began)) * 1_000);
const megabytes = () => process.memoryUsage().rss / 1e6;

/** Measures commits of one journal entry with its queue row, each synced, and what the threads weigh. */
export async function benchStore(under = tmpdir()): Promise<BenchResult[]> {
  const directory = mkdtempSync(path.join(under, 'kerbside-bench-'));
  const results: BenchResult[] = [];
  const tell = (name: string, value: number, unit: string) =>
    results.push({ name, value: Math.round(value * 100) / 100, unit });
  try {
    const file = path.join(directory, 'k.db');
    const bare = megabytes();
    const opening = performance.now();
    const store = openStore({ path: file, clock: systemClock });
    tell('open a fresh database', performance.now() - opening, 'ms');
    await store.commit([]);
    tell('open to the first commit', performance.now() - opening, 'ms');
    tell('memory of database and writer thread', megabytes() - bare, 'MB');

    const ledger = createLedger(store, {
      clock: systemClock,
      projections: [(fact) => ({ messages: [{ action: fact.type, fact: '{"connectorId":1}' }] })],
    });
    // facts are known by their object: each is a new one
    const fact = (n: number) => startedFact(`t${n}`, n, n);
    let n = 0;

    const times: number[] = [];
    let began = performance.now();
    for (const end = n + 3_000; n < end; n++) {
      const asked = performance.now();
      await ledger.record([fact(n)]);
      times.push(performance.now() - asked);
    }
    tell('facts recorded one after the other', perSecond(3_000, began), '/s');
    times.sort((a, b) => a - b);
    tell('one fact, median', times[1_500] ?? 0, 'ms');
    tell('one fact, 99 %', times[2_970] ?? 0, 'ms');

    began = performance.now();
    const lane = async (count: number) => {
      for (let i = 0; i < count; i++) await ledger.record([fact(n++)]);
    };
    await Promise.all(Array.from({ length: 16 }, () => lane(500)));
    tell('facts recorded, 16 outstanding', perSecond(8_000, began), '/s');

    began = performance.now();
    for (let i = 0; i < 20_000; i++)
      ledger.note([
        { at: i, source: 'v2g', type: 'v2g.message', data: { name: 'ChargingStatusReq', i } },
      ]);
    await store.commit([]);
    while (store.health.waiting.noteBytes > 0) await store.commit([]);
    tell('notes written', perSecond(20_000, began), '/s');

    const before = megabytes();
    const asking = performance.now();
    await store.reader.sessions({ limit: 50 });
    tell('first question to the reader', performance.now() - asking, 'ms');
    tell('memory of the reader thread', megabytes() - before, 'MB');
    await store.close();

    const db = connect(file);
    const writer = createGroupWriter(db, 'bench');
    began = performance.now();
    for (let i = 1; i <= 3_000; i++)
      writer.execute({
        group: i,
        critical: true,
        batches: [
          [
            {
              op: 'entry.add',
              id: 1e6 + i,
              at: i,
              source: 'energy',
              type: 'meter.sampled',
              data: '{}',
            },
            { op: 'message.add', id: 1e6 + i, at: i, action: 'MeterValues', fact: '{}' },
          ],
        ],
      });
    tell('entry and queue row, on the thread itself', perSecond(3_000, began), '/s');
    db.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return results;
}

if (process.argv[1] === import.meta.filename) {
  const results = await benchStore();
  if (process.argv.includes('--json')) console.log(JSON.stringify(results));
  else
    for (const { name, value, unit } of results)
      console.log(`${name.padEnd(44)} ${String(value).padStart(9)} ${unit}`);
}
