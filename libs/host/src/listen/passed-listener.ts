import { isIP } from 'node:net';
import { endianness } from 'node:os';
import { PortError } from '@kerbside/kernel';
import koffi from 'koffi';
import type { ListenAddress } from './listen-target.ts';

/** A TCP socket that listens but is never accepted from here: its descriptor is for a child. */
export interface PassedListener extends ListenAddress {
  readonly fd: number;
  close(): void;
}

const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const BACKLOG = 511;
const EADDRINUSE = 98;
const EACCES = 13;
const EADDRNOTAVAIL = 99;

const CODES = new Map([
  [EADDRINUSE, 'address-in-use'],
  [EACCES, 'address-forbidden'],
  [EADDRNOTAVAIL, 'address-not-here'],
]);

let loaded: ReturnType<typeof load> | undefined;

function load() {
  const libc = koffi.load(null);
  return {
    socket: libc.func('int socket(int domain, int type, int protocol)'),
    setsockopt: libc.func('int setsockopt(int fd, int level, int name, int *value, uint32_t size)'),
    bind: libc.func('int bind(int fd, const uint8_t *address, uint32_t size)'),
    listen: libc.func('int listen(int fd, int backlog)'),
    getsockname: libc.func(
      'int getsockname(int fd, _Out_ uint8_t *address, _Inout_ uint32_t *size)',
    ),
    close: libc.func('int close(int fd)'),
  };
}

function socketAddress({ host, port }: ListenAddress): Uint8Array {
  const family = isIP(host);
  if (family === 0) throw new PortError('bad-listen-address', `not an IP address: ${host}`);
  const bytes = new Uint8Array(family === 4 ? 16 : 28);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, family === 4 ? AF_INET : AF_INET6, endianness() === 'LE');
  view.setUint16(2, port);
  if (family === 4) bytes.set(host.split('.').map(Number), 4);
  else bytes.set(ipv6Bytes(host), 8);
  return bytes;
}

function ipv6Bytes(host: string): number[] {
  // The URL parser writes an embedded IPv4 part in hexadecimal, so that only groups are left.
  const [head = '', tail] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const middle = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...middle, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

/**
 * Opens a listening TCP socket for a child process. Connections that come while no child is there
 * wait in the backlog, so that a child may be restarted without one being refused.
 */
export function openPassedListener(address: ListenAddress): PassedListener {
  const libc = (loaded ??= load());
  const bytes = socketAddress(address);
  const fd: number = libc.socket(
    bytes.length === 16 ? AF_INET : AF_INET6,
    SOCK_STREAM | SOCK_CLOEXEC,
    0,
  );
  const check = (result: number, call: string): void => {
    if (result >= 0) return;
    const errno = koffi.errno();
    if (fd >= 0) libc.close(fd);
    const where = `${address.host} port ${address.port}`;
    throw new PortError(CODES.get(errno) ?? 'listen-failed', `${call} on ${where}: errno ${errno}`);
  };
  check(fd, 'socket');
  check(libc.setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, [1], 4), 'setsockopt');
  check(libc.bind(fd, bytes, bytes.length), 'bind');
  check(libc.listen(fd, BACKLOG), 'listen');
  const bound = new Uint8Array(28);
  check(libc.getsockname(fd, bound, [bound.length]), 'getsockname');
  return {
    fd,
    host: address.host,
    port: new DataView(bound.buffer).getUint16(2),
    close: () => void libc.close(fd),
  };
}

/** Opens the first free port from `address.port` on, trying `tries` of them. */
export function openNextFreeListener(address: ListenAddress, tries = 50): PassedListener {
  for (let port = address.port; ; port += 1) {
    try {
      return openPassedListener({ host: address.host, port });
    } catch (error) {
      const taken = error instanceof PortError && error.code === 'address-in-use';
      if (!taken || port + 1 >= address.port + tries || port >= 65_535) throw error;
    }
  }
}
