import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  addVethPair,
  type DhcpLease,
  inNamespace,
  ipBatch,
  type NetworkNamespace,
  requestLease,
  runInNamespace,
  runTool,
  waitForLinkLocal,
} from '@kerbside/host';
import type { InternetSettings } from '@kerbside/vas';
import type { Cleanup } from './cleanup.ts';
import { inOpened, opened } from './opened.ts';
import { inRepository } from './repository.ts';
import { eventually } from './running.ts';

/** Addresses of the small internet. */
export const WEB = { v4: '203.0.113.80', v6: '2001:db8::80' } as const;
export const RESOLVERS = { v4: '203.0.113.53', v6: '2001:db8::53' } as const;
export const BEHIND_UPLINK = { v4: '10.99.99.99', v6: 'fd99::99' } as const;

export interface VasWorld {
  readonly charger: NetworkNamespace;
  /** Car N hangs on interface `evN-1` of the charger; its own end has the same name. */
  readonly cars: readonly NetworkNamespace[];
  readonly internet: NetworkNamespace;
  /** Another network of the charger: its owner's. */
  readonly lan: NetworkNamespace;
  readonly directory: string;
  /** Everything of the charger's namespace that the service could change, counters masked. */
  state(): Promise<Record<string, string>>;
  inCharger(command: string, ...args: string[]): Promise<string>;
  inCar(car: number, command: string, ...args: string[]): Promise<string>;
}

/** A charger with two EV interfaces, an uplink to a small internet, and its owner's network beside. */
export async function vasWorld(clean: Cleanup, cars = 2): Promise<VasWorld> {
  const charger = await clean.namespace('chg');
  const internet = await clean.namespace('int');
  const lan = await clean.namespace('lan');
  const vehicles: NetworkNamespace[] = [];
  for (let car = 0; car < cars; car++) {
    const namespace = await clean.namespace(`car${car + 1}`);
    vehicles.push(namespace);
    const name = `ev${car}`;
    await addVethPair(
      { namespace, name, linkLocal: 'at-once' },
      { namespace: charger, name, linkLocal: 'at-once' },
    );
  }
  await addVethPair(
    {
      namespace: internet,
      name: 'chg0',
      addresses: ['198.18.0.1/30', 'fd6b::1/64'],
      linkLocal: 'at-once',
    },
    {
      namespace: charger,
      name: 'up0',
      addresses: ['198.18.0.2/30', 'fd6b::2/64'],
      linkLocal: 'at-once',
    },
  );
  await addVethPair(
    {
      namespace: lan,
      name: 'lan0',
      addresses: ['192.168.7.2/24', 'fd77::2/64'],
      linkLocal: 'at-once',
    },
    {
      namespace: charger,
      name: 'lan0',
      addresses: ['192.168.7.1/24', 'fd77::1/64'],
      linkLocal: 'at-once',
    },
  );
  await ipBatch(charger, [
    'route add default via 198.18.0.1',
    'route add default via fd6b::1 dev up0',
  ]);
  await ipBatch(lan, [
    'route add default via 192.168.7.1',
    'route add default via fd77::1 dev lan0',
  ]);
  await ipBatch(internet, [
    ...[WEB, RESOLVERS, BEHIND_UPLINK].flatMap(({ v4, v6 }) => [
      `address add ${v4}/32 dev lo`,
      `address add ${v6}/128 dev lo nodad`,
    ]),
    // The internet knows the way to the owner's network: what does not pass is the charger's doing.
    'route add 192.168.7.0/24 via 198.18.0.2',
    'route add fd77::/64 via fd6b::2 dev chg0',
  ]);
  // the kernel gives them a moment after the links are up: what is compared must not come late
  for (const name of [...vehicles.map((_, car) => `ev${car}`), 'up0', 'lan0'])
    await waitForLinkLocal(name, { namespace: charger });
  for (const [car, namespace] of vehicles.entries())
    await waitForLinkLocal(`ev${car}`, { namespace });
  await waitForLinkLocal('chg0', { namespace: internet });
  await waitForLinkLocal('lan0', { namespace: lan });
  const small = spawn(
    ...inNamespace(internet, process.execPath, [
      inRepository('apps/kerbside/dist/internet/main.js'),
    ]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  clean.add(() => small.kill('SIGKILL'));
  await new Promise((resolve) => small.stdout?.once('data', resolve));
  const directory = mkdtempSync(join(tmpdir(), 'kbt-vas-'));
  clean.add(() => rmSync(directory, { recursive: true, force: true }));

  const inCharger = (command: string, ...args: string[]) => runInNamespace(charger, command, args);
  const inCar = (car: number, command: string, ...args: string[]) =>
    runInNamespace(vehicles[car - 1] as NetworkNamespace, command, args);
  return {
    charger,
    cars: vehicles,
    internet,
    lan,
    directory,
    inCharger,
    inCar,
    state: () => networkState(charger),
  };
}

/** Everything of a namespace that the service could change, counters masked. */
export async function networkState(namespace: NetworkNamespace): Promise<Record<string, string>> {
  const inside = (command: string, ...args: string[]) => runInNamespace(namespace, command, args);
  const of = async (command: string, ...args: string[]) => masked(await inside(command, ...args));
  return {
    nft: await of('nft', 'list', 'ruleset'),
    iptables: await of('iptables-save'),
    ip6tables: await of('ip6tables-save'),
    addresses: await of('ip', '-o', 'address', 'show'),
    routes4: await of('ip', '-4', 'route', 'show', 'table', 'all'),
    routes6: await of('ip', '-6', 'route', 'show', 'table', 'all'),
    sysctls: await of('sysctl', '-a', '--pattern', String.raw`^net\.ipv[46]\.`),
    processes: (await runTool('ip', ['netns', 'pids', namespace.name])).trim(),
    // The charger's own connections come and go; those of cars are to be gone.
    flows: (
      await Promise.all(['ipv4', 'ipv6'].map((family) => of('conntrack', '-L', '-f', family)))
    )
      .join('\n')
      .split('\n')
      .filter((line) => /src=(172\.29\.|fd(?!6b:|77:)[\da-f]{2}:|2001:db8:77:)/.test(line))
      .join('\n'),
  };
}

/** Counters, comments and lifetimes change by themselves. */
const masked = (text: string): string =>
  text
    .split('\n')
    .filter(
      (line) => !line.startsWith('#') && !/stable_secret|nf_conntrack_count|temp|mcast/.test(line),
    )
    .map((line) =>
      line
        .replace(/\[\d+:\d+\]/, '[0:0]')
        .replace(/counter packets \d+ bytes \d+/, 'counter')
        .replace(/(valid_lft|preferred_lft|expires) \w+/g, '$1'),
    )
    .join('\n');

type Line = Record<string, unknown>;

/** The network part of the service by itself, in the charger's namespace. */
export class VasControl {
  readonly lines: Line[] = [];
  readonly child: ChildProcess;

  constructor(
    world: VasWorld,
    options: {
      settings?: Partial<InternetSettings>;
      path?: string;
      directory?: string;
      /** Runs before node as an ordinary user, such as setpriv with its arguments. */
      prefix?: readonly string[];
    } = {},
  ) {
    const settings = { resolvers: Object.values(RESOLVERS), ...options.settings };
    const { prefix } = options;
    const open = prefix ? opened : (file: string) => file;
    const [command = '', ...args] = [
      ...(prefix ? [...inOpened, ...prefix] : []),
      open(process.execPath),
      open(inRepository('e2e/support/vas-control.mjs')),
      options.directory ?? world.directory,
      JSON.stringify(settings),
      ...(options.path === undefined ? [] : [options.path]),
    ];
    this.child = spawn(...inNamespace(world.charger, command, args), {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: this.child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      this.lines.push(JSON.parse(line) as Line),
    );
  }

  say(order: object): void {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /** The first line from `from` on that has it. */
  async line(what: string, has: (line: Line) => boolean, from = 0, limit = 15_000): Promise<Line> {
    let found: Line | undefined;
    await eventually(
      `${what}; it said ${JSON.stringify(this.lines.slice(from)).slice(0, 600)}`,
      async () => (found = this.lines.slice(from).find(has)) !== undefined,
      limit,
    );
    return found as Line;
  }

  started = () => this.line('it starts', (line) => 'recovered' in line);

  async phase(evse: number, order: object, phase: string): Promise<Line> {
    const from = this.lines.length;
    this.say(order);
    return this.line(
      `EVSE ${evse} ${phase}`,
      (line) => line['evse'] === evse && line['phase'] === phase,
      from,
    );
  }

  select = (evse: number, ports = [80, 443], phase = 'up') =>
    this.phase(
      evse,
      { select: { evse, interface: `ev${evse - 1}`, ports, v2gPort: 50_000 } },
      phase,
    );

  release = (evse: number, phase = 'off') => this.phase(evse, { release: evse }, phase);

  async ask(order: object, key: string, limit = 60_000): Promise<unknown> {
    const from = this.lines.length;
    this.say(order);
    return (await this.line(key, (line) => key in line, from, limit))[key];
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.stdin?.end();
    await ended;
  }

  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** The car's address by SLAAC, from the kernel itself. */
export async function slaacAddress(
  world: VasWorld,
  car: number,
  name = `ev${car - 1}`,
): Promise<string> {
  let found = '';
  await eventually(`car ${car} has an address by SLAAC`, async () => {
    const shown = await world.inCar(
      car,
      'ip',
      '-6',
      '-o',
      'address',
      'show',
      'dev',
      name,
      'scope',
      'global',
      '-tentative',
    );
    found = /inet6 (\S+)\//.exec(shown)?.[1] ?? '';
    return found !== '';
  });
  return found;
}

/** The car's address by DHCP, with an ordinary client. */
export async function dhcpAddress(
  world: VasWorld,
  car: number,
  name = `ev${car - 1}`,
): Promise<DhcpLease> {
  const lease = await requestLease(name, (command, args) => world.inCar(car, command, ...args));
  await world.inCar(car, 'ip', 'address', 'add', `${lease.address}/${lease.length}`, 'dev', name);
  if (lease.router)
    await world.inCar(car, 'ip', 'route', 'add', 'default', 'via', lease.router, 'dev', name);
  return lease;
}

/** Both families; the car can go on the internet afterwards. */
export async function goOnline(
  world: VasWorld,
  car: number,
): Promise<{ v6: string; v4: DhcpLease }> {
  const [v6, v4] = await Promise.all([slaacAddress(world, car), dhcpAddress(world, car)]);
  return { v6, v4 };
}

/** The page, or `refused: ` with curl's words. */
export async function fetchPage(
  run: (command: string, ...args: string[]) => Promise<string>,
  url: string,
  more: readonly string[] = [],
): Promise<string> {
  try {
    return (await run('curl', '-sS', '-k', '-g', '-m', '2', ...more, url)).trim();
  } catch (error) {
    return `refused: ${(error instanceof Error ? error.message : String(error)).split('\n').at(-1)}`;
  }
}

/** As a program resolves it: by the car's own resolvers. */
export async function fetchByName(
  directory: string,
  inCar: (command: string, ...args: string[]) => Promise<string>,
  url: string,
  resolver: string,
  more: readonly string[],
): Promise<string> {
  const file = join(directory, `resolv-${resolver.replace(/\W/g, '_')}.conf`);
  writeFileSync(file, `nameserver ${resolver}\noptions timeout:2 attempts:2\n`);
  const script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  const run = (command: string, ...args: string[]) =>
    inCar('unshare', '--mount', 'sh', '-c', script, file, command, ...args);
  return fetchPage(run, url, more);
}

/** The owner's own rules, of every kind that we could disturb. */
export async function ownersRules(charger: NetworkNamespace): Promise<void> {
  const rules = [
    [
      '-A',
      'INPUT',
      '-p',
      'tcp',
      '--dport',
      '23',
      '-j',
      'DROP',
      '-m',
      'comment',
      '--comment',
      'no telnet, please',
    ],
    ['-N', 'OWNER'],
    ['-A', 'OWNER', '-p', 'udp', '-j', 'RETURN'],
    ['-I', 'FORWARD', '-i', 'lan0', '-j', 'OWNER'],
    ['-t', 'nat', '-A', 'POSTROUTING', '-o', 'lan0', '-j', 'MASQUERADE'],
    ['-t', 'mangle', '-A', 'PREROUTING', '-i', 'lan0', '-j', 'MARK', '--set-mark', '7'],
  ];
  for (const tool of ['iptables', 'ip6tables'])
    for (const rule of rules) await runInNamespace(charger, tool, ['-w', ...rule]);
}
