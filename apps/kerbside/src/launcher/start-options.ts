import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { type Given, UsageError } from '@kerbside/host';

export const startPlans = {
  bench: { help: 'run the bench: a rig instead of hardware, a vehicle and a CSMS' },
  'no-vehicle': { help: 'bench without its vehicle' },
  'no-csms': { help: 'bench without its CSMS; with none at all every token is accepted' },
  evse: {
    value: '1=IFACE[,2=IFACE2]',
    help: 'EVSEs on interfaces of this machine, instead of namespaces and the vehicle',
  },
  uplink: {
    value: 'IFACE',
    help: 'with --evse: offer cars internet by this interface, whose rules and addresses then change',
  },
  evses: { value: 'N', help: 'bench: number of EVSEs in namespaces (default 2)' },
  csms: { value: 'URL', help: 'a CSMS elsewhere (ws://, wss://), without the station’s id' },
  id: { value: 'CPID', help: 'the station’s id (default KERBSIDE-1)' },
  data: { value: 'DIR', help: 'where all data is kept (default .kerbside)' },
  port: { value: 'PORT', help: 'port of the admin UI (default 8080, or the next free one)' },
  listen: { value: 'ADDR', help: 'address of the admin UI (default 127.0.0.1)' },
  verbose: { help: 'show the log lines of all programs' },
  help: { help: 'show this' },
} as const;

export interface EvseOnInterface {
  readonly id: number;
  /** Absent where the launcher makes the interface. */
  readonly interface?: string;
}

export interface StartOptions {
  readonly vehicle: boolean;
  readonly csms: boolean;
  readonly evses: readonly EvseOnInterface[];
  /** Whether the EVSEs are on interfaces of the caller's namespace. */
  readonly onInterfaces: boolean;
  /** On interfaces of the caller: the one by which cars get internet; absent: they get none. */
  readonly uplink?: string;
  readonly csmsUrl?: string;
  readonly id: string;
  readonly data: string;
  /** Absent: 8080 or the next free one. */
  readonly port?: number;
  readonly host: string;
  readonly verbose: boolean;
}

const BENCH_EVSES = 2;

/** Turns what was given on the command line of `start` into options, or says what is wrong with it. */
export function startOptions(given: Given<typeof startPlans>, home: string): StartOptions {
  const host = given.listen === 'localhost' ? '127.0.0.1' : (given.listen ?? '127.0.0.1');
  if (isIP(host) === 0) throw new UsageError(`--listen takes an IP address, not ${host}`);
  const csmsUrl = given.csms === undefined ? undefined : checkedUrl(given.csms);
  const id = given.id ?? 'KERBSIDE-1';
  if (!/^[\w\-=+@.]{1,48}$/.test(id)) {
    throw new UsageError('--id takes up to 48 letters, digits and - _ = + @ .');
  }
  return {
    vehicle: !given['no-vehicle'] && given.evse === undefined,
    csms: !given['no-csms'] && csmsUrl === undefined,
    evses: given.evse === undefined ? numbered(given.evses) : onInterfaces(given.evse),
    onInterfaces: given.evse !== undefined,
    ...(given.uplink === undefined ? {} : { uplink: uplinkOf(given.uplink, given.evse) }),
    ...(csmsUrl === undefined ? {} : { csmsUrl }),
    id,
    data: resolve(given.data ?? home),
    ...(given.port === undefined ? {} : { port: wholeNumber('port', given.port, 1, 65_535) }),
    host,
    verbose: given.verbose ?? false,
  };
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${option} takes a number from ${least} to ${most}, not ${text}`);
}

function numbered(count: string | undefined): EvseOnInterface[] {
  const evses = count === undefined ? BENCH_EVSES : wholeNumber('evses', count, 1, 16);
  return Array.from({ length: evses }, (_, index) => ({ id: index + 1 }));
}

function onInterfaces(text: string): EvseOnInterface[] {
  const evses = text.split(',').map((part) => {
    const match = /^([1-9]\d?)=([^\s/=,]{1,15})$/.exec(part);
    if (!match?.[2]) {
      throw new UsageError(`--evse takes 1=IFACE[,2=IFACE2], not ${text}`);
    }
    return { id: Number(match[1]), interface: match[2] };
  });
  const twice = (values: readonly unknown[]): boolean => new Set(values).size < values.length;
  if (twice(evses.map((evse) => evse.id)) || twice(evses.map((evse) => evse.interface))) {
    throw new UsageError(`--evse names an EVSE or an interface twice: ${text}`);
  }
  return evses;
}

function uplinkOf(name: string, evse: string | undefined): string {
  if (evse === undefined)
    throw new UsageError('--uplink goes with --evse: in namespaces cars have internet anyway');
  if (!/^[^\s/=,]{1,15}$/.test(name))
    throw new UsageError(`--uplink takes the name of an interface, not ${name}`);
  if (onInterfaces(evse).some((one) => one.interface === name))
    throw new UsageError(`--uplink and --evse name the same interface: ${name}`);
  return name;
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'ws:' || url?.protocol === 'wss:') return text.replace(/\/+$/, '');
  throw new UsageError(`--csms takes an address such as ws://csms.example/ocpp, not ${text}`);
}
