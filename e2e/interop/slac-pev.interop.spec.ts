import { type ChildProcess, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  addNamespace,
  addVethPair,
  deleteNamespace,
  type NetworkNamespace,
  runInNamespace,
  spawnInNamespace,
} from '@kerbside/host';

const program = fileURLToPath(new URL('slac-bench.mjs', import.meta.url));
const built = existsSync(
  fileURLToPath(new URL('../../apps/rig/dist/plc/open-plc.js', import.meta.url)),
);

/** Debian's `pev`: installed when it is missing and we may. */
function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  if (!built) return 'apps/rig is not built: run npm run build';
  const has = () => spawnSync('which', ['pev']).status === 0;
  if (has()) return undefined;
  const install = ['install', '-y', '--no-install-recommends', 'plc-utils-extra'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', install, { env, timeout: 50_000 });
  return has() ? undefined : 'pev is missing and apt-get could not install plc-utils-extra';
}
const refused = whyNot();
if (refused) console.warn(`SLAC with the pev of plc-utils is skipped: ${refused}`);

type Line = Record<string, unknown>;
interface Running {
  readonly child: ChildProcess;
  readonly lines: Line[];
}

describe.skipIf(refused !== undefined)('our charger and the pev of plc-utils', () => {
  const mark = `kbt-pev-${process.pid}`;
  let charger: NetworkNamespace;
  let car: NetworkNamespace;
  let folder: string;
  const running: Running[] = [];

  function start(ns: NetworkNamespace, ...args: string[]): Running {
    const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit'];
    const child = spawnInNamespace(ns, process.execPath, [program, ...args], { stdio });
    const lines: Line[] = [];
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      lines.push(JSON.parse(line) as Line),
    );
    running.push({ child, lines });
    return { child, lines };
  }
  const seen = (of: Running, part: Line, timeout = 10_000) =>
    vi.waitFor(() => expect(of.lines).toContainEqual(expect.objectContaining(part)), {
      timeout,
      interval: 50,
    });
  async function bench(): Promise<Running> {
    const hub = join(folder, 'plc.sock');
    await seen(start(charger, 'rig', 'ev0', hub), { ready: true });
    const evse = start(charger, 'charger', 'ev0', hub);
    await seen(evse, { ready: true });
    return evse;
  }
  const names = (of: Running) =>
    of.lines.filter((line) => line['kind'] === 'frame').map((line) => line['name']);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kbt-pev-'));
    charger = await addNamespace(`${mark}-c`);
    car = await addNamespace(`${mark}-v`);
    await addVethPair(
      { namespace: charger, name: 'ev0', mac: '02:00:00:00:ee:01' },
      { namespace: car, name: 'plc', mac: '02:00:00:00:e0:02' },
    );
  });
  afterEach(async () => {
    await Promise.all(
      running.splice(0).map(({ child }) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.stdin?.end();
        return ended;
      }),
    );
  });
  afterAll(async () => {
    await deleteNamespace(charger);
    await deleteNamespace(car);
    rmSync(folder, { recursive: true });
  });

  it('match over a veth pair through the simulated modems; the link is seen', async () => {
    const evse = await bench();
    const profile = join(folder, 'pev.ini');
    const template = await runInNamespace(car, 'pev', ['-c']);
    writeFileSync(profile, template.replace(/settle time = \d+/, 'settle time = 2'));
    // It ends with an error unless it got the key and its modem took it.
    await runInNamespace(car, 'pev', ['-i', 'plc', '-p', profile]);
    await seen(evse, { kind: 'matched', evMac: '02:00:00:00:e0:02', linkSeen: true });
    expect(evse.lines).toContainEqual(
      expect.objectContaining({ kind: 'attenuation', profiles: 10, soundsHeard: 10 }),
    );
    expect(names(evse)).toContain('CM_SLAC_MATCH.CNF');
  });

  it('match the other way round: our vehicle and the evse of plc-utils, the modems between them', async () => {
    const middle = await addNamespace(`${mark}-m`);
    const foreign = await addNamespace(`${mark}-e`);
    let evse: ChildProcess | undefined;
    try {
      await addVethPair(
        { namespace: middle, name: 'to-car' },
        { namespace: car, name: 'plc1', mac: '02:00:00:00:e0:03' },
      );
      await addVethPair(
        { namespace: middle, name: 'to-evse' },
        { namespace: foreign, name: 'evse0', mac: '02:00:00:00:ee:09' },
      );
      await seen(start(middle, 'between', 'to-car', 'to-evse'), { ready: true });
      const profile = join(folder, 'evse.ini');
      const template = await runInNamespace(foreign, 'evse', ['-c']);
      writeFileSync(profile, template.replace(/settle time = \d+/, 'settle time = 1'));
      evse = spawnInNamespace(foreign, 'evse', ['-i', 'evse0', '-p', profile, '-l'], {
        stdio: 'ignore',
      });
      await new Promise((resolve) => setTimeout(resolve, 2500)); // it sets its key and settles
      const vehicle = start(car, 'vehicle', 'plc1');
      await seen(vehicle, {
        kind: 'matched',
        evseMac: '02:00:00:00:ee:09',
        nid: '026bcba5354e08',
        linkSeen: true,
      });
      expect(names(vehicle).filter((name) => name === 'CM_MNBC_SOUND.IND')).toHaveLength(10);
    } finally {
      evse?.kill('SIGKILL');
      await deleteNamespace(middle);
      await deleteNamespace(foreign);
    }
  });

  it('match with our own vehicle the same way', async () => {
    const evse = await bench();
    const vehicle = start(car, 'vehicle', 'plc');
    await seen(vehicle, { kind: 'matched', evseMac: '02:00:00:00:ee:01', linkSeen: true });
    await seen(evse, { kind: 'matched', evMac: '02:00:00:00:e0:02', linkSeen: true });
    const cnf = evse.lines.find((line) => line['name'] === 'CM_SLAC_PARM.CNF');
    expect(cnf?.['sinceMs']).toBeLessThan(100); // TP_match_response
  });
});
