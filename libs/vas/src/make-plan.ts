import { radvdStep, udhcpdStep } from './daemon-config.ts';
import { filterRules, guardRules, natRules, ofFamily } from './firewall-rules.ts';
import type { NetworkFacts, VasTools } from './network-facts.ts';
import type { IpFamily, PlanStep } from './plan-step.ts';
import { familyOf, overlap4, subnet64 } from './prefixes.ts';
import type { InternetSettings } from './settings.ts';

/** Something that the plan leaves out, or can't. */
export interface PlanNote {
  /** Stable key, translated by the UI. */
  readonly code: string;
  readonly text: string;
}

/** All that is changed on the machine for one car, in the order in which it is done. */
export interface NetworkPlan {
  readonly evse: number;
  readonly interface: string;
  readonly uplink: string;
  /** The kernel's numbers of these two: another one is another interface, whatever its name. */
  readonly indexes: Readonly<Record<string, number>>;
  /** TCP ports that the car may reach. */
  readonly ports: readonly number[];
  readonly ipv6: { readonly address: string; readonly prefix: string; readonly nat: boolean };
  readonly ipv4: { readonly address: string; readonly network: string } | undefined;
  readonly resolvers: readonly string[];
  readonly notes: readonly PlanNote[];
  readonly steps: readonly PlanStep[];
}

export type PlanResult =
  | { readonly ok: true; readonly plan: NetworkPlan }
  | { readonly ok: false; readonly problem: PlanNote };

export interface PlanRequest {
  readonly evse: number;
  /** The EV interface. */
  readonly interface: string;
  /** TCP ports of the selected parameter sets. */
  readonly ports: readonly number[];
  /** TCP port of the running V2G session. */
  readonly v2gPort?: number;
}

/** Forwarding of all interfaces; writing it writes that of each. */
export const ALL_IPV6_FORWARDING = 'net.ipv6.conf.all.forwarding';

export const INTERFACE_NAME = /^[A-Za-z0-9_.-]{1,15}$/;
/** Without these nothing is offered. */
const NEEDED = ['ip', 'ip6tables-restore', 'ip6tables-save', 'radvd'] as const;
const NEEDED_FOR_IPV4 = ['iptables-restore', 'iptables-save', 'udhcpd'] as const;

/** Corners of the private ranges that people seldom use; the third byte is the EVSE. */
const POOLS = ['172.29', '10.213', '192.168', '10.86'];

export const missingTools = (tools: VasTools): string[] => NEEDED.filter((name) => !tools[name]);
export const missingForIpv4 = (tools: VasTools): string[] =>
  NEEDED_FOR_IPV4.filter((name) => !tools[name]);

/** Why the service can't be given at all, or undefined where it can. */
export function problemOf(
  settings: InternetSettings,
  facts: NetworkFacts,
  name: string,
): PlanNote | undefined {
  const missing = missingTools(facts.tools);
  if (missing.length > 0)
    return { code: 'tools-missing', text: `not installed: ${missing.join(', ')}` };
  if (!INTERFACE_NAME.test(name))
    return { code: 'interface-name', text: `${name} is no name of an interface` };
  if (!facts.interfaces.some((one) => one.name === name))
    return { code: 'interface-missing', text: `there is no interface ${name}` };
  const uplink = uplinkOf(settings, facts);
  if (uplink === undefined)
    return { code: 'no-uplink', text: 'no default route leads to the internet' };
  if (uplink === name)
    return { code: 'uplink-is-ev', text: `${name} can’t be both the EV interface and the uplink` };
  const found = facts.interfaces.find((one) => one.name === uplink);
  if (!INTERFACE_NAME.test(uplink) || !found)
    return { code: 'uplink-missing', text: `there is no interface ${uplink}` };
  if (!found.up) return { code: 'uplink-down', text: `${uplink} is down` };
  return unwritable(settings, facts, { name, uplink });
}

/** Settings that a plan would change and can't: found before a car is offered anything. */
function unwritable(
  settings: InternetSettings,
  facts: NetworkFacts,
  { name, uplink }: { readonly name: string; readonly uplink: string },
): PlanNote | undefined {
  if (facts.unwritable === undefined) return undefined;
  const ipv4 = settings.ipv4 && missingForIpv4(facts.tools).length === 0;
  const parts = { facts, request: { interface: name }, uplink, ipv4 };
  const changed = [...carIsNoRouter(parts), ...acceptRa(parts), ...forwarding(parts)]
    .filter((step) => step.value !== step.prior)
    .map(({ key, value }) => `${key}=${value}`);
  if (changed.length === 0) return undefined;
  const text =
    `/proc/sys/net can’t be written (${facts.unwritable}), and ${changed.join(', ')} is needed: make it writable ` +
    '(Docker: security_opt systempaths=unconfined; Podman: unmask=ALL; systemd: no ProtectKernelTunables; ' +
    'CAP_NET_ADMIN), or set this beforehand';
  return { code: 'settings-read-only', text };
}

export function uplinkOf(settings: InternetSettings, facts: NetworkFacts): string | undefined {
  if (settings.uplink !== undefined) return settings.uplink;
  const [one, other] = [6, 4].map((family) =>
    facts.defaultRoutes.find((route) => route.family === family),
  );
  return one?.interface ?? other?.interface;
}

/** Computes what has to be done for a car, from the settings and the machine as it is. */
export function makePlan(
  settings: InternetSettings,
  facts: NetworkFacts,
  request: PlanRequest,
): PlanResult {
  const problem = problemOf(settings, facts, request.interface);
  if (problem) return { ok: false, problem };
  if (request.ports.length === 0)
    return { ok: false, problem: { code: 'no-ports', text: 'no protocol was selected' } };
  const uplink = uplinkOf(settings, facts) as string;
  const notes: PlanNote[] = [];
  const ipv6 = ipv6Of(settings, request.evse);
  if (!ipv6)
    return {
      ok: false,
      problem: {
        code: 'no-prefix',
        text: `${settings.delegatedPrefix ?? settings.ula} has no /64 for EVSE ${request.evse}`,
      },
    };
  const ipv4 = ipv4Of(settings, facts, request, notes);
  const resolvers = settings.resolvers.length > 0 ? settings.resolvers : facts.resolvers;
  for (const family of ipv4 ? ([6, 4] as const) : ([6] as const)) {
    if (!facts.defaultRoutes.some((one) => one.family === family && one.interface === uplink))
      notes.push({
        code: `no-route-${family}`,
        text: `${uplink} has no IPv${family} default route: cars get addresses that lead nowhere`,
      });
    if (ofFamily(resolvers, family).length === 0)
      notes.push({
        code: `no-resolver-${family}`,
        text: `no resolver has an IPv${family} address: names do not resolve over IPv${family}`,
      });
  }
  if (!facts.tools.conntrack)
    notes.push({
      code: 'no-conntrack',
      text: 'conntrack is not installed: connections stay known',
    });
  if (facts.tables === undefined)
    notes.push({ code: 'no-nft', text: 'nft is not installed: empty tables stay behind' });
  const steps = stepsOf({ settings, facts, request, uplink, ipv6, ipv4, resolvers });
  const plan = {
    evse: request.evse,
    interface: request.interface,
    uplink,
    indexes: Object.fromEntries(
      facts.interfaces
        .filter(({ name }) => name === request.interface || name === uplink)
        .map(({ name, index }) => [name, index]),
    ),
    ports: request.ports,
    ipv6,
    ipv4,
    resolvers,
    notes,
    steps,
  };
  return { ok: true, plan };
}

function ipv6Of(settings: InternetSettings, evse: number): NetworkPlan['ipv6'] | undefined {
  const { delegatedPrefix, ula } = settings;
  const nat = delegatedPrefix === undefined;
  // The first /64 of a delegated prefix is EVSE 1's; of our own there are plenty.
  const network = nat ? subnet64(ula, evse) : subnet64(delegatedPrefix, evse - 1);
  return network === undefined
    ? undefined
    : { address: `${network}1/64`, prefix: `${network}/64`, nat };
}

function ipv4Of(
  settings: InternetSettings,
  facts: NetworkFacts,
  { evse }: PlanRequest,
  notes: PlanNote[],
): NetworkPlan['ipv4'] {
  if (!settings.ipv4) return undefined;
  const missing = missingForIpv4(facts.tools);
  if (missing.length > 0) {
    notes.push({
      code: 'ipv4-tools-missing',
      text: `no IPv4: not installed: ${missing.join(', ')}`,
    });
    return undefined;
  }
  const taken = [
    ...facts.routes4,
    ...facts.interfaces.flatMap(({ addresses }) => ofFamily(addresses, 4)),
    ...ofFamily(settings.resolvers, 4),
  ];
  const free = POOLS.map((pool) => `${pool}.${evse}`).find(
    (base) => !taken.some((other) => overlap4(`${base}.0/24`, other)),
  );
  if (free === undefined) {
    notes.push({ code: 'no-free-network', text: 'no IPv4: every network that we use is taken' });
    return undefined;
  }
  return { address: `${free}.1/24`, network: `${free}.0/24` };
}

interface Parts {
  readonly settings: InternetSettings;
  readonly facts: NetworkFacts;
  readonly request: PlanRequest;
  readonly uplink: string;
  readonly ipv6: NetworkPlan['ipv6'];
  readonly ipv4: NetworkPlan['ipv4'];
  readonly resolvers: readonly string[];
}

/**
 * The filter comes first: nothing is ever open. Forwarding comes before the addresses: Linux that turns it
 * on while a new address is being checked joins the subnet-router anycast group twice, and leaves it once.
 */
function stepsOf(parts: Parts): PlanStep[] {
  const { facts, request, ipv6, ipv4 } = parts;
  const { evse, interface: name } = request;
  const hasIptables = facts.tools['iptables-restore'] && facts.tools['iptables-save'];
  return [
    ...carIsNoRouter(parts),
    ...acceptRa(parts),
    ...(facts.tables
      ? [{ do: 'tables', shared: 'tables', present: facts.tables } satisfies PlanStep]
      : []),
    ...guards(parts),
    ...(facts.tools.conntrack
      ? [
          {
            do: 'flows',
            networks: [ipv6.prefix, ...(ipv4 ? [ipv4.network] : [])],
          } satisfies PlanStep,
        ]
      : []),
    firewall(parts, 6),
    // Where cars get no IPv4 the chain drops it all: a car may give itself an address.
    ...(hasIptables ? [firewall(parts, 4)] : []),
    ...(ipv6.nat
      ? [natRules({ evse, family: 6, uplink: parts.uplink, network: ipv6.prefix })]
      : []),
    ...(ipv4 ? [natRules({ evse, family: 4, uplink: parts.uplink, network: ipv4.network })] : []),
    ...forwarding(parts),
    { do: 'address', interface: name, address: ipv6.address },
    ...(ipv4 ? [{ do: 'address', interface: name, address: ipv4.address } satisfies PlanStep] : []),
    ...daemons(parts),
  ];
}

type Setting = Extract<PlanStep, { do: 'sysctl' }>;
/** What decides which settings are changed. */
interface SettingParts {
  readonly facts: NetworkFacts;
  readonly request: Pick<PlanRequest, 'interface'>;
  readonly uplink: string;
  /** Whether cars get IPv4: anything but undefined and false. */
  readonly ipv4: NetworkPlan['ipv4'] | boolean;
}

function sysctl(facts: NetworkFacts, key: string, value: string): Setting[] {
  const prior = facts.sysctls[key];
  if (prior === undefined) return [];
  return [{ do: 'sysctl', shared: `sysctl ${key}`, key, value, prior }];
}

const ipv6Forwards = (facts: NetworkFacts) => facts.sysctls[ALL_IPV6_FORWARDING] !== '0';

/** The charger takes no addresses and routes from a car. RFC 4861 6.3.4 */
function carIsNoRouter({ facts, request }: SettingParts): Setting[] {
  const key = `net.ipv6.conf.${request.interface}.accept_ra`;
  return facts.sysctls[key] === '0' ? [] : sysctl(facts, key, '0');
}

/** A router takes no advertisements and drops what it learned from them, unless told 2. */
function acceptRa({ facts, request, uplink }: SettingParts): Setting[] {
  if (ipv6Forwards(facts)) return [];
  const learned = facts.defaultRoutes.filter(
    ({ family, advertised }) => family === 6 && advertised,
  );
  const names = new Set([uplink, ...learned.map((route) => route.interface)]);
  names.delete(request.interface);
  return [...names]
    .filter((name) => facts.sysctls[`net.ipv6.conf.${name}.accept_ra`] === '1')
    .flatMap((name) => sysctl(facts, `net.ipv6.conf.${name}.accept_ra`, '2'));
}

function guards({ facts, uplink, ipv4 }: Parts): PlanStep[] {
  const closed4 = facts.sysctls[`net.ipv4.conf.${uplink}.forwarding`] === '0';
  return [
    ...(ipv6Forwards(facts) ? [] : [guardRules(6, undefined)]),
    ...(ipv4 && closed4 ? [guardRules(4, uplink)] : []),
  ];
}

function forwarding({ facts, request, uplink, ipv4 }: SettingParts): Setting[] {
  const steps: Setting[] = [];
  if (!ipv6Forwards(facts)) {
    // Writing `all` overwrites those that forward by themselves: they are put back after it is undone.
    const single = Object.keys(facts.sysctls).filter(
      (key) =>
        /^net\.ipv6\.conf\..+\.forwarding$/.test(key) &&
        key !== ALL_IPV6_FORWARDING &&
        facts.sysctls[key] !== '0',
    );
    for (const key of single) steps.push(...sysctl(facts, key, '1'));
    steps.push(...sysctl(facts, ALL_IPV6_FORWARDING, '1'));
  }
  if (ipv4)
    for (const name of [request.interface, uplink])
      if (facts.sysctls[`net.ipv4.conf.${name}.forwarding`] === '0')
        steps.push(...sysctl(facts, `net.ipv4.conf.${name}.forwarding`, '1'));
  return steps;
}

function firewall(parts: Parts, family: IpFamily): PlanStep {
  const { settings, facts, request, uplink, ipv6, ipv4, resolvers } = parts;
  const destinations = settings.allow.flatMap((entry) =>
    familyOf(entry) === undefined ? (facts.resolved[entry] ?? []) : [entry],
  );
  return filterRules({
    evse: request.evse,
    family,
    interface: request.interface,
    uplink,
    network: family === 6 ? ipv6.prefix : ipv4?.network,
    ports: request.ports,
    resolvers: ofFamily(resolvers, family),
    allow: settings.allow.length === 0 ? undefined : ofFamily(destinations, family),
    privateNetworks: settings.privateNetworks,
    v2gPort: request.v2gPort,
    rate: settings.rate,
  });
}

function daemons({ request, ipv6, ipv4, resolvers }: Parts): PlanStep[] {
  const { evse, interface: name } = request;
  const steps = [
    radvdStep({
      evse,
      interface: name,
      prefix: ipv6.prefix,
      resolvers: ofFamily(resolvers, 6),
    }),
  ];
  if (!ipv4) return steps;
  const base = ipv4.network.replace(/0\/24$/, '');
  return [
    ...steps,
    udhcpdStep({
      evse,
      interface: name,
      start: `${base}10`,
      end: `${base}14`,
      router: `${base}1`,
      mask: '255.255.255.0',
      resolvers: ofFamily(resolvers, 4),
    }),
  ];
}
