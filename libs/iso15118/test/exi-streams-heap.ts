// `node --expose-gc exi-streams-heap.ts STREAMS SEED`: what decoding bad streams leaves on the heap.
import { BadStreams, outcome } from './exi-streams.ts';

export interface HeapReport {
  readonly warmUp: number;
  readonly streams: number;
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
/** Grammars are made when first used: only then is the heap what it stays. */
const warmUp = 10_000;
read(warmUp);
const before = inUse();
read(streams);
const report: HeapReport = { warmUp, streams, before, after: inUse() };
process.stdout.write(`${JSON.stringify(report)}\n`);
