import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  sourceCommand,
  startChild,
  temporaryDirectory,
  underStrace,
  whyNoStrace,
} from './children/run-child.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const missing = whyNoStrace();
const COMMITS = 40;

/** For each acknowledgement in the trace: was the WAL synced after its last write, before the line left? */
function acknowledgements(trace: string): { ack: number; written: boolean; synced: boolean }[] {
  const found: { ack: number; written: boolean; synced: boolean }[] = [];
  const unfinished = new Map<string, { call: string; from: number }>();
  let lastWrite = -1;
  let syncFrom = -1;
  let previousAck = -1;
  trace.split('\n').forEach((line, at) => {
    const match = /^(\d+)\s+(.*)$/.exec(line);
    if (!match) return;
    const [, thread = '', rest = ''] = match;
    if (rest.includes('<unfinished ...>')) unfinished.set(thread, { call: rest, from: at });
    const resumed = rest.startsWith('<... ') ? unfinished.get(thread) : undefined;
    const call = resumed?.call ?? rest;
    const returned = !rest.includes('<unfinished ...>');
    if (call.startsWith('pwrite64(') && call.includes('-wal>')) lastWrite = at;
    if (/^f(data)?sync\(\d+<[^>]*-wal>/.test(call) && returned && / = 0/.test(rest))
      syncFrom = resumed?.from ?? at;
    const ack = /write\(1<[^>]*>, "ack (\d+)\\n"/.exec(call)?.[1];
    if (ack === undefined || resumed) return;
    found.push({
      ack: Number(ack),
      written: lastWrite > previousAck,
      synced: syncFrom > lastWrite,
    });
    previousAck = at;
  });
  return found;
}

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

describe('a system-call trace of commits', () => {
  it('shows no acknowledgement before the sync of its commit returned', async (test) => {
    if (missing !== undefined) test.skip(missing);
    const trace = path.join(directory.path, 'trace');
    const child = startChild(
      underStrace(
        `-y -o ${trace} -e trace=fsync,fdatasync,pwrite64,write`,
        sourceCommand('committing.ts', path.join(directory.path, 'k.db'), '0', '1', `${COMMITS}`),
      ),
    );
    const { code, errors } = await child.ended;
    expect(code, errors).toBe(0);
    const acks = acknowledgements(readFileSync(trace, 'utf8'));
    expect(acks).toEqual(
      Array.from({ length: COMMITS }, (_, ack) => ({ ack, written: true, synced: true })),
    );
  });

  it('would show one that came too early', () => {
    const wal = '21</tmp/k.db-wal>';
    const write = `7 pwrite64(${wal}, "..."..., 4096, 32) = 4096`;
    const ack = '5 write(1<pipe:[1]>, "ack 0\\n", 6) = 6';
    const seen = (...lines: string[]) => acknowledgements(lines.join('\n'));
    expect(seen(write, `7 fsync(${wal}) = 0`, ack)).toEqual([
      { ack: 0, written: true, synced: true },
    ]);
    expect(seen(write, ack, `7 fsync(${wal}) = 0`)).toMatchObject([{ synced: false }]);
    expect(seen(`7 fsync(${wal}) = 0`, write, ack)).toMatchObject([{ synced: false }]);
    expect(
      seen(write, `7 fsync(${wal} <unfinished ...>`, ack, '7 <... fsync resumed>) = 0'),
    ).toMatchObject([{ synced: false }]);
    expect(seen(ack)).toMatchObject([{ written: false }]);
  });
});
