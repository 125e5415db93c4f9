import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { runTool } from '@kerbside/host';
import { minutes } from '@kerbside/kernel';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { benchCharger } from './charger-bench.ts';
import type { BenchResult } from './result.ts';
import { benchVas } from './vas-bench.ts';

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

const store = JSON.parse(
  await runTool(
    process.execPath,
    [...process.execArgv, inRepository('libs/store/bench/store-bench.ts'), '--json'],
    { limit: minutes(2) },
  ),
) as BenchResult[];
process.stdout.write(`${machine()}\n\nStore\n\n${table(store)}\n\n`);
let charger: BenchResult[] = [];
let vas: BenchResult[] = [];
if (noNamespaces) process.stdout.write(`Charger: not measured, ${noNamespaces}\n`);
else {
  charger = await benchCharger();
  process.stdout.write(`Charger\n\n${table(charger)}\n\n`);
  vas = await benchVas();
  process.stdout.write(`Internet for cars\n\n${table(vas)}\n`);
}
if (process.argv.includes('--write')) {
  const file = inRepository('docs/benchmarks.md');
  let text = readFileSync(file, 'utf8');
  text = fill(
    text,
    'machine',
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}.`,
  );
  text = fill(text, 'store', table(store));
  if (charger.length > 0) text = fill(text, 'charger', table(charger));
  if (vas.length > 0) text = fill(text, 'vas', table(vas));
  writeFileSync(file, text);
}
