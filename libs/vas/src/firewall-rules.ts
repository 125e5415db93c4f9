import { familyOf } from './prefixes.ts';
import type { IpFamily, PlanStep } from './plan-step.ts';

/** All chains of one EVSE begin with this. */
export const chainPrefix = (evse: number): string => `KERBSIDE-EV${evse}-`;
const commentOf = (evse: number) => `-m comment --comment kerbside-evse-${evse}`;

/** What no car reaches on the uplink unless private networks are allowed. RFC 6890 and those that are no destination */
const PRIVATE: Readonly<Record<IpFamily, readonly string[]>> = {
  4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/3',
  ],
  6: ['::/128', '::1/128', '::ffff:0:0/96', '64:ff9b:1::/48', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
};

/** UDP port of SDP. ISO 15118-2 table 21 */
const SDP_PORT = 15_118;

export interface FirewallOptions {
  readonly evse: number;
  readonly family: IpFamily;
  readonly interface: string;
  readonly uplink: string;
  /** What cars send from; undefined: this family is not given to cars, and all of it is dropped. */
  readonly network: string | undefined;
  /** TCP ports. */
  readonly ports: readonly number[];
  /** Resolvers of this family. */
  readonly resolvers: readonly string[];
  /** Networks of this family that may be reached; undefined: all. */
  readonly allow: readonly string[] | undefined;
  readonly privateNetworks: boolean;
  readonly v2gPort: number | undefined;
  /** Kilobits per second, each way. */
  readonly rate: number | undefined;
}

const BYTES_PER_KILOBIT = 125;

/** Above the rate packets are dropped; a second of it may come at once, and at least a few full ones. */
function limit(rate: number | undefined, name: string): string {
  if (rate === undefined) return '';
  const bytes = Math.max(1, Math.round(rate * BYTES_PER_KILOBIT));
  const burst = Math.max(16_000, bytes);
  return `-m hashlimit --hashlimit-above ${bytes}b/s --hashlimit-burst ${burst}b --hashlimit-name ${name} -j DROP`;
}

function inputRules({ family, v2gPort }: FirewallOptions): string[] {
  if (family === 4) return ['-p udp -m udp --dport 67 -j ACCEPT', '-j DROP'];
  return [
    '-p ipv6-icmp -j ACCEPT',
    `-p udp -m udp --dport ${SDP_PORT} -j ACCEPT`,
    ...(v2gPort === undefined ? [] : [`-p tcp -m tcp --dport ${v2gPort} -j ACCEPT`]),
    '-j DROP',
  ];
}

function forwardRules(options: FirewallOptions): string[] {
  const { evse, family, uplink, network, ports, resolvers, allow } = options;
  if (network === undefined) return ['-j DROP'];
  const web = `-p tcp -m multiport --dports ${ports.join(',')} -j ACCEPT`;
  return [
    `! -o ${uplink} -j DROP`,
    `! -s ${network} -j DROP`,
    limit(options.rate, `kerbside-ev${evse}-${family}-up`),
    ...resolvers.flatMap((resolver) => [
      `-d ${resolver} -p udp -m udp --dport 53 -j ACCEPT`,
      `-d ${resolver} -p tcp -m tcp --dport 53 -j ACCEPT`,
    ]),
    ...(options.privateNetworks ? [] : PRIVATE[family].map((range) => `-d ${range} -j DROP`)),
    ...(allow === undefined ? [web] : allow.map((destination) => `-d ${destination} ${web}`)),
    '-j DROP',
  ].filter(Boolean);
}

function backRules({ evse, family, uplink, network, rate }: FirewallOptions): string[] {
  if (network === undefined) return ['-j DROP'];
  return [
    `! -i ${uplink} -j DROP`,
    limit(rate, `kerbside-ev${evse}-${family}-down`),
    '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    '-j DROP',
  ].filter(Boolean);
}

function withJumps(
  family: IpFamily,
  table: 'filter' | 'nat',
  chains: Readonly<Record<string, readonly string[]>>,
  jumps: readonly { readonly from: string; readonly match: string; readonly to: string }[],
): PlanStep {
  const names = Object.keys(chains);
  return {
    do: 'rules',
    family,
    table,
    add: [
      ...names.map((name) => `:${name} - [0:0]`),
      ...names.flatMap((name) => (chains[name] ?? []).map((rule) => `-A ${name} ${rule}`)),
      // At the head: what the machine's owner accepts for everybody does not let a car pass.
      ...jumps.map(({ from, match, to }) => `-I ${from} 1 ${match} -j ${to}`),
    ],
    remove: [
      ...jumps.map(({ from, match, to }) => `-D ${from} ${match} -j ${to}`),
      ...names.map((name) => `-F ${name}`),
      ...names.map((name) => `-X ${name}`),
    ],
  };
}

/** What may enter from the EV interface, and what may pass between it and the uplink: all else is dropped. */
export function filterRules(options: FirewallOptions): PlanStep {
  const { evse, family, interface: name } = options;
  const prefix = chainPrefix(evse);
  const comment = commentOf(evse);
  return withJumps(
    family,
    'filter',
    {
      [`${prefix}IN`]: inputRules(options),
      [`${prefix}FWD`]: forwardRules(options),
      [`${prefix}BACK`]: backRules(options),
    },
    [
      { from: 'INPUT', match: `-i ${name} ${comment}`, to: `${prefix}IN` },
      { from: 'FORWARD', match: `-o ${name} ${comment}`, to: `${prefix}BACK` },
      { from: 'FORWARD', match: `-i ${name} ${comment}`, to: `${prefix}FWD` },
    ],
  );
}

export function natRules(options: {
  readonly evse: number;
  readonly family: IpFamily;
  readonly uplink: string;
  readonly network: string;
}): PlanStep {
  const { evse, family, uplink, network } = options;
  const chain = `${chainPrefix(evse)}NAT`;
  return withJumps(family, 'nat', { [chain]: ['-j MASQUERADE'] }, [
    { from: 'POSTROUTING', match: `-s ${network} -o ${uplink} ${commentOf(evse)}`, to: chain },
  ]);
}

export const GUARD_CHAIN = 'KERBSIDE-GUARD';

/**
 * Where forwarding was off before, all that is no car's stays dropped. The chains of the EVSEs are
 * inserted above it. IPv4 forwards from `interface` alone, IPv6 from everywhere.
 */
export function guardRules(family: IpFamily, from: string | undefined): PlanStep {
  const match = `${from === undefined ? '' : `-i ${from} `}-m comment --comment kerbside-guard`;
  return {
    ...withJumps(family, 'filter', { [GUARD_CHAIN]: ['-j DROP'] }, [
      { from: 'FORWARD', match, to: GUARD_CHAIN },
    ]),
    shared: `guard ${family}`,
  } as PlanStep;
}

/** Only those of one family. */
export const ofFamily = (list: readonly string[], family: IpFamily): string[] =>
  list.filter((entry) => familyOf(entry) === family);
