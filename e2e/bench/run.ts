import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { runTool } from '@kerbside/host';
import { minutes } from '@kerbside/kernel';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { benchCharger } from './charger-bench.ts';
import { type ExiBench, messageTable } from './exi-bench.ts';
import type { BenchResult } from './result.ts';

const PARTS = ['exi', 'store', 'charger'] as const;
type Part = (typeof PARTS)[number];

/** `--only exi`, `--only store`, `--only charger`: the others are left as they are. */
const at = process.argv.indexOf('--only');
const only = at < 0 ? undefined : process.argv[at + 1];
if (at >= 0 && !PARTS.some((part) => part === only))
  throw new Error(`--only takes one of ${PARTS.join(', ')}`);
const wanted = (part: Part): boolean => only === undefined || only === part;

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

const bench = async (file: string): Promise<unknown> =>
  JSON.parse(
    await runTool(process.execPath, [...process.execArgv, inRepository(file), '--json'], {
      limit: minutes(10),
    }),
  );

const parts = new Map<string, string>();
const tell = (title: string, name: string, text: string): void => {
  process.stdout.write(`${title}\n\n${text}\n\n`);
  parts.set(name, text);
};

process.stdout.write(`${machine()}\n\n`);
if (wanted('exi')) {
  const { rows, others } = (await bench('e2e/bench/exi-bench.ts')) as ExiBench;
  tell('EXI, nanoseconds', 'exi', messageTable(rows));
  tell('EXI, the rest', 'exi-others', table(others));
}
if (wanted('store')) {
  const store = (await bench('libs/store/bench/store-bench.ts')) as BenchResult[];
  tell('Store', 'store', table(store));
}
if (wanted('charger')) {
  if (noNamespaces) process.stdout.write(`Charger: not measured, ${noNamespaces}\n`);
  else tell('Charger', 'charger', table(await benchCharger()));
}
if (process.argv.includes('--write')) {
  const file = inRepository('docs/benchmarks.md');
  let text = readFileSync(file, 'utf8');
  const measured = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}.`;
  if (parts.has('exi')) text = fill(text, 'exi-machine', measured);
  if (parts.has('store') || parts.has('charger')) text = fill(text, 'machine', measured);
  for (const [name, content] of parts) text = fill(text, name, content);
  writeFileSync(file, text);
}
