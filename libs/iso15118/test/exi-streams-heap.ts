// `node --expose-gc exi-streams-heap.ts STREAMS ROUNDS SEED`: what decoding bad streams leaves on the heap.
import { setTimeout } from 'node:timers/promises';
import { getHeapCodeStatistics } from 'node:v8';
import { ExiValueError } from '@kerbside/exi';
import { compiled, randomValue } from '@kerbside/exi/testing';
import { WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { EXI_PROTOCOLS, exiProtocol } from '../src/messages/exi-protocol.ts';
import { BadStreams, MODES, outcome } from './exi-streams.ts';

export interface HeapReport {
  readonly warmUp: number;
  readonly streams: number;
  /** After the warm-up, and after each round of so many streams. */
  readonly samples: readonly HeapSample[];
}

export interface HeapSample {
  /** Bytes in use after collection: the heap with its machine code, and what lies outside of it. */
  readonly bytes: number;
  /** Of these, what functions take that V8 has made. */
  readonly code: number;
  /** Compiled so far. */
  readonly functions: number;
}

async function sample(): Promise<HeapSample> {
  for (let times = 0; times < 4; times++) {
    gc?.();
    await setTimeout(20); // functions may be optimised on another thread meanwhile
  }
  gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return {
    bytes: heapUsed + external,
    code: getHeapCodeStatistics().code_and_metadata_size,
    functions: compiled.functions,
  };
}

const [streams = 0, rounds = 1, seed = 0] = process.argv.slice(2).map(Number);
if (!gc) throw new Error('needs --expose-gc');
const source = new BadStreams(seed);
let turn = 0;
const read = (count: number): void => {
  for (let left = count; left > 0; left--) outcome(source.next(), turn++);
};
/** Every type once in each facet mode: a rare one would else be compiled when some stream happens on it. */
const readAllTypes = (random: SeededRandom): void => {
  for (const protocol of EXI_PROTOCOLS) {
    const { codec } = exiProtocol(protocol);
    for (const { name, types } of codec.fragmentElements())
      for (const type of types)
        for (const facets of MODES)
          try {
            const bytes = codec.encodeFragment(name, type, randomValue(type, random), { facets });
            codec.decodeFragment(bytes, { facets });
          } catch (error) {
            // where several types share a name, or nothing can be put into it
            if (!(error instanceof WireError || error instanceof ExiValueError)) throw error;
          }
  }
};
/** Functions are compiled when first used, so many per type at most: only then is the heap what it stays. */
const BLOCK = 5_000;
/** So few more functions in a block are no warm-up any longer. */
const SETTLED = 4;
const MOST_BLOCKS = 20;
readAllTypes(new SeededRandom(seed + 1));
let warmUp = 0;
let made: number;
do {
  made = compiled.functions;
  read(BLOCK);
  warmUp += BLOCK;
} while (compiled.functions - made > SETTLED && warmUp < BLOCK * MOST_BLOCKS);
const samples = [await sample()];
for (let round = 0; round < rounds; round++) {
  read(streams);
  samples.push(await sample());
}
const report: HeapReport = { warmUp, streams, samples };
process.stdout.write(`${JSON.stringify(report)}\n`);
