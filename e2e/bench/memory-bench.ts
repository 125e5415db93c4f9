import { setTimeout as pause } from 'node:timers/promises';
import type { BenchResult } from './result.ts';
import { type Api, beginCharge, startBench, unplug } from '../support/bench.ts';

const SETTLES_MS = 20_000;
const CHARGES = 3;
const CHARGES_MS = 15_000;
const ROUNDS = 5;

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

async function residentMegabytes(api: Api): Promise<number> {
  const text = await (await api.raw('GET', '/metrics')).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 1e6;
}

/** What a technician does with the history: the list, each session, its time line to the end. */
async function readHistory(api: Api): Promise<void> {
  const { items } = await api.call<Listed>('GET', '/sessions?limit=50');
  for (const { id } of items) {
    await api.call('GET', `/sessions/${id}`);
    await api.call('GET', `/sessions/${id}/timeline?limit=500`);
  }
}

/** Resident memory of the charger, by what it has done. */
export async function benchMemory(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const bench = await startBench();
  const { api } = bench;
  const tell = async (name: string) =>
    results.push({ name, value: Math.round(await residentMegabytes(api)), unit: 'MB' });
  try {
    await pause(SETTLES_MS);
    await tell('idle');
    for (let charge = 0; charge < CHARGES; charge++) {
      await beginCharge(api, { kind: 'iso2-dc', evse: 2 });
      await pause(CHARGES_MS);
      if (charge === CHARGES - 1) await tell('charging DC');
      await unplug(api, 2);
      await pause(2000);
    }
    await readHistory(api);
    await tell('the history asked for once');
    for (let round = 0; round < ROUNDS; round++) await readHistory(api);
    await tell(`the history asked for ${ROUNDS + 1} times`);
    await beginCharge(api, { kind: 'iso2-dc', evse: 2 });
    await pause(CHARGES_MS);
    await readHistory(api);
    await tell('charging DC, the history asked for');
  } finally {
    await bench.close();
  }
  return results;
}
