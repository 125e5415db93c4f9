import { endianness } from 'node:os';
import type { Logger } from '@kerbside/kernel';
import { libc, systemError } from '../frame-link/libc.ts';
import { namesIn, textOf } from './this-machine.ts';

const AF_INET6 = 10;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const IPPROTO_IPV6 = 41;
const IPPROTO_ICMPV6 = 58;
const IPV6_MULTICAST_HOPS = 18;
const ROUTER_SOLICITATION = 133;
const little = endianness() === 'LE';

/** The kernel's number of an interface; 0: there is none; undefined: the C library can't be asked. */
export function interfaceIndex(name: string): number | undefined {
  try {
    return libc().if_nametoindex(name);
  } catch {
    return undefined;
  }
}

/** MAX_RTR_SOLICITATIONS and RTR_SOLICITATION_INTERVAL. RFC 4861 10 */
const SOLICITATIONS = 3;
const INTERVAL_MS = 4000;

/**
 * Asks for router advertisements at once wherever they were passed over while the machine forwarded, and again
 * while nothing is learned: the kernel does not when it becomes a host again. RFC 4861 6.3.7. What can't be sent
 * is told to the log.
 */
export function solicitRouters(log: Pick<Logger, 'info'>): void {
  for (const name of namesIn('/proc/sys/net/ipv6/conf')) {
    if (['all', 'default', 'lo'].includes(name)) continue;
    const is = (setting: string) => textOf(`/proc/sys/net/ipv6/conf/${name}/${setting}`);
    if (is('accept_ra') === '1' && is('forwarding') === '0' && is('disable_ipv6') === '0')
      ask(name, SOLICITATIONS, log);
  }
}

function ask(name: string, times: number, log: Pick<Logger, 'info'>): void {
  if (learnedDefault(textOf('/proc/self/net/ipv6_route') ?? '', name)) return;
  try {
    solicit(name);
  } catch (error) {
    // One that is down is asked for by the kernel when it comes up.
    return log.info('network.router-solicitation', { name, error: String(error) });
  }
  if (times > 1) setTimeout(() => ask(name, times - 1, log), INTERVAL_MS).unref();
}

const RTF_ADDRCONF = 0x40000;

/** Whether a router advertised a default route; of /proc/net/ipv6_route: destination, its length, ..., flags, interface. */
export const learnedDefault = (routes: string, name: string): boolean =>
  routes.split('\n').some((line) => {
    const words = line.trim().split(/\s+/);
    const [flags = '', on] = words.slice(8);
    return (
      on === name &&
      /^0+$/.test(words[0] ?? '') &&
      words[1] === '00' &&
      (Number.parseInt(flags, 16) & RTF_ADDRCONF) !== 0
    );
  });

/** One Router Solicitation to all routers of a link, its checksum by the kernel. RFC 4861 4.1, RFC 3542 3.1 */
function solicit(name: string): void {
  const c = libc();
  const fd = c.socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMPV6);
  if (fd < 0) throw systemError('open an ICMPv6 socket', name);
  try {
    const hops = new Uint8Array(new Int32Array([255]).buffer);
    if (c.setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, hops, hops.length) < 0)
      throw systemError('set the hop limit', name);
    const address = allRouters(c.if_nametoindex(name));
    if (c.connect(fd, address, address.length) < 0) throw systemError('find a way', name);
    const message = Uint8Array.of(ROUTER_SOLICITATION, 0, 0, 0, 0, 0, 0, 0);
    if (Number(c.send(fd, message, message.length, 0)) < 0) throw systemError('send', name);
  } finally {
    c.close(fd);
  }
}

/** struct sockaddr_in6 of ff02::2: family, port, flow, address, interface. */
function allRouters(index: number): Uint8Array {
  const address = new Uint8Array(28);
  const view = new DataView(address.buffer);
  view.setUint16(0, AF_INET6, little);
  address.set([0xff, 0x02], 8);
  address[23] = 2;
  view.setUint32(24, index, little);
  return address;
}
