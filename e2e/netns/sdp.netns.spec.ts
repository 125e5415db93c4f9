import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  addNamespace,
  addVethPair,
  deleteNamespace,
  runInNamespace,
  spawnInNamespace,
  type NetworkNamespace,
} from '@kerbside/host';

const peer = fileURLToPath(new URL('sdp-peer.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../libs/host/dist/index.js', import.meta.url)));
const refused =
  process.getuid?.() !== 0
    ? 'not root'
    : built
      ? undefined
      : 'libs/host is not built: run npm run build';
if (refused) console.warn(`SDP on two interfaces is skipped: ${refused}`);

const mark = `kbt-sdp-${process.pid}`;
type Line = Record<string, unknown>;

describe.skipIf(refused !== undefined)('SDP on two interfaces of one charger', () => {
  let charger: NetworkNamespace;
  let cars: NetworkNamespace[];
  let running: ChildProcess | undefined;
  const lines: Line[] = [];

  async function join(n: 0 | 1): Promise<void> {
    await addVethPair(
      { namespace: charger, name: `ev${n}` },
      { namespace: cars[n] as NetworkNamespace, name: 'plc' },
    );
  }
  /** Runs a car to its end and gives its last line. */
  async function ask(n: 0 | 1, limit: number): Promise<Line> {
    const args = [peer, 'car', 'plc', String(limit)];
    const text = await runInNamespace(cars[n] as NetworkNamespace, process.execPath, args);
    return JSON.parse(text.trim().split('\n').at(-1) ?? '{}') as Line;
  }
  function start(...interfaces: string[]): void {
    const args = [peer, 'charger', ...interfaces];
    running = spawnInNamespace(charger, process.execPath, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: running.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      lines.push(JSON.parse(line) as Line),
    );
  }
  async function stop(): Promise<void> {
    const ended = new Promise((resolve) => running?.once('exit', resolve) ?? resolve(0));
    running?.stdin?.end();
    await ended;
    running = undefined;
    lines.length = 0;
  }
  const portOf = (name: string) =>
    lines.findLast((line) => line['interface'] === name)?.['port'] ?? undefined;
  const listening = (name: string, wanted: boolean) =>
    vi.waitFor(() => expect(portOf(name) !== undefined).toBe(wanted), {
      timeout: 15_000,
      interval: 50,
    });

  beforeAll(async () => {
    charger = await addNamespace(`${mark}-c`);
    cars = [await addNamespace(`${mark}-0`), await addNamespace(`${mark}-1`)];
    await join(0);
    await join(1);
  }, 30_000);

  afterAll(async () => {
    await stop();
    for (const namespace of [charger, ...cars]) await deleteNamespace(namespace);
  }, 30_000);

  it('the EVSE on one interface never answers the car on the other', async () => {
    start('ev0');
    await listening('ev0', true);
    expect((await ask(0, 50))['reached']).toBe('ev0');
    expect(await ask(1, 8)).toEqual({ error: 'sdp.no-answer' });
    await stop();
  }, 60_000);

  it('with an EVSE on each, each car finds the one of its own cable', async () => {
    start('ev0', 'ev1');
    await listening('ev0', true);
    await listening('ev1', true);
    const [one, two] = await Promise.all([ask(0, 50), ask(1, 50)]);
    expect([one['reached'], two['reached']]).toEqual(['ev0', 'ev1']);
    const crossed = lines.filter(
      (line) => line['asked'] && !String(line['from']).includes(`%${String(line['asked'])}]`),
    );
    expect(crossed).toEqual([]);
  }, 60_000);

  it('answers again after the interface was deleted and made anew', async () => {
    await runInNamespace(charger, 'ip', ['link', 'delete', 'ev0']);
    await listening('ev0', false);
    expect((await ask(1, 50))['reached']).toBe('ev1');
    await join(0);
    await listening('ev0', true);
    expect((await ask(0, 50))['reached']).toBe('ev0');
    expect(lines.filter((line) => line['failed'])).toEqual([]);
  }, 60_000);
});
