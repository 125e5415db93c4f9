// `node --expose-gc exi-streams-heap.ts STREAMS SEED`: what decoding bad streams leaves on the heap.
import { ExiValueError } from '@kerbside/exi';
import { compiled, randomValue } from '@kerbside/exi/testing';
import { WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { EXI_PROTOCOLS, exiProtocol } from '../src/messages/exi-protocol.ts';
import { BadStreams, MODES, outcome } from './exi-streams.ts';

export interface HeapReport {
  readonly warmUp: number;
  readonly streams: number;
  /** Compiled by then, and while the streams were read. */
  readonly functions: number;
  readonly compiled: number;
  /** Bytes in use after collection, array buffers included. */
  readonly before: number;
  readonly after: number;
}

function inUse(): number {
  for (let times = 0; times < 3; times++) gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const [streams = 0, seed = 0] = process.argv.slice(2).map(Number);
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
const functions = compiled.functions;
const before = inUse();
read(streams);
const report: HeapReport = {
  warmUp,
  streams,
  functions,
  compiled: compiled.functions - functions,
  before,
  after: inUse(),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
