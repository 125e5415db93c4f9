import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  addNamespace,
  addVethPair,
  deleteNamespace,
  ipBatch,
  type NetworkNamespace,
  spawnInNamespace,
} from '@kerbside/host';

const peer = fileURLToPath(new URL('slac-peer.mjs', import.meta.url));
const rig = new URL('../../apps/rig/dist/plc/simulated-plc-modems.js', import.meta.url);
const built = existsSync(fileURLToPath(rig));
const refused =
  process.getuid?.() !== 0
    ? 'not root'
    : built
      ? undefined
      : 'apps/rig is not built: run npm run build';
if (refused) console.warn(`SLAC on interfaces is skipped: ${refused}`);

type Line = Record<string, unknown>;
interface Running {
  readonly child: ChildProcess;
  readonly lines: Line[];
}

describe.skipIf(refused !== undefined)('SLAC over veth pairs, the modems between', () => {
  let ns: NetworkNamespace;
  const running: Running[] = [];

  /** Car and charger of number `i`, with a pair of interfaces each to the modems. */
  const cable = async (i: number) => {
    await addVethPair(
      { namespace: ns, name: `car${i}`, mac: `02:00:00:00:e0:0${i}` },
      { namespace: ns, name: `to-car${i}` },
    );
    await chargerCable(i);
  };
  const chargerCable = (i: number) =>
    addVethPair(
      { namespace: ns, name: `evse${i}`, mac: `02:00:00:00:ee:0${i}` },
      { namespace: ns, name: `to-evse${i}` },
    );
  async function start(role: string, interfaces: readonly string[]): Promise<Running> {
    const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit'];
    const child = spawnInNamespace(ns, process.execPath, [peer, role, ...interfaces], { stdio });
    const lines: Line[] = [];
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      lines.push(JSON.parse(line) as Line),
    );
    running.push({ child, lines });
    await seen({ child, lines }, { ready: true });
    return { child, lines };
  }
  const seen = (of: Running, part: Line, timeout = 15_000) =>
    vi.waitFor(() => expect(of.lines).toContainEqual(expect.objectContaining(part)), {
      timeout,
      interval: 50,
    });
  const order = ({ child }: Running, line: Line) => child.stdin?.write(`${JSON.stringify(line)}\n`);
  const matches = (of: Running) => of.lines.filter(({ kind }) => kind === 'matched');

  async function stand(numbers: readonly number[]): Promise<Record<'evses' | 'cars', Running>> {
    for (const i of numbers) await cable(i);
    await start(
      'modems',
      numbers.flatMap((i) => [`to-car${i}`, `to-evse${i}`]),
    );
    const evses = await start(
      'chargers',
      numbers.map((i) => `evse${i}`),
    );
    const cars = await start(
      'vehicles',
      numbers.map((i) => `car${i}`),
    );
    for (const i of numbers)
      await seen(evses, { iface: `evse${i}`, kind: 'modem', state: 'ready' });
    return { evses, cars };
  }

  beforeAll(async () => {
    ns = await addNamespace(`kbt-slac-${process.pid}`);
  });
  afterAll(() => deleteNamespace(ns));
  afterEach(async () => {
    await Promise.all(
      running.splice(0).map(({ child }) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.stdin?.end();
        return ended;
      }),
    );
    for (let i = 0; i < 10; i++)
      for (const name of [`car${i}`, `evse${i}`])
        await ipBatch(ns, [`link del ${name}`]).catch(() => {});
  });

  it('ten chargers in one process match ten cars in another, at once, each its own', async () => {
    const numbers = Array.from({ length: 10 }, (_, i) => i);
    const { evses, cars } = await stand(numbers);
    order(evses, { go: true });
    order(cars, { go: true });
    for (const i of numbers) {
      const linkSeen = true;
      const [evseMac, evMac] = [`02:00:00:00:ee:0${i}`, `02:00:00:00:e0:0${i}`];
      await seen(cars, { iface: `car${i}`, kind: 'matched', evseMac, linkSeen });
      await seen(evses, { iface: `evse${i}`, kind: 'matched', evMac, linkSeen });
    }
    for (const of of [evses, cars])
      expect(new Set(matches(of).map(({ nid }) => nid))).toHaveLength(10);
    expect(evses.lines.filter(({ kind }) => kind === 'failed')).toEqual([]);
  });

  it('a charger whose interface is deleted and made again matches afterwards', async () => {
    const { evses, cars } = await stand([1]);
    await ipBatch(ns, ['link del evse1']);
    await seen(evses, { kind: 'interface', ok: false });
    await chargerCable(1);
    await seen(evses, { kind: 'interface', ok: true });
    order(evses, { go: true });
    order(cars, { go: true });
    await seen(cars, { kind: 'matched', evseMac: '02:00:00:00:ee:01' }, 25_000);
    await seen(evses, { kind: 'matched', evMac: '02:00:00:00:e0:01' });
    expect(matches(evses)).toHaveLength(1);
  });
});
