import { endianness } from 'node:os';
import { libc, systemError } from './libc.ts';

const AF_PACKET = 17;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const ETHERTYPE = 0x88e1;
const SIOCGIFFLAGS = 0x8913;
const IFF_UP = 1;
const little = endianness() === 'LE';

export interface PacketSocket {
  readonly fd: number;
  readonly index: number;
  /** The interface's address, six bytes. */
  readonly mac: Uint8Array;
}

/** Opens a non-blocking packet socket for EtherType 0x88E1 on one interface; throws `PortError`. */
export function openPacketSocket(iface: string): PacketSocket {
  const c = libc();
  // Protocol 0: nothing is received before the socket is bound to the interface.
  const fd = c.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) throw systemError('open a packet socket', iface);
  try {
    const index = c.if_nametoindex(iface);
    if (index === 0) throw systemError('find the interface', iface);
    const address = socketAddress(index);
    if (c.bind(fd, address, address.length) < 0) throw systemError('bind', iface);
    const own = new Uint8Array(20);
    if (c.getsockname(fd, own, [own.length]) < 0) throw systemError('read the address', iface);
    return { fd, index, mac: own.slice(12, 18) };
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

/** The index that the name has now; 0 when there is no such interface. */
export const indexOf = (iface: string): number => libc().if_nametoindex(iface);

/** Whether the interface is set up; carrier is not asked for. */
export function isUp(fd: number, iface: string): boolean {
  const request = new Uint8Array(40);
  request.set(new TextEncoder().encode(iface).subarray(0, 15));
  if (libc().ioctl(fd, SIOCGIFFLAGS, request) < 0) return false;
  return (new DataView(request.buffer).getUint16(16, little) & IFF_UP) !== 0;
}
