import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '@kerbside/host/testing';
import { SeededRandom } from '@kerbside/kernel/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realStation, sessionFacts, until } from './real-station.ts';

const root = path.resolve(import.meta.dirname, '../../..');
let directory: string;
let port: number;
let child: ChildProcess | undefined;

async function startProcess(env: Record<string, string> = {}): Promise<Record<string, unknown>> {
  child = spawn(
    process.execPath,
    [
      '--conditions=@kerbside/source',
      '--import',
      path.join(root, 'tools/source/register.mjs'),
      path.join(root, 'apps/csms/src/main.ts'),
    ],
    {
      env: {
        PATH: process.env['PATH'],
        KERBSIDE_DATA: directory,
        KERBSIDE_CSMS_LISTEN: `127.0.0.1:${port}`,
        KERBSIDE_CSMS_BENCH: '1',
        ...env,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const exit = once(child, 'exit').then(([code]) => ({ event: 'exit', code: code as unknown }));
  const ready = once(lines, 'line').then(([line]) => JSON.parse(String(line)) as object);
  return { ...(await Promise.race([ready, exit])) };
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'kbt-csms-'));
  port = await freePort();
});
afterEach(async () => {
  await kill();
  rmSync(directory, { recursive: true, force: true });
});

describe('the CSMS as a process', () => {
  it('says that it is ready, refuses a second one on its data, ends with its standard input', async () => {
    expect(await startProcess({ KERBSIDE_EXIT_WITH_PARENT: '1' })).toEqual({
      event: 'ready',
      port,
      ocppPort: port,
    });
    const first = child;
    expect(await startProcess({ KERBSIDE_CSMS_LISTEN: '127.0.0.1:0' })).toEqual({
      event: 'exit',
      code: 78,
    });
    child = first;
    const gone = once(first as ChildProcess, 'exit');
    first?.stdin?.end();
    expect(await gone).toEqual([0, null]);
  }, 30_000);

  it('ends on SIGTERM', async () => {
    await startProcess();
    const gone = once(child as ChildProcess, 'exit');
    child?.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  }, 30_000);

  it('loses and doubles nothing when it is killed 8 times at random moments (seed 7)', async () => {
    const random = new SeededRandom(7);
    await startProcess();
    const { station, queue } = realStation(port);
    station.evse({ evse: 1, state: 'Available', since: Date.now(), faults: [] });
    station.start();
    const begin = Date.UTC(2026, 0, 1);
    const sessions = 6;
    const samples = 150;
    for (let index = 0; index < sessions; index++)
      for (const fact of sessionFacts(`t${index}`, begin + index * 1_000_000, samples))
        queue.append(station.rowsOf(fact));
    const total = await queue.length();
    station.queued();
    let midway = 0;
    for (let kills = 0; kills < 8; kills++) {
      await until('the station is at work', () => station.status().phase === 'accepted', 20_000);
      await new Promise((resolve) => setTimeout(resolve, 20 + random.int(200)));
      const left = await queue.length();
      if (left > 0 && left < total) midway++;
      await kill();
      await startProcess();
    }
    await until('delivered', async () => (await queue.length()) === 0, 30_000);
    station.stop();
    expect(queue.drops).toEqual([]);
    expect(midway).toBeGreaterThan(3);

    const api = async (place: string) =>
      (await (await fetch(`http://127.0.0.1:${port}/api/v1${place}`)).json()) as {
        items: { id: number; timestamp: string; energy: number }[];
        meterValues: { timestamp: string }[];
      };
    const { items } = await api('/transactions');
    expect(items.toReversed().map(({ timestamp }) => Date.parse(timestamp))).toEqual(
      Array.from({ length: sessions }, (_, index) => begin + index * 1_000_000),
    );
    for (const [index, { id, energy }] of items.toReversed().entries()) {
      expect(energy).toBe((samples + 1) * 10);
      const { meterValues } = await api(`/transactions/${id}`);
      expect(meterValues.map(({ timestamp }) => Date.parse(timestamp))).toEqual(
        Array.from(
          { length: samples },
          (_, sample) => begin + index * 1_000_000 + (sample + 1) * 1000,
        ),
      );
    }
  }, 120_000);
});
