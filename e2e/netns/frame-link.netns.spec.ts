import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addNamespace,
  addVethPair,
  deleteNamespace,
  ipBatch,
  type NetworkNamespace,
  spawnInNamespace,
} from '@kerbside/host';

const peer = fileURLToPath(new URL('frame-link-peer.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../libs/host/dist/index.js', import.meta.url)));
const refused =
  process.getuid?.() !== 0
    ? 'not root'
    : built
      ? undefined
      : 'libs/host is not built: run npm run build';
if (refused) console.warn(`Frames on interfaces are skipped: ${refused}`);

type Line = Record<string, unknown>;
const A = '02000000aa01';
const B = '02000000aa02';
const frame = (to: string, from: string, payload = '01646000') =>
  `${to}${from}88e1${payload}`.padEnd(120, '0');

describe.skipIf(refused !== undefined)('frame links on interfaces of a namespace', () => {
  let ns: NetworkNamespace;
  let running: ChildProcess;
  let lines: Line[] = [];

  const start = (...interfaces: string[]) =>
    follow(spawnInNamespace(ns, process.execPath, [peer, ...interfaces], pipes));
  const pipes = { stdio: ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit'] };
  function follow(child: ChildProcess): void {
    running = child;
    lines = [];
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      lines.push(JSON.parse(line) as Line),
    );
  }
  const order = (line: Line) => running.stdin?.write(`${JSON.stringify(line)}\n`);
  const seen = (part: Line, times = 1) =>
    vi.waitFor(
      () =>
        expect(
          lines.filter((line) => Object.entries(part).every(([k, v]) => line[k] === v)),
        ).toHaveLength(times),
      { timeout: 5000, interval: 20 },
    );
  async function ended(): Promise<unknown> {
    if (running.exitCode !== null) return running.exitCode;
    const code = new Promise((resolve) => running.once('exit', resolve));
    order({ close: true });
    return code;
  }
  const ip = (...commands: string[]) => ipBatch(ns, commands);
  const pair = () =>
    addVethPair(
      { namespace: ns, name: 'kbt-a', mac: '02:00:00:00:aa:01' },
      { namespace: ns, name: 'kbt-b', mac: '02:00:00:00:aa:02' },
    );

  beforeAll(async () => {
    ns = await addNamespace(`kbt-frame-${process.pid}`);
  });
  afterAll(() => deleteNamespace(ns));
  beforeEach(async () => {
    await pair();
    start('kbt-a', 'kbt-b');
    await seen({ iface: 'kbt-b', mac: B });
    await seen({ iface: 'kbt-a', mac: A });
  });
  afterEach(async () => {
    await ended();
    await ip('link del kbt-a').catch(() => {});
  });

  it('carry frames both ways, to the own address and to all, and no others', async () => {
    order({ send: 'kbt-a', hex: frame(B, A) });
    order({ send: 'kbt-b', hex: frame('ffffffffffff', B) });
    order({ send: 'kbt-a', hex: frame('02000000aa99', A) });
    order({ send: 'kbt-a', hex: frame(B, B) });
    await seen({ sent: 'kbt-a' }, 3);
    await seen({ iface: 'kbt-b', frame: frame(B, A) });
    await seen({ iface: 'kbt-a', frame: frame('ffffffffffff', B) });
    await sleep(100);
    expect(lines.filter((line) => 'frame' in line)).toHaveLength(2);
    expect(await ended()).toBe(0); // nothing keeps the process alive once the links are closed
  });

  it('survive an interface that goes down and up: told once each, frames again after', async () => {
    await ip('link set kbt-a down');
    await seen({ iface: 'kbt-a', state: 'down' });
    for (let i = 0; i < 3; i++) order({ send: 'kbt-a', hex: frame(B, A) });
    await seen({ failed: 'kbt-a', code: 'frame-link.ENETDOWN' }, 3);
    await ip('link set kbt-a up');
    await seen({ iface: 'kbt-a', state: 'up' });
    order({ send: 'kbt-a', hex: frame(B, A) });
    order({ send: 'kbt-b', hex: frame(A, B) });
    await seen({ iface: 'kbt-b', frame: frame(B, A) });
    await seen({ iface: 'kbt-a', frame: frame(A, B) });
    expect(lines.filter((line) => line.iface === 'kbt-a' && 'state' in line)).toHaveLength(2);
  });

  it('survive an interface that is deleted and made again while they poll', async () => {
    await ip('link del kbt-a');
    await seen({ iface: 'kbt-a', state: 'gone' });
    await seen({ iface: 'kbt-b', state: 'gone' });
    order({ send: 'kbt-a', hex: frame(B, A) });
    await seen({ failed: 'kbt-a', code: 'frame-link.ENXIO' });
    await pair();
    await seen({ iface: 'kbt-a', state: 'up' });
    await seen({ iface: 'kbt-b', state: 'up' });
    order({ send: 'kbt-a', hex: frame(B, A) });
    await seen({ iface: 'kbt-b', frame: frame(B, A) });
    expect(lines.filter((line) => line.iface === 'kbt-b' && 'state' in line)).toHaveLength(2);
  });

  it('cost next to nothing while idle, also with the interface down or gone', async () => {
    const used = async (): Promise<number> => {
      const before = lines.filter((line) => 'cpuMs' in line).length;
      order({ cpu: true });
      await vi.waitFor(() =>
        expect(lines.filter((line) => 'cpuMs' in line)).toHaveLength(before + 1),
      );
      return Number(lines.findLast((line) => 'cpuMs' in line)?.['cpuMs']);
    };
    for (const [step, command] of [
      ['idle', 'link set kbt-a up'],
      ['down', 'link set kbt-a down'],
      ['gone', 'link del kbt-a'],
    ] as const) {
      await ip(command);
      await sleep(500);
      const before = await used();
      await sleep(2000);
      expect((await used()) - before, `ms of processor time in 2 s, ${step}`).toBeLessThan(100);
    }
  });

  it('say what is missing: no such interface, no right to open one', async () => {
    const unprivileged = spawn('setpriv', [
      // root without this one right: an ordinary user may not be let into the project's folder
      '--bounding-set=-net_raw',
      process.execPath,
      peer,
      'lo',
    ]);
    let text = '';
    unprivileged.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
    unprivileged.stdin.end();
    await vi.waitFor(() => expect(text).toContain('\n'), { timeout: 5000 });
    unprivileged.kill();
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
      code: 'frame-link.EPERM',
      message: expect.stringContaining('CAP_NET_RAW') as unknown,
    });
    await ended();
    start('kbt-none', 'kbt-a');
    await seen({ iface: 'kbt-none', code: 'frame-link.ENODEV' });
    expect(lines.find((line) => line.iface === 'kbt-none')?.['message']).toContain('ip link');
    await seen({ iface: 'kbt-a', mac: A });
  });
});
