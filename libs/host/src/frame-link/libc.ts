import { createRequire } from 'node:module';
import { constants } from 'node:os';
import type Koffi from 'koffi';
import { PortError } from '@kerbside/kernel';

/** The system calls that Node.js does not offer, and the watcher of a descriptor. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  getsockname(fd: number, address: Uint8Array, length: number[]): number;
  recv(fd: number, buffer: Uint8Array, length: number, flags: number): number | bigint;
  send(fd: number, buffer: Uint8Array, length: number, flags: number): number | bigint;
  ioctl(fd: number, request: number, argument: Uint8Array): number;
  if_nametoindex(name: string): number;
  close(fd: number): number;
  adjtimex(timex: Uint8Array): number;
  errno(): number;
  /** Calls back when the descriptor can be read or has an error; `status` below 0 stopped the watcher. */
  poll(fd: number, ready: (status: number) => void): PollWatcher;
}
export interface PollWatcher {
  /** Watches on after an error. */
  restart(): void;
  stop(): void;
  close(): void;
}

let loaded: Libc | undefined;

/** Binds the C library at first use; programs without frames never load the binding. */
export function libc(): Libc {
  loaded ??= bindLibc();
  return loaded;
}

function bindLibc(): Libc {
  const koffi = loadKoffi();
  // The process itself: right for glibc and musl, whatever their files are called.
  const library = koffi.load(null);
  const bound = {
    socket: library.func('int socket(int domain, int type, int protocol)'),
    bind: library.func('int bind(int fd, const uint8_t *address, uint32_t length)'),
    getsockname: library.func(
      'int getsockname(int fd, _Out_ uint8_t *address, _Inout_ uint32_t *length)',
    ),
    recv: library.func('long recv(int fd, _Out_ uint8_t *buffer, size_t length, int flags)'),
    send: library.func('long send(int fd, const uint8_t *buffer, size_t length, int flags)'),
    ioctl: library.func('int ioctl(int fd, unsigned long request, _Inout_ uint8_t *argument)'),
    if_nametoindex: library.func('uint32_t if_nametoindex(const char *name)'),
    close: library.func('int close(int fd)'),
    adjtimex: library.func('int adjtimex(_Inout_ uint8_t *timex)'),
  } as unknown as Omit<Libc, 'errno' | 'poll'>;
  return { ...bound, errno: () => koffi.errno(), poll: (fd, ready) => watch(koffi, fd, ready) };
}

function loadKoffi(): typeof Koffi {
  let koffi: typeof Koffi;
  try {
    koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
  } catch (cause) {
    throw new PortError('frame-link.binding', 'the binding to the C library (koffi) is missing', {
      cause,
    });
  }
  if (typeof koffi.node?.poll !== 'function')
    throw new PortError('frame-link.binding', 'this version of koffi cannot watch descriptors');
  return koffi;
}

function watch(koffi: typeof Koffi, fd: number, ready: (status: number) => void): PollWatcher {
  // The declaration says (events); what is called with is (status, events).
  const callback = (status: unknown) => ready(typeof status === 'number' ? status : 0);
  const handle = koffi.node.poll(fd, { readable: true }, callback);
  return {
    restart: () => handle.start({ readable: true }, callback),
    stop: () => handle.stop(),
    close: () => handle.close(),
  };
}

export const EAGAIN = constants.errno.EAGAIN;
export const EINTR = constants.errno.EINTR;
export const ENOBUFS = constants.errno.ENOBUFS;

const names = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
const hints: Readonly<Record<string, string>> = {
  EPERM:
    'the right CAP_NET_RAW is missing: run as root, or set AmbientCapabilities=CAP_NET_RAW in the systemd unit, or give the container --cap-add NET_RAW',
  ENODEV: 'there is no network interface of this name: check the configuration and `ip link`',
  ENETDOWN: 'the interface is down: `ip link set IFACE up`',
  ENXIO: 'the interface is gone',
  EMSGSIZE: 'the frame is longer than the interface allows',
};

/** What a failed call says, with the next thing to check. `code` is `frame-link.EPERM` and its likes. */
export function systemError(call: string, iface: string, errno = libc().errno()): PortError {
  const name = names.get(errno) ?? `errno ${errno}`;
  const hint = hints[name];
  return new PortError(
    `frame-link.${name}`,
    `${iface}: ${call}: ${name}${hint === undefined ? '' : ` (${hint})`}`,
  );
}
