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
  runInNamespace,
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
/** For whatever must come at all: on a busy machine a thread alone takes seconds to start. */
const PATIENT = { timeout: 30_000, interval: 20 };
const frame = (to: string, from: string, payload = '01646000') =>
  `${to}${from}88e1${payload}`.padEnd(120, '0');

describe.skipIf(refused !== undefined).each(['poll', 'worker'] as const)(
  'frame links on interfaces of a namespace, watched by %s',
  (watch) => {
    let ns: NetworkNamespace;
    let running: ChildProcess;
    let lines: Line[] = [];

    const start = (...interfaces: string[]) =>
      follow(
        spawnInNamespace(ns, process.execPath, [peer, `--watch=${watch}`, ...interfaces], pipes),
      );
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
        PATIENT,
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
      ns = await addNamespace(`kbt-frame-${watch}-${process.pid}`);
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

    it('hear on after any number of flaps too short to be seen as down', async () => {
      for (let i = 0; i < 12; i++) {
        // the peer stands still, so that the interface is up again before it looks
        running.kill('SIGSTOP');
        await ip('link set kbt-a down', 'link set kbt-a up');
        running.kill('SIGCONT');
        await sleep(100);
      }
      // a veth has its carrier back a moment after it is up: what is sent before is lost
      await vi.waitFor(
        () => {
          order({ send: 'kbt-b', hex: frame(A, B) });
          expect(lines.some((line) => line.iface === 'kbt-a' && 'frame' in line)).toBe(true);
        },
        { ...PATIENT, interval: 200 },
      );
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
        await vi.waitFor(
          () => expect(lines.filter((line) => 'cpuMs' in line)).toHaveLength(before + 1),
          PATIENT,
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

    const countsOf = async (iface: string): Promise<Line> => {
      const before = lines.filter((line) => line.counts === iface).length;
      order({ counts: iface });
      await seen({ counts: iface }, before + 1);
      return lines.findLast((line) => line.counts === iface) ?? {};
    };

    it('are not woken by what is not for them: other hosts, other types, own frames', async () => {
      await ip('link set kbt-b promisc on');
      const before = await countsOf('kbt-b');
      order({ send: 'kbt-a', hex: frame('02000000aa99', A), times: 500 });
      order({ send: 'kbt-a', hex: frame(B, A).replace('88e1', '0800'), times: 500 });
      order({ send: 'kbt-a', hex: frame('ffffffffffff', A).replace('88e1', '88e2'), times: 500 });
      order({ send: 'kbt-a', hex: frame(B, B), times: 500 });
      await seen({ sent: 'kbt-a' }, 4);
      await sleep(200);
      const after = await countsOf('kbt-b');
      expect(after).toMatchObject({
        wakeups: before['wakeups'],
        passed: before['passed'],
        dropped: 0,
      });
      order({ send: 'kbt-a', hex: frame(B, A), times: 3 });
      order({ send: 'kbt-a', hex: frame('333300000001', A) });
      await seen({ iface: 'kbt-b', frame: frame('333300000001', A) });
      expect(Number((await countsOf('kbt-b'))['passed']) - Number(after['passed'])).toBe(4);
    });

    it('hear frames for others only when promiscuous, and leave the interface as it was', async () => {
      const promiscuity = async () =>
        /promiscuity (\d+)/.exec(
          await runInNamespace(ns, 'ip', ['-d', 'link', 'show', 'kbt-b']),
        )?.[1];
      expect(await promiscuity()).toBe('0');
      await ended();
      start('--promiscuous', 'kbt-a', 'kbt-b');
      await seen({ iface: 'kbt-b', mac: B });
      expect(await promiscuity()).toBe('1');
      order({ send: 'kbt-a', hex: frame('02000000aa99', A) });
      await seen({ iface: 'kbt-b', frame: frame('02000000aa99', A) });
      await ended();
      expect(await promiscuity()).toBe('0');
    });

    it('say at once that an interface is down, and work when it is up, with its new address', async () => {
      await ended();
      await ip('link set kbt-b down');
      start('kbt-a', 'kbt-b');
      await seen({ iface: 'kbt-b', state: 'down' });
      await ip('link set kbt-b address 02:00:00:00:aa:0b', 'link set kbt-b up');
      await seen({ iface: 'kbt-b', state: 'up' });
      expect(await countsOf('kbt-b')).toMatchObject({ mac: '02000000aa0b' });
      order({ send: 'kbt-a', hex: frame('02000000aa0b', A) });
      await seen({ iface: 'kbt-b', frame: frame('02000000aa0b', A) });
    });

    it('follow an address that changes while the interface stays up', async () => {
      await ip('link set kbt-b address 02:00:00:00:aa:0c');
      const renewed = frame('02000000aa0c', A);
      await vi.waitFor(() => {
        order({ send: 'kbt-a', hex: renewed });
        expect(lines.some((line) => line.iface === 'kbt-b' && line.frame === renewed)).toBe(true);
      }, PATIENT);
      expect(await countsOf('kbt-b')).toMatchObject({ mac: '02000000aa0c' });
      expect(lines.filter((line) => 'state' in line)).toEqual([]); // it was never down
    });

    it.each(['', '--promiscuous'])(
      'do not take frames of a VLAN for untagged %s',
      async (option) => {
        if (option !== '') {
          await ended();
          start(option, 'kbt-a', 'kbt-b');
          await seen({ iface: 'kbt-b', mac: B });
        }
        const tagged = (to: string, tag: string) =>
          frame(to, B).replace(`${B}88e1`, `${B}8100${tag}88e1`);
        order({ send: 'kbt-b', hex: tagged('ffffffffffff', '0014') });
        order({ send: 'kbt-b', hex: tagged(A, '0014') });
        // VLAN 0 is a priority alone: the frame belongs to no VLAN
        order({ send: 'kbt-b', hex: tagged(A, 'e000') });
        order({ send: 'kbt-b', hex: frame(A, B, '01656000') });
        await seen({ iface: 'kbt-a', frame: frame(A, B, '01656000') });
        const heard = lines.filter((line) => line.iface === 'kbt-a' && 'frame' in line);
        expect(heard.map((line) => line['frame'])).toEqual([frame(A, B), frame(A, B, '01656000')]);
      },
    );

    it('ten at once in one process, each with frames of its own', async () => {
      const pairs = Array.from({ length: 10 }, (_, i) => i.toString(16));
      const [from, to] = [(i: string) => `02000000bb0${i}`, (i: string) => `02000000cc0${i}`];
      const spaced = (mac: string) => mac.replace(/(..)(?=.)/g, '$1:');
      for (const i of pairs)
        await addVethPair(
          { namespace: ns, name: `kbt-x${i}`, mac: spaced(from(i)) },
          { namespace: ns, name: `kbt-y${i}`, mac: spaced(to(i)) },
        );
      try {
        await ended();
        start(...pairs.flatMap((i) => [`kbt-x${i}`, `kbt-y${i}`]));
        for (const i of pairs) await seen({ iface: `kbt-y${i}`, mac: to(i) });
        for (const i of pairs) order({ send: `kbt-x${i}`, hex: frame(to(i), from(i)) });
        for (const i of pairs) order({ send: `kbt-x${i}`, hex: frame('ffffffffffff', from(i)) });
        for (const i of pairs)
          await vi.waitFor(() => {
            const got = lines.filter((line) => line.iface === `kbt-y${i}` && 'frame' in line);
            expect(got.map((line) => line['frame'])).toEqual([
              frame(to(i), from(i)),
              frame('ffffffffffff', from(i)),
            ]);
          }, PATIENT);
        expect(await ended()).toBe(0);
      } finally {
        await ip(...pairs.map((i) => `link del kbt-x${i}`));
      }
    });

    it('say what is missing: no such interface, no right to open one', async () => {
      const unprivileged = spawn('setpriv', [
        // root without this one right: an ordinary user may not be let into the project's folder
        '--bounding-set=-net_raw',
        process.execPath,
        peer,
        `--watch=${watch}`,
        'lo',
      ]);
      let text = '';
      unprivileged.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
      unprivileged.stdin.end();
      await vi.waitFor(() => expect(text).toContain('\n'), PATIENT);
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
  },
);
