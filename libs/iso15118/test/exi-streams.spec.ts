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
const TIMEOUT = 120_000 + STREAMS * 5;
/** The heap after collection may have grown by this, however many streams were read. */
const MAX_GROWTH = 2_000_000;
/** Machine code comes and goes as V8 sees fit, long after a function was made; without it the heap is ours alone. */
const NO_MACHINE_CODE = ['--no-opt', '--no-sparkplug', '--no-maglev'];

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
    const root = path.resolve(import.meta.dirname, '../../..');
    const child = spawnSync(
      process.execPath,
      [
        '--expose-gc',
        ...NO_MACHINE_CODE,
        '--conditions=@kerbside/source',
        '--import',
        path.join(root, 'tools/source/register.mjs'),
        path.join(import.meta.dirname, 'exi-streams-heap.ts'),
        String(STREAMS),
        String(SEED),
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(child.stderr).toBe('');
    const report = JSON.parse(child.stdout) as HeapReport;
    process.stdout.write(
      `heap after ${report.warmUp} streams ${report.before}, after ${report.streams} more ${report.after} bytes; ${report.functions} functions, ${report.compiled} more\n`,
    );
    expect(report.streams).toBe(STREAMS);
    expect(report.after - report.before).toBeLessThan(MAX_GROWTH);
  });

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
