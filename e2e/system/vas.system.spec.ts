import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VasSelfTest } from '@kerbside/contracts';
import { type NetworkNamespace, networkNamespace, runInNamespace } from '@kerbside/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCharge, type Bench, startBench, unplug } from '../support/bench.ts';
import { noNamespaces } from '../support/repository.ts';
import { advertisementsReach, learnedOn, rogueRouter } from '../support/rogue-router.ts';
import { eventually } from '../support/running.ts';
import { programsIn, untilState, vasOf } from '../support/vas-bench.ts';
import {
  fetchByName,
  fetchPage,
  networkState,
  ownersRules,
  RESOLVERS,
  WEB,
} from '../support/vas-world.ts';

const PAGE = 'the small internet, port';

describe.skipIf(noNamespaces)(
  'internet for the car within a real ISO 15118-2 session (needs root, for network namespaces)',
  () => {
    let bench: Bench;
    let directory: string;
    let charger: NetworkNamespace;
    let vehicle: NetworkNamespace;
    let before: Record<string, string>;
    const inCar = (command: string, ...args: string[]) => runInNamespace(vehicle, command, args);
    const from = (evse: number, url: string, more: readonly string[] = []) =>
      fetchPage(inCar, url, ['--interface', `ev${evse - 1}`, ...more]);
    /** What the two EVs, the programs and the kernel do by themselves is no matter of this service. */
    const state = async () => {
      const { processes: _, ...rest } = await networkState(charger);
      return rest;
    };
    const nothingIsLeft = async () => {
      await eventually('no daemon runs', () =>
        programsIn(charger).every(({ command }) => !/radvd|udhcpd/.test(command)),
      );
      expect(await state()).toEqual(before);
    };

    beforeAll(async () => {
      bench = await startBench();
      directory = mkdtempSync(join(tmpdir(), 'kbt-vas-'));
      const { pid } = bench.launcher.child;
      charger = networkNamespace(`kb${pid}-chg`);
      vehicle = networkNamespace(`kb${pid}-veh`);
      await ownersRules(charger);
      before = await state();
    }, 120_000);
    afterAll(async () => {
      await bench?.close();
      rmSync(directory, { recursive: true, force: true });
    });

    it('two cars take addresses by SLAAC and DHCP, fetch pages by name over both families, and are refused all else', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 1, kind: 'iso2-ac' });
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      await untilState(bench, 1, 'up');
      await untilState(bench, 2, 'up');
      for (const evse of [1, 2])
        for (const detail of [/SLAAC fd/, /DHCP 172\.29\./])
          await bench.launcher.printed(
            new RegExp(`"event":"internet","evse":${evse},"detail":"${detail.source}`),
            20_000,
          );
      await bench.launcher.printed(/"detail":"http:\/\/www\.example\/ 200"/, 20_000);

      for (const [family, resolver] of [
        ['-4', RESOLVERS.v4],
        ['-6', RESOLVERS.v6],
      ] as const)
        for (const [scheme, port] of [
          ['http', 80],
          ['https', 443],
        ] as const)
          expect(
            await fetchByName(directory, inCar, `${scheme}://www.example/`, resolver, [
              family,
              '--interface',
              'ev0',
            ]),
            `${scheme} ${family}`,
          ).toContain(`${PAGE} ${port}`);
      for (const host of [WEB.v4, `[${WEB.v6}]`])
        expect(await from(2, `http://${host}/`)).toContain(PAGE);

      const [one, two] = [await vasOf(bench, 1), await vasOf(bench, 2)];
      const own =
        (await runInNamespace(charger, 'ip', ['-o', 'address', 'show'])).match(
          /(?<=inet6? )[\w:.]+/g,
        ) ?? [];
      const uplinks = own.filter((address) => !/^(127\.|::1|fe80)/.test(address));
      expect(uplinks.length).toBeGreaterThan(4);
      const refused = [
        `http://${WEB.v4}:22/`,
        `http://[${WEB.v6}]:8080/`,
        'http://10.99.99.99/',
        'http://[fd99::99]/',
        // The meter, which listens on every address that the rig can have, and the car beside
        ...uplinks.map(
          (address) => `http://${address.includes(':') ? `[${address}]` : address}:5020/`,
        ),
        `http://${two.leases[0]?.address ?? two.plan?.ipv4?.address.replace(/1\/24/, '14')}/`,
      ];
      const pages = await Promise.all(refused.map((url) => from(1, url)));
      for (const [at, page] of pages.entries()) expect(page, refused[at]).toMatch(/^refused/);

      // failure 9: it is told what happens, and it is counted
      await eventually('usage, leases and neighbours show', async () => {
        const now = await vasOf(bench, 1);
        return (
          (now.usage?.bytesDown ?? 0) > 1000 &&
          now.leases.length > 0 &&
          now.neighbours.length > 0 &&
          (now.usage?.refused ?? 0) > 0
        );
      });
      expect(one.plan?.steps.every(({ inverse }) => inverse.length > 0)).toBe(true);
      expect((await vasOf(bench, 1)).rules.some((rule) => rule.includes('KERBSIDE-EV1-FWD'))).toBe(
        true,
      );

      await unplug(api, 1);
      await untilState(bench, 1, 'announced');
      expect(await from(2, `http://${WEB.v4}/`)).toContain(PAGE);
      await unplug(api, 2);
      await untilState(bench, 2, 'announced');
      await nothingIsLeft();
    }, 180_000);

    it('failure 9: bytes, time and ports are kept in the session, and every step is in its journal', async () => {
      const session = await bench.api.lastSession(1);
      expect(session?.internet).toMatchObject({ ports: [80, 443] });
      expect(session?.internet?.bytesDown).toBeGreaterThan(1000);
      expect(session?.internet?.seconds).toBeGreaterThan(1);
      const types = (await bench.api.timeline(session?.id ?? ''))
        .filter(({ source }) => source === 'vas')
        .map(({ type }) => type);
      expect(types).toEqual(['vas.selected', 'vas.plan', 'vas.up', 'vas.ended']);
    }, 30_000);

    it('failure 11: SessionStop ends it while the car is still plugged in', async () => {
      await beginCharge(bench.api, { evse: 1, kind: 'iso2-ac' });
      await untilState(bench, 1, 'up');
      await bench.api.call('POST', '/bench/evses/1/vehicle', { action: 'stop' });
      await untilState(bench, 1, 'announced');
      expect((await bench.api.bench()).evses[0]?.plugged).toBe(true);
      await nothingIsLeft();
      await unplug(bench.api, 1);
    }, 90_000);

    it('failure 11: the loss of the TCP connection ends it', async () => {
      await beginCharge(bench.api, { evse: 1, kind: 'iso2-ac' });
      await untilState(bench, 1, 'up');
      process.kill(bench.pid('vehicle') as number, 'SIGKILL');
      await untilState(bench, 1, 'announced');
      expect((await vasOf(bench, 1)).reason?.code).toBe('session-ended');
      await nothingIsLeft();
      await eventually(
        'the vehicle is back',
        async () => (await bench.api.bench()).evses[0]?.vehicle === true,
        30_000,
      );
      await eventually(
        'the EVSE is free',
        async () => (await bench.api.evse(1)).state === 'Available',
        30_000,
      );
    }, 90_000);

    it('a car that plays the router gives the charger no address and no route: before, while and after it is online', async () => {
      const router = await rogueRouter(vehicle, 'ev0', directory);
      const takesNothing = async () => {
        await advertisementsReach(charger, 'ev0', 1);
        expect(await learnedOn(charger, 'ev0')).toEqual([]);
      };
      try {
        await takesNothing();
        await beginCharge(bench.api, { evse: 1, kind: 'iso2-ac' });
        await untilState(bench, 1, 'up');
        await takesNothing();
        await unplug(bench.api, 1);
        await untilState(bench, 1, 'announced');
        await takesNothing();
      } finally {
        const ended = new Promise((resolve) => router.once('exit', resolve));
        router.kill('SIGTERM');
        await ended;
      }
      await nothingIsLeft();
    }, 90_000);

    it('switching it off takes it from a car that is online, and it is offered no more', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 1, kind: 'iso2-ac' });
      await untilState(bench, 1, 'up');
      const settings = await api.call<object>('GET', '/vas/settings');
      await api.call('PUT', '/vas/settings', { ...settings, enabled: false });
      await untilState(bench, 1, 'off');
      await nothingIsLeft();
      expect(await api.evse(1)).toMatchObject({ state: 'Charging', reason: 'charging' });
      await api.call('PUT', '/vas/settings', settings);
      await unplug(api, 1);
    }, 90_000);

    it('kill -9 while a car is online: what was left is gone, the owner’s rules are untouched', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 1, kind: 'iso2-ac' });
      await untilState(bench, 1, 'up');
      process.kill(bench.pid('charger') as number, 'SIGKILL');
      await bench.launcher.printed(/charger serves again/, 30_000);
      expect(bench.launcher.output()).toContain('"event":"vas.recovered"');
      await eventually('it answers', async () => (await api.raw('GET', '/vas')).ok, 10_000);
      await unplug(api, 1);
      await untilState(bench, 1, 'announced');
      await nothingIsLeft();
    }, 120_000);

    it('the self-test passes and leaves nothing', async () => {
      const { passed, checks } = await bench.api.call<VasSelfTest>('POST', '/vas/self-test');
      expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
      expect(passed).toBe(true);
      expect(checks.map(({ check }) => check)).toEqual(
        expect.arrayContaining([
          'slaac',
          'dhcp',
          'dns',
          'port-80',
          'port-443',
          'port-22-closed',
          'charger-closed',
          'other-ev-closed',
        ]),
      );
      // The self-test of a file beside this one may run; what is left behind stays.
      await eventually(
        'no server of the test runs',
        () => programsOf('listen(8443').length === 0,
        40_000,
      );
      await nothingIsLeft();
    }, 90_000);
  },
);

/** Processes anywhere on the machine whose command line has this in it. */
function programsOf(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}
