// How fast EXI is on this machine: `node --conditions=@kerbside/source --import ./tools/source/register.mjs
// e2e/bench/exi-bench.ts [--json]`
import { fromJson, type UntypedCodec } from '@kerbside/exi';
import { din, iso2, iso20, sapCodec, decodeSap, encodeSap } from '@kerbside/iso15118';
import { runTool } from '@kerbside/host';
import { minutes } from '@kerbside/kernel';
import { inRepository } from '../support/repository.ts';
import { entryPoints } from './exi-entry-points.ts';
import { BENCH_MESSAGES, type BenchMessage } from './exi-messages.ts';
import { readerOf } from './reader.ts';
import type { BenchResult } from './result.ts';

/** One message, in nanoseconds; those of JSON are of the same message in its JSON form. */
export interface ExiRow {
  readonly name: string;
  readonly bytes: number;
  readonly decode: number;
  readonly parse: number;
  readonly encode: number;
  readonly stringify: number;
}

/** The functions that the SECC calls. */
interface Codec {
  readonly codec: UntypedCodec;
  readonly decode: (bytes: Uint8Array) => unknown;
  readonly encode: (value: never) => Uint8Array;
}

const rooted = (codec: UntypedCodec, element: string): Codec => ({
  codec,
  decode: (bytes) => (codec as never as typeof iso20.dcCodec).decode(bytes).value,
  encode: (value) =>
    (codec as never as typeof iso20.dcCodec).encode({
      element: element as 'DC_ChargeLoopReq',
      value,
    }),
});

function codecOf({ protocol }: BenchMessage, element: string): Codec {
  switch (protocol) {
    case 'sap':
      return {
        codec: sapCodec,
        decode: (bytes) => decodeSap(bytes).value,
        encode: (value) => encodeSap({ element: element as 'supportedAppProtocolReq', value }),
      };
    case 'din':
      return { codec: din.dinCodec, decode: din.decodeDin, encode: din.encodeDin };
    case 'iso2':
      return { codec: iso2.iso2Codec, decode: iso2.decodeIso2, encode: iso2.encodeIso2 };
    case 'iso20-common':
      return rooted(iso20.commonMessagesCodec, element);
    default:
      return rooted(iso20.dcCodec, element);
  }
}

const VARIANTS = 8;
/** One batch takes about so long, in nanoseconds. */
const BATCH = 4e6;
const BATCHES = 25;
const WARM_UP = 20_000;

type Loop = (count: number) => void;

/** Where results go, so that nothing is left out as unused. */
const sink = { sum: 0 };

interface Subject {
  readonly name: string;
  readonly bytes: number;
  readonly decode: Loop;
  readonly parse: Loop;
  readonly encode: Loop;
  readonly stringify: Loop;
}

/** A loop of its own for each measurement: none sees the types of another. */
function loop(body: string, names: readonly string[], values: readonly unknown[]): Loop {
  const text = `return function (count) { let sum = 0; for (let i = 0; i < count; i++) { ${body} } sink.sum += sum; };`;
  return new Function('sink', ...names, text)(sink, ...values) as Loop;
}

function subjectOf(message: BenchMessage): Subject {
  const jsons = Array.from({ length: VARIANTS }, (_, n) => message.json(n));
  const element = Object.keys(jsons[0] ?? {})[0] ?? '';
  const { codec, decode, encode } = codecOf(message, element);
  const type = codec.rootType(element);
  const values = jsons.map((json) => fromJson(type, json[element]) as never);
  const streams = values.map((value) => encode(value));
  const texts = jsons.map((json) => JSON.stringify(json));
  const at = `i % ${VARIANTS}`;
  const readValue = readerOf(streams.map(decode));
  const readJson = readerOf(jsons);
  return {
    name: message.name,
    bytes: streams[0]?.length ?? 0,
    decode: loop(
      `sum += read(decode(streams[${at}]));`,
      ['read', 'decode', 'streams'],
      [readValue, decode, streams],
    ),
    parse: loop(`sum += read(JSON.parse(texts[${at}]));`, ['read', 'texts'], [readJson, texts]),
    encode: loop(`sum += encode(values[${at}]).length;`, ['encode', 'values'], [encode, values]),
    stringify: loop(`sum += JSON.stringify(jsons[${at}]).length;`, ['jsons'], [jsons]),
  };
}

const OPERATIONS = ['decode', 'parse', 'encode', 'stringify'] as const;
type Operation = (typeof OPERATIONS)[number];

/** Nanoseconds of processor time: what others on the machine take does not count. */
function time(run: Loop, count: number): number {
  const before = process.cpuUsage();
  run(count);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / count;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** Medians of batches; the operations of a message take turns, so that all see the same machine. */
export function benchMessages(): ExiRow[] {
  const subjects = BENCH_MESSAGES.map(subjectOf);
  for (const subject of subjects) for (const operation of OPERATIONS) subject[operation](WARM_UP);
  return subjects.map((subject) => {
    const counts = new Map<Operation, number>();
    const times = new Map<Operation, number[]>(OPERATIONS.map((one) => [one, []]));
    for (const one of OPERATIONS) {
      subject[one](WARM_UP / 4);
      counts.set(one, Math.max(16, Math.round(BATCH / time(subject[one], 2000))));
    }
    for (let batch = 0; batch < BATCHES; batch++)
      for (const one of OPERATIONS) times.get(one)?.push(time(subject[one], counts.get(one) ?? 1));
    const result = (one: Operation): number => Math.round(median(times.get(one) ?? []));
    return {
      name: subject.name,
      bytes: subject.bytes,
      decode: result('decode'),
      parse: result('parse'),
      encode: result('encode'),
      stringify: result('stringify'),
    };
  });
}

const ADVERSARY_RUNS = 25;

/**
 * The longest that any 8 kB of a peer's take, by what takes them: the median of the worst; and the first time of all,
 * functions being made meanwhile.
 */
function worstStreams(): BenchResult[] {
  const worst = new Map<string, { readonly of: string; readonly median: number }>();
  let first = 0;
  for (const { by, of, run } of entryPoints()) {
    const once = loop('try { run() } catch { sum++ }', ['run'], [run]);
    first = Math.max(first, time(once, 1));
    const found = median(Array.from({ length: ADVERSARY_RUNS }, () => time(once, 1)));
    if (found >= (worst.get(by)?.median ?? 0)) worst.set(by, { of, median: found });
  }
  return [
    ...[...worst].map(([by, { of, median: found }]) => ({
      name: `slowest 8 kB, ${by} (${of})`,
      value: rounded(found / 1e6),
      unit: 'ms',
    })),
    { name: 'slowest 8 kB, the first time', value: rounded(first / 1e6), unit: 'ms' },
  ];
}

/** The last line that another process prints, as JSON. */
async function elsewhere(...args: readonly string[]): Promise<unknown> {
  return JSON.parse(await runTool(process.execPath, args, { limit: minutes(2) }));
}

interface CompiledSet {
  readonly name: string;
  readonly milliseconds: number;
  readonly functions: number;
  readonly characters: number;
}

const LOADS = 9;

/** Loading in processes of their own, all sets touched: processor time of all threads, and wall time. */
async function loads(what: 'sets' | 'entry'): Promise<BenchResult[]> {
  const found: { readonly cpu: number; readonly wall: number }[] = [];
  for (let i = 0; i < LOADS; i++)
    found.push(
      (await elsewhere(inRepository('e2e/bench/exi-load.mjs'), what)) as (typeof found)[0],
    );
  const name = what === 'sets' ? 'load all message sets' : 'load all of iso15118';
  return [
    { name, value: Math.round(median(found.map(({ cpu }) => cpu))), unit: 'ms' },
    {
      name: `${name}, wall time`,
      value: Math.round(median(found.map(({ wall }) => wall))),
      unit: 'ms',
    },
  ];
}

async function gettingReady(): Promise<BenchResult[]> {
  const script = inRepository('e2e/bench/exi-compile-bench.ts');
  const loading = [...(await loads('sets')), ...(await loads('entry'))];
  const first = (await elsewhere(...process.execArgv, script, 'first')) as {
    readonly decode: number;
    readonly encode: number;
  };
  const sets = (await elsewhere(...process.execArgv, script, 'compile')) as CompiledSet[];
  return [
    ...loading,
    { name: 'first decode of -2 CurrentDemandReq', value: rounded(first.decode), unit: 'ms' },
    { name: 'first encode of -2 CurrentDemandReq', value: rounded(first.encode), unit: 'ms' },
    ...sets.flatMap(({ name, milliseconds, functions, characters }) => [
      {
        name: `compile all of ${name}: ${functions} functions`,
        value: rounded(milliseconds),
        unit: 'ms',
      },
      { name: `their source`, value: Math.round(characters / 1000), unit: 'kB' },
    ]),
  ];
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** As a table of Markdown; the ratios are to JSON. */
export function messageTable(rows: readonly ExiRow[]): string {
  const ratio = (one: number, other: number): string => (one / other).toFixed(2);
  return [
    '| message | bytes | decode | JSON.parse | ratio | encode | JSON.stringify | ratio |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(
      ({ name, bytes, decode, parse, encode, stringify }) =>
        `| ${name} | ${bytes} | ${decode} | ${parse} | ${ratio(decode, parse)} | ${encode} | ${stringify} | ${ratio(encode, stringify)} |`,
    ),
  ].join('\n');
}

export interface ExiBench {
  readonly rows: readonly ExiRow[];
  readonly others: readonly BenchResult[];
}

export async function benchExi(): Promise<ExiBench> {
  const others = await gettingReady();
  const rows = benchMessages();
  const slow = worstStreams();
  return { rows, others: [...others, ...slow] };
}

if (process.argv[1] === import.meta.filename) {
  const { rows, others } = await benchExi();
  if (process.argv.includes('--json')) console.log(JSON.stringify({ rows, others }));
  else {
    console.table(rows);
    console.table(others);
  }
}
