import { endianness } from 'node:os';
import { libc, systemError } from './libc.ts';
import { packetFilter } from './packet-filter.ts';

const AF_PACKET = 17;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const ETHERTYPE = 0x88e1;
const SIOCGIFFLAGS = 0x8913;
const SIOCGIFHWADDR = 0x8927;
const SOL_PACKET = 263;
const PACKET_ADD_MEMBERSHIP = 1;
const PACKET_STATISTICS = 6;
const PACKET_MR_PROMISC = 1;
const IFF_UP = 1;
const little = endianness() === 'LE';

export interface PacketSocket {
  readonly fd: number;
  readonly index: number;
  /** The interface's address, six bytes. */
  readonly mac: Uint8Array;
}

export interface PacketSocketOptions {
  readonly iface: string;
  /** Also frames for other hosts. */
  readonly hearAll: boolean;
  /** Makes the interface hear frames for other hosts, for as long as the socket is open. */
  readonly promiscuous: boolean;
}

/** Opens a non-blocking packet socket for EtherType 0x88E1 on one interface; throws `PortError`. */
export function openPacketSocket(options: PacketSocketOptions): PacketSocket {
  const { iface, hearAll, promiscuous } = options;
  const c = libc();
  // Protocol 0: nothing is received before the socket is bound to the interface.
  const fd = c.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) throw systemError('open a packet socket', iface);
  try {
    const index = c.if_nametoindex(iface);
    if (index === 0) throw systemError('find the interface', iface);
    const mac = addressOf(fd, iface);
    if (!mac) throw systemError('read the address', iface);
    // Before it is bound, so that not one frame gets past the filter.
    const filter = packetFilter({ etherType: ETHERTYPE, mac, hearAll });
    if (c.attachFilter(fd, filter) < 0) throw systemError('attach the filter', iface);
    const address = socketAddress(index);
    if (c.bind(fd, address, address.length) < 0) throw systemError('bind', iface);
    if (promiscuous) joinPromiscuous(fd, index, iface);
    return { fd, index, mac };
  } catch (error) {
    c.close(fd);
    throw error;
  }
}

/** struct sockaddr_ll: family, protocol (network order), interface index; the rest is for answers. */
function socketAddress(index: number): Uint8Array {
  const address = new Uint8Array(20);
  const view = new DataView(address.buffer);
  view.setUint16(0, AF_PACKET, little);
  view.setUint16(2, ETHERTYPE, false);
  view.setInt32(4, index, little);
  return address;
}

function joinPromiscuous(fd: number, index: number, iface: string): void {
  const membership = new Uint8Array(16);
  const view = new DataView(membership.buffer);
  view.setInt32(0, index, little);
  view.setUint16(4, PACKET_MR_PROMISC, little);
  if (libc().setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership, 16) < 0)
    throw systemError('make promiscuous', iface);
}

/** Frames that passed the filter since the last call, and how many of them the kernel had no room for. */
export function packetCounts(fd: number): { readonly passed: number; readonly dropped: number } {
  const counts = new Uint8Array(8);
  if (libc().getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, counts, [8]) < 0)
    return { passed: 0, dropped: 0 };
  const view = new DataView(counts.buffer);
  return { passed: view.getUint32(0, little), dropped: view.getUint32(4, little) };
}

/** The interface's address now, six bytes; undefined when there is none. */
export function addressOf(fd: number, iface: string): Uint8Array | undefined {
  const request = named(iface);
  if (libc().ioctl(fd, SIOCGIFHWADDR, request) < 0) return undefined;
  return request.slice(18, 24);
}

/** struct ifreq. */
function named(iface: string): Uint8Array {
  const request = new Uint8Array(40);
  request.set(new TextEncoder().encode(iface).subarray(0, 15));
  return request;
}

/** The index that the name has now; 0 when there is no such interface. */
export const indexOf = (iface: string): number => libc().if_nametoindex(iface);

/** Whether the interface is set up; carrier is not asked for. */
export function isUp(fd: number, iface: string): boolean {
  const request = named(iface);
  if (libc().ioctl(fd, SIOCGIFFLAGS, request) < 0) return false;
  return (new DataView(request.buffer).getUint16(16, little) & IFF_UP) !== 0;
}
