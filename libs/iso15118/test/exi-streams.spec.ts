import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fromHex, toHex, WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { decodeExi, exiBatchLine } from '../src/index.ts';
import { BadStreams, outcome } from './exi-streams.ts';
import type { HeapReport } from './exi-streams-heap.ts';

const STREAMS = Number(process.env['KERBSIDE_EXI_STREAMS'] ?? 20_000);
const SEED = Number(process.env['KERBSIDE_SEED'] ?? 15118);
const TIMEOUT = 120_000 + STREAMS * 8;
/** What is in use after collection may have grown by this, however many streams were read ... */
const MAX_GROWTH = 500_000;
/** ... and by this for each function compiled meanwhile, with its states and its source: so many per type at most. */
const MAX_PER_FUNCTION = 25_000;
/** Without machine code, which V8 makes as it sees fit, what is in use is ours alone. */
const NO_MACHINE_CODE = ['--no-opt', '--no-sparkplug', '--no-maglev'];
/**
 * With it: functions become hot one after the other for long, some 2 MB of code each time that the streams double, and
 * in the end all are.
 */
const MAX_GROWTH_OF_TWICE = 3_000_000;

/** What another process has in use after a warm-up, and after each round of `STREAMS`. */
function heapOf(rounds: number, flags: readonly string[] = []): HeapReport {
  const root = path.resolve(import.meta.dirname, '../../..');
  const child = spawnSync(
    process.execPath,
    [
      '--expose-gc',
      ...flags,
      '--conditions=@kerbside/source',
      '--import',
      path.join(root, 'tools/source/register.mjs'),
      path.join(import.meta.dirname, 'exi-streams-heap.ts'),
      ...[STREAMS, rounds, SEED].map(String),
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect(child.stderr).toBe('');
  const report = JSON.parse(child.stdout) as HeapReport;
  expect(report.streams).toBe(STREAMS);
  expect(report.samples).toHaveLength(rounds + 1);
  const told = report.samples.map(
    ({ bytes, code, functions }) => `${bytes} (${code} of code, ${functions} functions)`,
  );
  process.stdout.write(
    `in use after ${report.warmUp} streams, then after each ${STREAMS}: ${told.join(', ')} bytes\n`,
  );
  return report;
}

describe(`${STREAMS} mutated and random streams, seed ${SEED}`, () => {
  it('are a value or a WireError, never anything else', { timeout: TIMEOUT }, async () => {
    const streams = new BadStreams(SEED);
    const count = { value: 0, refused: 0 };
    for (let run = 0; run < STREAMS; run++) {
      if (run % 1000 === 999) await new Promise(setImmediate); // the runner wants to hear of us
      const stream = streams.next();
      try {
        count[outcome(stream, run)]++;
      } catch (cause) {
        throw new Error(`stream ${run}: ${stream.protocol} ${toHex(stream.bytes)}`, { cause });
      }
    }
    process.stdout.write(
      `${STREAMS} bad streams: ${count.value} were values, ${count.refused} refused\n`,
    );
    // both must happen, or the streams are no test
    expect(count.value).toBeGreaterThan(STREAMS / 50);
    expect(count.refused).toBeGreaterThan(STREAMS / 3);
  });

  it(`leave no more than ${MAX_GROWTH} bytes behind`, { timeout: TIMEOUT }, () => {
    const [before, after] = heapOf(1, NO_MACHINE_CODE).samples;
    if (!before || !after) throw new Error('no samples');
    const made = after.functions - before.functions;
    expect(after.bytes - before.bytes).toBeLessThan(MAX_GROWTH + made * MAX_PER_FUNCTION);
  });

  it(
    `and with machine code ${MAX_GROWTH_OF_TWICE} when twice as many have been read`,
    { timeout: TIMEOUT },
    () => {
      const [, once, twice] = heapOf(2).samples.map(({ bytes }) => bytes);
      expect(Number(twice) - Number(once)).toBeLessThan(MAX_GROWTH_OF_TWICE);
    },
  );

  it('a length of gigabytes costs nothing', () => {
    const bytes = fromHex(`80980230${'ff'.repeat(8)}7f`);
    expect(() => decodeExi('iso2', bytes)).toThrow(WireError);
  });

  it('the batch answers any line', () => {
    const random = new SeededRandom(SEED + 2);
    const lines = ['', 'null', '[]', '{', '{"id":1}', '{"id":2,"protocol":"iso2","json":{}}'];
    const streams = new BadStreams(SEED + 2);
    for (let run = 0; run < 2000; run++) {
      const { protocol, bytes } = streams.next();
      const line = JSON.stringify({ id: run, protocol, exiHex: toHex(bytes) }).split('');
      line[random.int(line.length)] = String.fromCharCode(random.int(128));
      lines.push(line.join(''));
    }
    for (const line of lines) {
      const answer = JSON.parse(exiBatchLine(line)) as Record<string, unknown>;
      expect(Object.keys(answer)).toContain('id');
      const error = answer['error'] as { code: string } | undefined;
      expect(error?.code, line).not.toBe('internal');
    }
  });
});
