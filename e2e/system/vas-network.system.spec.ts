import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addVethPair,
  findTool,
  ipBatch,
  type NetworkNamespace,
  runInNamespace,
  setSysctl,
} from '@kerbside/host';
import { DEFAULT_INTERNET_SETTINGS, internetService } from '@kerbside/vas';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cleanup } from '../support/cleanup.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { eventually } from '../support/running.ts';
import {
  BEHIND_UPLINK,
  dhcpAddress,
  fetchByName,
  fetchPage,
  goOnline,
  ownersRules,
  RESOLVERS,
  slaacAddress,
  VasControl,
  vasWorld,
  type VasWorld,
  WEB,
} from '../support/vas-world.ts';

const nightly = process.env['KERBSIDE_NIGHTLY'] === '1';
const PAGE = 'the small internet, port';
const running: VasControl[] = [];

function start(
  world: VasWorld,
  options: ConstructorParameters<typeof VasControl>[1] = {},
): VasControl {
  const control = new VasControl(world, options);
  running.push(control);
  return control;
}

describe.skipIf(noNamespaces)(
  'the network of the internet service (needs root, for network namespaces)',
  () => {
    const clean = cleanup();
    let world: VasWorld;
    let before: Record<string, string>;
    const pageOf = (car: number, url: string) =>
      fetchPage((command, ...args) => world.inCar(car, command, ...args), url);
    const byName = (url: string, resolver: string, family: string) =>
      fetchByName(
        world.directory,
        (command, ...args) => world.inCar(1, command, ...args),
        url,
        resolver,
        [family],
      );
    const leaveCars = async () => {
      for (const [at, namespace] of world.cars.entries())
        for (const family of ['-4', '-6'])
          await runInNamespace(namespace, 'ip', [
            family,
            'address',
            'flush',
            'dev',
            `ev${at}`,
            'scope',
            'global',
          ]);
    };
    /** The very same as before, everything. */
    const nothingIsLeft = async () => expect(await world.state()).toEqual(before);

    /** The same as before where an interface was made again: its number alone is new. */
    const anotherInItsPlace = async () => {
      const numbered = (state: Record<string, string>) => ({
        ...state,
        addresses: (state['addresses'] ?? '')
          .replace(/^\d+: /gm, '')
          .split('\n')
          .toSorted(),
        routes4: (state['routes4'] ?? '').split('\n').toSorted(),
        routes6: (state['routes6'] ?? '').split('\n').toSorted(),
        sysctls: (state['sysctls'] ?? '').split('\n').toSorted(),
      });
      const after = await world.state();
      expect(numbered(after)).toEqual(numbered(before));
      before = after;
    };

    beforeAll(async () => {
      world = await vasWorld(clean);
      await ownersRules(world.charger);
      before = await world.state();
    });
    afterEach(async () => {
      for (const control of running.splice(0)) await control.stop();
      await leaveCars();
      await nothingIsLeft();
    });

    it('failure 1: no shell takes part: every tool is called by an argument list', async () => {
      const trace = join(world.directory, 'trace');
      const control = start(world, {
        prefix: ['strace', '-f', '-qq', '-e', 'trace=execve', '-o', trace],
      });
      await control.started();
      await control.select(1);
      await control.release(1);
      await control.stop();
      const programs = [...readFileSync(trace, 'utf8').matchAll(/execve\("([^"]+)"/g)].map(
        ([, name]) => name,
      );
      expect(programs).toContain(findTool('radvd'));
      expect(programs).toContain(findTool('ip6tables-restore'));
      expect(programs.filter((name) => /\/(sh|bash|dash|ash)$/.test(name ?? ''))).toEqual([]);
    });

    it('failure 2: DHCPv4 is given, and a setting turns it off', async () => {
      const control = start(world);
      await control.started();
      await control.select(1);
      const lease = await dhcpAddress(world, 1);
      expect(lease).toMatchObject({ router: '172.29.1.1', length: 24, resolvers: [RESOLVERS.v4] });
      expect(await pageOf(1, `http://${WEB.v4}/`)).toContain(`${PAGE} 80`);
      await control.release(1);
      await control.stop();
      await leaveCars();
      const without = start(world, { settings: { ipv4: false } });
      await without.started();
      await without.select(1);
      await slaacAddress(world, 1);
      await expect(dhcpAddress(world, 1)).rejects.toThrow(/no lease|failing|exit/i);
    }, 90_000);

    it('failure 3: the chains drop what they do not accept, and DNS to the told resolvers passes', async () => {
      const control = start(world);
      await control.started();
      await control.select(1);
      await goOnline(world, 1);
      for (const [family, resolver] of [
        ['-6', RESOLVERS.v6],
        ['-4', RESOLVERS.v4],
      ] as const) {
        expect(await byName('http://www.example/', resolver, family)).toContain(`${PAGE} 80`);
        expect(await byName('https://www.example/', resolver, family)).toContain(`${PAGE} 443`);
      }
      const listener = join(world.directory, 'listen.cjs');
      writeFileSync(
        listener,
        "require('http').createServer((q,s)=>s.end('the charger itself')).listen(8081,'::',()=>console.log('up'))",
      );
      const child = await listening(world, listener);
      try {
        const refused = [
          `http://[${WEB.v6}]:22/`,
          `http://[${WEB.v6}]:8080/`,
          `http://${WEB.v4}:22/`,
          `http://${WEB.v4}:8080/`,
          `http://${BEHIND_UPLINK.v4}/`,
          `http://[${BEHIND_UPLINK.v6}]/`,
          // The gateway, the charger's addresses on all its networks, the owner's network behind it
          'http://198.18.0.1/',
          'http://[fd6b::1]/',
          'http://198.18.0.2:8081/',
          'http://[fd6b::2]:8081/',
          'http://172.29.1.1:8081/',
          'http://[fd12:3456:789a:1::1]:8081/',
          'http://192.168.7.1:8081/',
          'http://192.168.7.2/',
          'http://[fd77::2]/',
        ];
        const pages = await Promise.all(refused.map((url) => pageOf(1, url)));
        for (const [at, page] of pages.entries()) expect(page, refused[at]).toMatch(/^refused: /);
        // It is there all the same, for others.
        expect(await fetchPage(world.inCharger, 'http://127.0.0.1:8081/')).toBe(
          'the charger itself',
        );
      } finally {
        child.kill('SIGKILL');
      }
      const usage = (await control.ask({ usage: 1 }, 'usage')) as {
        bytesUp: number;
        bytesDown: number;
        refused: number;
      };
      expect(usage.bytesUp).toBeGreaterThan(1000);
      expect(usage.bytesDown).toBeGreaterThan(1000);
      expect(usage.refused).toBeGreaterThan(10);
    }, 120_000);

    it('failure 3: another resolver than the told ones is not reached, nor any UDP elsewhere', async () => {
      const control = start(world, { settings: { resolvers: [RESOLVERS.v6] } });
      await control.started();
      await control.select(1);
      await goOnline(world, 1);
      expect(await byName('http://www.example/', RESOLVERS.v6, '-6')).toContain(PAGE);
      expect(await byName('http://www.example/', RESOLVERS.v4, '-4')).toMatch(/^refused/);
    }, 90_000);

    it('failure 4: the charger has an address of the prefix that it announces', async () => {
      const control = start(world);
      await control.started();
      await control.select(1);
      const address = await slaacAddress(world, 1);
      expect(address).toMatch(/^fd12:3456:789a:1:/);
      const shown = await world.inCharger('ip', '-6', '-o', 'address', 'show', 'dev', 'ev0');
      expect(shown).toContain('fd12:3456:789a:1::1/64');
      await world
        .inCar(1, 'ping', '-c', '1', '-W', '2', 'fd12:3456:789a:1::1')
        .catch(async (error: unknown) => {
          // Where ping is not installed the neighbour table tells.
          if (!String(error).includes('ENOENT') && !String(error).includes('No such file'))
            throw error;
        });
    }, 60_000);

    it('failure 5: two cars at once, neither sees the other, and one that leaves takes nothing of the other’s', async () => {
      const control = start(world);
      await control.started();
      control.say({ select: { evse: 2, interface: 'ev1', ports: [80, 443] } });
      await control.select(1);
      await control.line('EVSE 2 up', (line) => line['evse'] === 2 && line['phase'] === 'up');
      const [one, two] = [await goOnline(world, 1), await goOnline(world, 2)];
      expect(one.v4.address).toMatch(/^172\.29\.1\./);
      expect(two.v4.address).toMatch(/^172\.29\.2\./);
      expect(two.v6).toMatch(/^fd12:3456:789a:2:/);
      for (const car of [1, 2])
        for (const host of [WEB.v4, `[${WEB.v6}]`])
          expect(await pageOf(car, `http://${host}/`), `car ${car}, ${host}`).toContain(PAGE);
      const server = join(world.directory, 'car.cjs');
      writeFileSync(
        server,
        "require('http').createServer((q,s)=>s.end('a car')).listen(80,'::',()=>console.log('up'))",
      );
      const child = await listening(world, server, 2);
      try {
        expect(await pageOf(1, `http://[${two.v6}]/`)).toMatch(/^refused/);
        expect(await pageOf(1, `http://${two.v4.address}/`)).toMatch(/^refused/);
      } finally {
        child.kill('SIGKILL');
      }
      await control.release(1);
      for (const host of [WEB.v4, `[${WEB.v6}]`]) {
        expect(await pageOf(2, `http://${host}/`), host).toContain(PAGE);
        expect(await pageOf(1, `http://${host}/`), host).toMatch(/^refused/);
      }
      await control.release(2);
    }, 120_000);

    it('failure 6: forwarding is as before, after a crash too; the owner’s rules are untouched', async () => {
      const control = start(world);
      await control.started();
      await control.select(1);
      await control.select(2);
      await goOnline(world, 1);
      await control.kill();
      expect(await world.state()).not.toEqual(before);
      const again = start(world);
      const { recovered } = await again.started();
      expect(recovered).toEqual(
        expect.arrayContaining([
          'sysctl net.ipv6.conf.all.forwarding = 1',
          'ip address add fd12:3456:789a:1::1/64 dev ev0',
          'start radvd (kerbside-evse2-radvd)',
        ]),
      );
      await again.stop();
      await nothingIsLeft();
      expect(
        readdirSync(world.directory).filter(
          (name) => name.startsWith('kerbside-') || name.startsWith('applied'),
        ),
      ).toEqual([]);
    }, 60_000);

    it('failure 6: what an earlier run left is found by name, without any record of it', async () => {
      const control = start(world);
      await control.started();
      await control.select(1, [80]);
      await control.kill();
      const elsewhere = join(world.directory, 'another');
      const again = start(world, { directory: elsewhere });
      const { recovered } = await again.started();
      expect(recovered).toEqual(
        expect.arrayContaining(['chain KERBSIDE-EV1-FWD', 'chain KERBSIDE-GUARD']),
      );
      const { nft, processes } = await world.state();
      expect(nft).not.toContain('KERBSIDE');
      expect(processes?.split('\n')).toHaveLength(1);
      await again.stop();
      // Addresses and settings are known to the record alone, which is still there.
      await start(world).started();
    }, 60_000);

    it('failure 7: an ordinary user with three capabilities does all of it', async () => {
      const directory = join(world.directory, 'user');
      mkdirSync(directory);
      const nobody = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }));
      chownSync(directory, nobody, nobody);
      chmodSync(world.directory, 0o755);
      const capabilities = '-all,+net_admin,+net_raw,+net_bind_service';
      const control = start(world, {
        directory,
        prefix: [
          'setpriv',
          '--reuid',
          'nobody',
          '--regid',
          'nogroup',
          '--clear-groups',
          '--no-new-privs',
          '--inh-caps',
          capabilities,
          '--ambient-caps',
          capabilities,
          '--bounding-set',
          capabilities,
        ],
      });
      await control.started();
      await control.select(1);
      await goOnline(world, 1);
      for (const host of [WEB.v4, `[${WEB.v6}]`])
        expect(await pageOf(1, `http://${host}/`)).toContain(PAGE);
      expect(await pageOf(1, `http://${WEB.v4}:8080/`)).toMatch(/^refused/);
      const checks = (await control.ask({ selfTest: true }, 'checks')) as { result: string }[];
      expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
      expect(checks.filter(({ result }) => result === 'passed').length).toBeGreaterThan(7);
      await control.release(1);
    }, 120_000);

    it('changes nothing where /proc/sys is read-only, as in a container, unless all is right already', async () => {
      const readOnly = [
        'sh',
        '-c',
        'mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys && exec "$@"',
        'sh',
      ];
      const control = start(world, { prefix: readOnly });
      await control.started();
      const { reason } = await control.select(1, [80], 'failed');
      expect(reason).toMatchObject({
        code: 'settings-read-only',
        text: expect.stringMatching(/EROFS.*net\.ipv6\.conf\.all\.forwarding=1/),
      });
      await control.release(1);
      const { processes: _, ...now } = await world.state();
      const { processes: __, ...then } = before;
      expect(now).toEqual(then);
      const set = (value: string) =>
        Promise.all([
          setSysctl(world.charger, 'net.ipv6.conf.all.forwarding', value),
          setSysctl(world.charger, 'net.ipv4.conf.ev0.forwarding', value),
          setSysctl(world.charger, 'net.ipv4.conf.up0.forwarding', value),
          setSysctl(world.charger, 'net.ipv6.conf.ev0.accept_ra', value === '1' ? '0' : '1'),
        ]);
      await set('1');
      try {
        await control.select(1);
        await slaacAddress(world, 1);
        expect(await pageOf(1, `http://[${WEB.v6}]/`)).toContain(PAGE);
        await control.release(1);
      } finally {
        await set('0');
      }
    }, 60_000);

    it('failure 8: selections and releases one upon the other end as the last one says', async () => {
      const control = start(world);
      await control.started();
      const request = { evse: 1, interface: 'ev0', ports: [80] };
      for (let round = 0; round < 6; round++) {
        control.say({ select: { ...request, ports: round % 2 ? [443] : [80] } });
        if (round % 3) control.say({ release: 1 });
      }
      await control.select(1, [80, 443]);
      const rules = (await world.state())['ip6tables'] ?? '';
      expect(rules.match(/-A FORWARD -i ev0/g)).toHaveLength(1);
      control.say({ release: 1 });
      control.say({ select: request });
      await control.release(1);
    }, 60_000);

    it('failure 10: the network part knows no service id', () => {
      const sources = readdirSync(inRepository('libs/vas/src')).filter((name) =>
        /^(network|make-plan|plan|firewall|daemon)/.test(name),
      );
      for (const name of sources)
        expect(readFileSync(inRepository(`libs/vas/src/${name}`), 'utf8'), name).not.toMatch(
          /SERVICE_ID|serviceId|internetService/,
        );
      // The id is said in one place, and can be another's: 65 in ISO 15118-20.
      expect({ ...internetService(DEFAULT_INTERNET_SETTINGS), id: 65 }).toMatchObject({
        id: 65,
        name: 'InternetAccess',
      });
    });

    it('keeps the charger’s own IPv6 during a session, also a route that was advertised to it', async () => {
      await world.inCharger('ip', '-6', 'route', 'del', 'default');
      const config = join(world.directory, 'uplink-radvd.conf');
      writeFileSync(
        config,
        'interface chg0 { AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4; AdvDefaultLifetime 1800; };\n',
      );
      await setSysctl(world.internet, 'net.ipv6.conf.all.forwarding', '1');
      const radvd = await background(world, 'radvd', [
        '-n',
        '-C',
        config,
        '-p',
        join(world.directory, 'uplink.pid'),
      ]);
      try {
        await eventually('the charger learns its default route', async () =>
          (await world.inCharger('ip', '-6', 'route', 'show', 'default')).includes('proto ra'),
        );
        const own = () => fetchPage(world.inCharger, `http://[${WEB.v6}]/`);
        expect(await own()).toContain(PAGE);
        const control = start(world);
        await control.started();
        await control.select(1);
        expect(await own()).toContain(PAGE);
        await slaacAddress(world, 1);
        expect(await pageOf(1, `http://[${WEB.v6}]/`)).toContain(PAGE);
        await control.release(1);
        expect(await own()).toContain(PAGE);
        await control.stop();
      } finally {
        radvd.kill('SIGTERM');
        await new Promise((resolve) => radvd.once('exit', resolve));
        await eventually(
          'the advertised route is gone',
          async () => !(await world.inCharger('ip', '-6', 'route', 'show')).includes('proto ra'),
        );
        await world.inCharger(
          'ip',
          '-6',
          'route',
          'add',
          'default',
          'via',
          'fd6b::1',
          'dev',
          'up0',
        );
      }
    }, 90_000);

    it('between all other interfaces nothing passes, as before', async () => {
      const fromLan = (url: string) =>
        fetchPage((command, ...args) => runInNamespace(world.lan, command, args), url);
      const ways = [`http://${WEB.v4}/`, `http://[${WEB.v6}]/`];
      for (const page of await Promise.all(ways.map(fromLan))) expect(page).toMatch(/^refused/);
      const control = start(world);
      await control.started();
      await control.select(1);
      for (const page of await Promise.all(ways.map(fromLan))) expect(page).toMatch(/^refused/);
      const fromInternet = (url: string) =>
        fetchPage((command, ...args) => runInNamespace(world.internet, command, args), url);
      const server = join(world.directory, 'lan.cjs');
      writeFileSync(
        server,
        "require('http').createServer((q,s)=>s.end('the lan')).listen(80,'::',()=>console.log('up'))",
      );
      const child = await background(world, process.execPath, [server], world.lan.path, 'up');
      try {
        const theirs = ['http://192.168.7.2/', 'http://[fd77::2]/'];
        for (const page of await Promise.all(theirs.map(fromInternet)))
          expect(page).toMatch(/^refused/);
      } finally {
        child.kill('SIGKILL');
      }
    }, 90_000);

    it('uses a delegated prefix without NAT', async () => {
      await runInNamespace(world.internet, 'ip', [
        '-6',
        'route',
        'add',
        '2001:db8:77::/56',
        'via',
        'fd6b::2',
        'dev',
        'chg0',
      ]);
      const control = start(world, { settings: { delegatedPrefix: '2001:db8:77::/56' } });
      await control.started();
      await control.select(2);
      const address = await slaacAddress(world, 2);
      expect(address).toMatch(/^2001:db8:77:1:/);
      expect(await pageOf(2, `http://[${WEB.v6}]/`)).toBe(`${PAGE} 80, to ${address}`);
      await runInNamespace(world.internet, 'ip', ['-6', 'route', 'del', '2001:db8:77::/56']);
    }, 60_000);

    it('an allow-list lets a car reach what it names alone; private networks where they are allowed', async () => {
      const control = start(world, {
        settings: { allow: [`${WEB.v4}/32`, BEHIND_UPLINK.v6], privateNetworks: true },
      });
      await control.started();
      await control.select(1);
      await goOnline(world, 1);
      expect(await pageOf(1, `http://${WEB.v4}/`)).toContain(PAGE);
      expect(await pageOf(1, `http://[${BEHIND_UPLINK.v6}]/`)).toContain(PAGE);
      expect(await pageOf(1, `http://[${WEB.v6}]/`)).toMatch(/^refused/);
      expect(await pageOf(1, `http://${BEHIND_UPLINK.v4}/`)).toMatch(/^refused/);
    }, 60_000);

    it('a rate limit holds, both ways within its burst', async () => {
      const control = start(world, { settings: { rate: 800 } });
      await control.started();
      await control.select(1);
      await slaacAddress(world, 1);
      const page = await fetchPage(
        (command, ...args) => world.inCar(1, command, ...args),
        `http://[${WEB.v6}]/bytes/5000000`,
        ['-o', '/dev/null', '-w', '%{size_download}'],
      );
      // curl gives up after its 2 s: 800 kbit/s are 200 kB, and the burst
      expect(page).toMatch(/^refused: .*timed out/);
      const usage = (await control.ask({ usage: 1 }, 'usage')) as { bytesDown: number };
      expect(usage.bytesDown).toBeGreaterThan(50_000);
      expect(usage.bytesDown).toBeLessThan(1_500_000);
    }, 60_000);

    it('a daemon that ends is started again; one that can’t stay takes the service down', async () => {
      const control = start(world);
      await control.started();
      await control.select(1);
      const pid = () =>
        control.ask({ daemon: 'kerbside-evse1-udhcpd' }, 'pid') as Promise<number | null>;
      const first = (await pid()) as number;
      process.kill(first, 'SIGKILL');
      let second: number | null = first;
      await eventually(
        'udhcpd runs again',
        async () => (second = await pid()) !== first && second !== null && alive(second),
      );
      await dhcpAddress(world, 1);
      const from = control.lines.length;
      for (let kills = 0; kills < 4; kills++) {
        const now = await pid();
        if (now !== null && alive(now)) process.kill(now, 'SIGKILL');
        await eventually(
          'it ended or was given up',
          async () =>
            control.lines.slice(from).some((line) => line['phase'] === 'failed') ||
            ((await pid()) ?? now) !== now,
        );
      }
      const failed = await control.line('failed', (line) => line['phase'] === 'failed', from);
      expect(failed['reason']).toMatchObject({
        code: 'broken:udhcpd',
        text: expect.stringContaining('udhcpd ended'),
      });
    }, 60_000);

    it('an EV interface that vanishes takes the service down, and it comes back with the interface; so after it was down', async () => {
      const link = await world.inCharger('ip', '-o', 'link', 'show', 'dev', 'ev0');
      const mac = /link\/ether (\S+)/.exec(link)?.[1] as string;
      const carLink = await world.inCar(1, 'ip', '-o', 'link', 'show', 'dev', 'ev0');
      const carMac = /link\/ether (\S+)/.exec(carLink)?.[1] as string;
      const control = start(world);
      await control.started();
      await control.select(1);
      const phase = (name: string, from: number) =>
        control.line(`EVSE 1 ${name}`, (line) => line['phase'] === name, from);

      let from = control.lines.length;
      await world.inCharger('ip', 'link', 'delete', 'ev0');
      const failed = await phase('failed', from);
      expect(failed['reason']).toMatchObject({ code: 'interface-lost' });
      const without = await world.state();
      expect(without['processes']?.split('\n')).toHaveLength(1);
      for (const what of ['nft', 'iptables', 'ip6tables', 'flows'])
        expect(without[what]).toBe(before[what]);

      from = control.lines.length;
      await addVethPair(
        {
          namespace: world.cars[0] as NetworkNamespace,
          name: 'ev0',
          mac: carMac,
          linkLocal: 'at-once',
        },
        { namespace: world.charger, name: 'ev0', mac, linkLocal: 'at-once' },
      );
      await phase('up', from);
      await slaacAddress(world, 1);
      expect(await pageOf(1, `http://[${WEB.v6}]/`)).toContain(PAGE);

      from = control.lines.length;
      await world.inCharger('ip', 'link', 'set', 'ev0', 'down');
      await phase('failed', from);
      await world.inCharger('ip', 'link', 'set', 'ev0', 'up');
      await phase('up', from);
      await slaacAddress(world, 1);
      expect(await pageOf(1, `http://[${WEB.v6}]/`)).toContain(PAGE);
      await control.release(1);
      await control.stop();
      await leaveCars();
      await anotherInItsPlace();
    }, 60_000);

    it('an uplink that is made again takes the service down and gives it anew; the charger has its own IPv6 at once', async () => {
      const macOf = async (namespace: NetworkNamespace, name: string) => {
        const link = await runInNamespace(namespace, 'ip', ['-o', 'link', 'show', 'dev', name]);
        return /link\/ether (\S+)/.exec(link)?.[1] as string;
      };
      const macs = {
        internet: await macOf(world.internet, 'chg0'),
        charger: await macOf(world.charger, 'up0'),
      };
      const deleteUplink = () => world.inCharger('ip', 'link', 'delete', 'up0');
      const cable = async () => {
        await addVethPair(
          {
            namespace: world.internet,
            name: 'chg0',
            mac: macs.internet,
            addresses: ['198.18.0.1/30', 'fd6b::1/64'],
            linkLocal: 'at-once',
          },
          {
            namespace: world.charger,
            name: 'up0',
            mac: macs.charger,
            addresses: ['198.18.0.2/30', 'fd6b::2/64'],
            linkLocal: 'at-once',
          },
        );
        await ipBatch(world.internet, [
          'route add 192.168.7.0/24 via 198.18.0.2',
          'route add fd77::/64 via fd6b::2 dev chg0',
        ]);
        await world.inCharger('ip', 'route', 'add', 'default', 'via', '198.18.0.1');
      };
      const settingOf = async (key: string) => (await world.inCharger('sysctl', '-n', key)).trim();
      const config = join(world.directory, 'asked-radvd.conf');
      // It answers those who ask, and says nothing unasked.
      writeFileSync(
        config,
        'interface chg0 { AdvSendAdvert on; UnicastOnly on; AdvDefaultLifetime 1800; };\n',
      );
      await setSysctl(world.internet, 'net.ipv6.conf.all.forwarding', '1');
      const control = start(world, { settings: { uplink: 'up0' } });
      await control.started();
      await control.select(1);
      await goOnline(world, 1);
      expect(await pageOf(1, `http://${WEB.v4}/`)).toContain(PAGE);
      const radvd = await background(world, 'radvd', [
        '-n',
        '-C',
        config,
        '-p',
        join(world.directory, 'asked.pid'),
      ]);
      try {
        let from = control.lines.length;
        await deleteUplink();
        await cable();
        const failed = await control.line('failed', (line) => line['phase'] === 'failed', from);
        expect(failed['reason']).toMatchObject({
          code: 'uplink-lost',
          text: expect.stringContaining('up0'),
        });
        await eventually('the charger has its own default route again', async () =>
          (await world.inCharger('ip', '-6', 'route', 'show', 'default')).includes('proto ra'),
        );
        await control.line('up', (line) => line['phase'] === 'up', from);
        expect(await fetchPage(world.inCharger, `http://[${WEB.v6}]/`)).toContain(PAGE);
        expect(await settingOf('net.ipv6.conf.up0.accept_ra')).toBe('2');
        expect(await settingOf('net.ipv4.conf.up0.forwarding')).toBe('1');
        await leaveCars();
        await goOnline(world, 1);
        for (const host of [WEB.v4, `[${WEB.v6}]`])
          expect(await pageOf(1, `http://${host}/`), host).toContain(PAGE);

        // Gone for good: the car has nothing, and nothing is left of what it had.
        from = control.lines.length;
        await deleteUplink();
        await control.line('failed', (line) => line['phase'] === 'failed', from);
        const without = await world.state();
        expect(without['processes']?.split('\n')).toHaveLength(1);
        for (const what of ['nft', 'iptables', 'ip6tables', 'flows'])
          expect(without[what]).toBe(before[what]);
        await control.release(1);
      } finally {
        await control.stop();
        radvd.kill('SIGTERM');
        await new Promise((resolve) => radvd.once('exit', resolve));
        await deleteUplink().catch(() => {});
        await cable();
      }
      await world.inCharger('ip', '-6', 'route', 'add', 'default', 'via', 'fd6b::1', 'dev', 'up0');
      await leaveCars();
      await anotherInItsPlace();
    }, 90_000);

    /** A path with our own tools before the system's. */
    const toolsBefore = (name: string, script: string): string => {
      const directory = join(world.directory, `tools-${name}`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, name), script, { mode: 0o755 });
      return directory;
    };

    it.each(['ip6tables-restore', 'iptables-restore'])(
      '%s fails at each of its calls in turn: rolled back, and it says which step and why',
      async (tool) => {
        const [calls, failing] = ['calls', 'failing'].map((name) => join(world.directory, name));
        const real = findTool(tool) as string;
        const path = toolsBefore(
          tool,
          `#!/bin/sh\necho x >> ${calls}\nif [ $(wc -l < ${calls}) = $(cat ${failing}) ]; then echo "${tool}: no buffer space" >&2; exit 4; fi\nexec ${real} "$@"\n`,
        );
        const control = start(world, { path });
        await control.started();
        const steps: unknown[] = [];
        // The guard, the filter, NAT
        for (const call of [1, 2, 3]) {
          writeFileSync(calls as string, '');
          writeFileSync(failing as string, String(call));
          const from = control.lines.length;
          const { reason } = await control.select(1, [80, 443], 'failed');
          expect(reason).toMatchObject({
            code: 'step-failed:rules',
            text: expect.stringMatching(new RegExp(`^${tool} (filter|nat), .*no buffer space`)),
          });
          const failed = control.lines.slice(from).find((line) => line['report'] === 'step-failed');
          expect(failed?.['said']).toContain('no buffer space');
          steps.push(failed?.['step']);
          const { processes, ...rest } = await world.state();
          const { processes: _, ...owners } = before;
          expect(rest).toEqual(owners);
          expect(processes?.split('\n')).toHaveLength(1);
          await control.release(1);
        }
        expect(steps).toEqual([
          `${tool} filter, 3 lines`,
          expect.stringMatching(/ filter, \d\d lines$/),
          `${tool} nat, 3 lines`,
        ]);
      },
      60_000,
    );

    it.each([
      [
        'ip',
        '#!/bin/sh\n[ "$2" = add ] || [ "$1" = address -a "$2" = add ] && { echo "RTNETLINK answers: Permission denied" >&2; exit 2; }\nexec REAL "$@"\n',
        'step-failed:address',
      ],
      [
        'radvd',
        '#!/bin/sh\necho "radvd: no link-local address" >&2\nexit 1\n',
        'step-failed:daemon',
      ],
      [
        'udhcpd',
        '#!/bin/sh\necho "udhcpd: SIOCGIFADDR failed" >&2\nexit 1\n',
        'step-failed:daemon',
      ],
    ])(
      '%s that fails is rolled back and reported',
      async (tool, script, code) => {
        const path = toolsBefore(tool, script.replace('REAL', findTool(tool) as string));
        const control = start(world, { path });
        await control.started();
        const failed = await control.select(1, [80], 'failed');
        expect(failed['reason']).toMatchObject({ code });
        await control.stop();
        await nothingIsLeft();
      },
      30_000,
    );

    it('an owner who empties the tables meanwhile does not keep it from being taken back', async () => {
      const control = start(world);
      await control.started();
      await control.select(1);
      await world.inCharger(
        'ip6tables',
        '-w',
        '-D',
        'FORWARD',
        '-i',
        'ev0',
        '-m',
        'comment',
        '--comment',
        'kerbside-evse-1',
        '-j',
        'KERBSIDE-EV1-FWD',
      );
      await world.inCharger('ip', 'address', 'del', '172.29.1.1/24', 'dev', 'ev0');
      expect((await control.release(1))['phase']).toBe('off');
    }, 30_000);

    it(`${nightly ? 200 : 10} cycles leave no rule, process, file or descriptor behind`, async () => {
      const control = start(world);
      await control.started();
      await control.select(1);
      await control.release(1);
      const descriptors = await control.ask({ descriptors: true }, 'descriptors');
      for (let cycle = 0; cycle < (nightly ? 200 : 10); cycle++) {
        await control.select(1);
        await control.release(1);
      }
      expect(await control.ask({ descriptors: true }, 'descriptors')).toBe(descriptors);
      await control.stop();
      await nothingIsLeft();
      expect(
        readdirSync(world.directory).filter((name) => /^(kerbside-|applied)/.test(name)),
      ).toEqual([]);
    }, 300_000);
  },
);

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function background(
  world: VasWorld,
  command: string,
  args: string[],
  namespace = world.internet.path,
  ready?: string,
) {
  const { spawn } = await import('node:child_process');
  const child = spawn('nsenter', [`--net=${namespace}`, '--', command, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ready !== undefined) await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

const listening = (world: VasWorld, script: string, car?: number) =>
  background(
    world,
    process.execPath,
    [script],
    car === undefined ? world.charger.path : (world.cars[car - 1]?.path as string),
    'up',
  );
