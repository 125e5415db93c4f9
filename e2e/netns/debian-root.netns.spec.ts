import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { debianRoot, mountInto } from '../support/debian-root.ts';
import { type Machine, type MachineState, startMachine } from '../support/machine.ts';
import { noNamespaces } from '../support/repository.ts';
import { follow, type Running } from '../support/running.ts';

describe.skipIf(noNamespaces)(
  'inside a debootstrap root (needs root, for network namespaces)',
  () => {
    let made: Awaited<ReturnType<typeof debianRoot>>;
    let machine: Machine | undefined;
    let before: MachineState;

    beforeAll(async () => {
      made = await debianRoot();
    }, 150_000);
    beforeEach(async (context) => {
      if ('reason' in made) return context.skip(made.reason);
      machine = await startMachine();
      await mountInto(machine, made.folder);
      before = await machine.state();
    });
    afterEach(() => machine?.close());

    /** Runs a command in the root. */
    function chroot(user: string, ...command: string[]): Running {
      if (!machine || 'reason' in made) throw new Error('there is no root');
      const child = machine.spawn('chroot', [`--userspec=${user}`, made.folder, ...command], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/tmp' },
      });
      return follow(child);
    }
    const launch = (user: string): Running => {
      const script = '/kerbside/e2e/support/launch-stand-ins.mjs';
      return chroot(user, 'node', script, 'start', '--bench', '--data', '/tmp/data');
    };
    async function ask(
      user: string,
    ): Promise<{ interfaces: string[]; env: Record<string, string> }> {
      const script = '/kerbside/e2e/support/fetch-json.mjs';
      const asking = chroot(user, 'node', script, 'http://127.0.0.1:8080/');
      expect(await asking.ended()).toBe(0);
      const [answer] = JSON.parse(asking.output()) as {
        interfaces: string[];
        env: Record<string, string>;
      }[];
      return answer ?? { interfaces: [], env: {} };
    }

    it('makes three namespaces, passes the listener, and leaves nothing', async () => {
      const running = launch('0:0');
      await running.printed(/Kerbside is ready/);
      const charger = await ask('0:0');
      expect(charger.interfaces).toEqual(['csms0', 'ev0', 'ev1', 'lo', 'uplink0']);
      running.kill('SIGINT');
      expect(await running.ended()).toBe(0);
      expect(await machine?.state()).toEqual(before);
    });

    it('goes over sockets for an ordinary user, since a chroot allows no user namespace', async () => {
      const running = launch('65534:65534');
      await running.printed(/no namespaces \(.*\): frames over Unix sockets, V2G over loopback/);
      await running.printed(/Kerbside is ready/);
      expect((await ask('65534:65534')).env).toMatchObject({ KERBSIDE_NETWORK_MODE: 'sockets' });
      running.kill('SIGINT');
      expect(await running.ended()).toBe(0);
      expect(await machine?.state()).toEqual(before);
    });
  },
);
