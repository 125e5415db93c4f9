import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { runTool } from '@kerbside/host';
import { minutes } from '@kerbside/kernel';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { benchCharger } from './charger-bench.ts';
import { type ExiBench, messageTable } from './exi-bench.ts';
import { benchMemory } from './memory-bench.ts';
import type { BenchResult } from './result.ts';
import { benchSlac } from './slac-bench.ts';
import { benchSlowDisk } from './slow-disk-bench.ts';
import { benchVas } from './vas-bench.ts';

/** What a part measured: texts by the name of their place in docs/benchmarks.md. */
type Tables = Readonly<Record<string, string>>;

interface Part {
  readonly title: string;
  readonly needsNamespaces: boolean;
  measure(): Promise<Tables>;
}

const table = (results: readonly BenchResult[]): string =>
  [
    '| what | figure |',
    '| --- | ---: |',
    ...results.map(({ name, value, unit }) => `| ${name} | ${value} ${unit} |`),
  ].join('\n');

/** A bench that is a program of its own, so that nothing else of this one is in its way. */
const ofProgram = async (file: string): Promise<unknown> =>
  JSON.parse(
    await runTool(process.execPath, [...process.execArgv, inRepository(file), '--json'], {
      limit: minutes(10),
    }),
  );

const parts: Readonly<Record<string, Part>> = {
  exi: {
    title: 'EXI, nanoseconds',
    needsNamespaces: false,
    async measure() {
      const { rows, others } = (await ofProgram('e2e/bench/exi-bench.ts')) as ExiBench;
      return { exi: messageTable(rows), 'exi-others': table(others) };
    },
  },
  store: {
    title: 'Store',
    needsNamespaces: false,
    measure: async () => ({
      store: table((await ofProgram('libs/store/bench/store-bench.ts')) as BenchResult[]),
    }),
  },
  slac: {
    title: 'SLAC',
    needsNamespaces: true,
    measure: async () => ({ slac: table(await benchSlac()) }),
  },
  vas: {
    title: 'Internet for cars',
    needsNamespaces: true,
    measure: async () => ({ vas: table(await benchVas()) }),
  },
  charger: {
    title: 'Charger',
    needsNamespaces: true,
    measure: async () => ({ charger: table(await benchCharger()) }),
  },
  disk: {
    title: 'Answers to the car on a slow disk',
    needsNamespaces: true,
    measure: async () => ({ disk: await benchSlowDisk() }),
  },
  memory: {
    title: 'Resident memory of the charger',
    needsNamespaces: true,
    measure: async () => ({ memory: table(await benchMemory()) }),
  },
};

const measuredOn = (): string => {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} cores (${cpu?.model.trim()}), ${memory} GiB, Linux ${os.release()}, Node.js ${process.version}.`;
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

/** `--only exi,slac`: these parts; the others are left as they are. */
function wantedParts(): readonly string[] {
  const at = process.argv.indexOf('--only');
  if (at < 0) return Object.keys(parts);
  const names = (process.argv[at + 1] ?? '').split(',');
  const unknown = names.find((name) => !(name in parts));
  if (unknown !== undefined)
    throw new Error(`--only: no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);
  return names;
}

const measured: Record<string, string> = {};
process.stdout.write(`${measuredOn()}\n`);
for (const name of wantedParts()) {
  const { title, needsNamespaces, measure } = parts[name] as Part;
  process.stdout.write(`\n${title}\n\n`);
  if (needsNamespaces && noNamespaces) {
    process.stdout.write(`not measured: ${noNamespaces}\n`);
    continue;
  }
  for (const [place, text] of Object.entries(await measure())) {
    process.stdout.write(`${text}\n\n`);
    measured[place] = `${measuredOn()}\n\n${text}`;
  }
}
if (process.argv.includes('--write')) {
  const file = inRepository('docs/benchmarks.md');
  let text = readFileSync(file, 'utf8');
  for (const [place, content] of Object.entries(measured)) text = fill(text, place, content);
  writeFileSync(file, text);
  await runTool(inRepository('node_modules/.bin/prettier'), ['--write', file]);
}
