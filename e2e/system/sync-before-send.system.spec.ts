import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCharge, type Bench, startBench, unplug } from '../support/bench.ts';
import { noNamespaces } from '../support/repository.ts';
import { eventually, follow } from '../support/running.ts';
import { transactionSends } from '../support/send-trace.ts';

const noStrace =
  noNamespaces ??
  (spawnSync('strace', ['--version']).status === 0 ? undefined : 'needs strace, to see the calls');

describe.skipIf(noStrace)(`what leaves for the back-end (${noStrace ?? 'traced'})`, () => {
  let bench: Bench;
  beforeAll(async () => void (bench = await startBench()), 120_000);
  afterAll(() => bench?.close());

  it('no transaction message leaves before the sync of its commit returned', async () => {
    const file = path.join(bench.data, 'trace');
    const calls = 'trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg';
    const tracer = spawn(
      'strace',
      [
        '-f',
        '-y',
        '-x',
        '-s',
        '70000',
        '-o',
        file,
        '-e',
        calls,
        '-p',
        String(bench.pid('charger')),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const running = follow(tracer);
    await running.printed(/attached/);
    await beginCharge(bench.api, { kind: 'iso2-ac', evse: 1, energyWh: 45 });
    await eventually(
      'the car has what it wanted',
      async () => (await bench.api.evse(1)).contactor === 'open',
      90_000,
    );
    await unplug(bench.api, 1);
    await eventually('everything is delivered', async () => {
      const session = await bench.api.lastSession(1);
      return session?.transactions.at(-1)?.delivered ?? false;
    });
    tracer.kill('SIGINT');
    await running.ended();

    const sends = transactionSends(readFileSync(file, 'latin1'));
    expect(sends.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['StartTransaction', 'MeterValues', 'StopTransaction']),
    );
    for (const send of sends) expect(send).toMatchObject({ written: true, synced: true });
  }, 180_000);
});

describe('reading such a trace', () => {
  const hex = (bytes: Uint8Array) =>
    [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  const payload = '{"connectorId":1}';
  const frame = (() => {
    const text = Buffer.from(`[2,"1","StartTransaction",${payload}]`);
    const mask = [1, 2, 3, 4];
    return Buffer.concat([
      Buffer.from([0x81, 0x80 | text.length, ...mask]),
      Buffer.from(text.map((byte, i) => byte ^ (mask[i & 3] as number))),
    ]);
  })();
  const wal = '21</data/kerbside.db-wal>';
  const write = `7 pwrite64(${wal}, "${hex(Buffer.from(`..${payload}..`))}", 4096, 32) = 4096`;
  const sync = `7 fsync(${wal}) = 0`;
  const send = `5 writev(30<TCP:[1]>, [{iov_base="${hex(frame)}", iov_len=9}], 1) = 9`;
  const seen = (...lines: string[]) => transactionSends(lines.join('\n'));

  it('knows a message that left in time from one that left too early', () => {
    expect(seen(write, sync, send)).toEqual([
      { action: 'StartTransaction', written: true, synced: true },
    ]);
    expect(seen(write, send, sync)).toMatchObject([{ written: true, synced: false }]);
    expect(seen(sync, write, send)).toMatchObject([{ synced: false }]);
    expect(seen(send)).toMatchObject([{ written: false, synced: false }]);
    const [late, end] = [`7 fsync(${wal} <unfinished ...>`, '7 <... fsync resumed>) = 0'];
    expect(seen(write, late, send, end)).toMatchObject([{ synced: false }]);
    expect(seen(write, late, end, send)).toMatchObject([{ synced: true }]);
  });
});
