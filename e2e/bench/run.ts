import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { runTool } from '@kerbside/host';
import { minutes } from '@kerbside/kernel';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { benchCharger } from './charger-bench.ts';
import { benchMemory } from './memory-bench.ts';
import type { BenchResult } from './result.ts';

const table = (results: readonly BenchResult[]): string =>
  [
    '| what | figure |',
    '| --- | ---: |',
    ...results.map(({ name, value, unit }) => `| ${name} | ${value} ${unit} |`),
  ].join('\n');

const machine = (): string => {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} cores (${cpu?.model.trim()}), ${memory} GiB, Linux ${os.release()}, Node.js ${process.version}`;
};

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function fill(text: string, name: string, content: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!pattern.test(text)) throw new Error(`docs/benchmarks.md has no place for ${name}`);
  return text.replace(
    pattern,
    (_, open: string, close: string) => `${open}\n${content}\n\n${close}`,
  );
}

/** With `--memory` only the memory is measured: it does not depend on what else the machine does. */
const memoryOnly = process.argv.includes('--memory');
const write = process.argv.includes('--write');
const measuredOn = (): string =>
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}.`;

async function measureAll(): Promise<Readonly<Record<string, string>>> {
  const store = JSON.parse(
    await runTool(
      process.execPath,
      [...process.execArgv, inRepository('libs/store/bench/store-bench.ts'), '--json'],
      { limit: minutes(2) },
    ),
  ) as BenchResult[];
  process.stdout.write(`${machine()}\n\nStore\n\n${table(store)}\n\n`);
  const parts = { machine: measuredOn(), store: table(store) };
  if (noNamespaces) return parts;
  const charger = await benchCharger();
  process.stdout.write(`Charger\n\n${table(charger)}\n\n`);
  return { ...parts, charger: table(charger) };
}

async function measureMemory(): Promise<Readonly<Record<string, string>>> {
  if (noNamespaces) {
    process.stdout.write(`Charger: not measured, ${noNamespaces}\n`);
    return {};
  }
  const memory = await benchMemory();
  process.stdout.write(`Resident memory of the charger\n\n${table(memory)}\n`);
  return { memory: `${measuredOn()}\n\n${table(memory)}` };
}

const parts = { ...(memoryOnly ? {} : await measureAll()), ...(await measureMemory()) };
if (write) {
  const file = inRepository('docs/benchmarks.md');
  let text = readFileSync(file, 'utf8');
  for (const [name, content] of Object.entries(parts)) text = fill(text, name, content);
  writeFileSync(file, text);
}
