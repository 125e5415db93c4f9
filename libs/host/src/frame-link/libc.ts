import { createRequire } from 'node:module';
import { constants } from 'node:os';
import type Koffi from 'koffi';
import { PortError } from '@kerbside/kernel';
import {
  type Ended,
  type PollWatcher,
  type Ready,
  type WakeCalls,
  watchByEventLoop,
  watchByThread,
  type WatchKind,
  watchKindFor,
} from './watcher.ts';

/** The system calls that Node.js does not offer, and the watcher of a descriptor. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  connect(fd: number, address: Uint8Array, length: number): number;
  getsockname(fd: number, address: Uint8Array, length: number[]): number;
  recv(fd: number, buffer: Uint8Array, length: number, flags: number): number | bigint;
  send(fd: number, buffer: Uint8Array, length: number, flags: number): number | bigint;
  ioctl(fd: number, request: number, argument: Uint8Array): number;
  if_nametoindex(name: string): number;
  close(fd: number): number;
  adjtimex(timex: Uint8Array): number;
  errno(): number;
  setsockopt(fd: number, level: number, option: number, value: Uint8Array, length: number): number;
  /** setsockopt with a struct sock_fprog. */
  attachFilter(fd: number, program: Uint8Array): number;
  getsockopt(
    fd: number,
    level: number,
    option: number,
    value: Uint8Array,
    length: number[],
  ): number;
  /** Watches a descriptor; only a thread can end unasked. */
  watch(fd: number, kind: WatchKind | 'auto', ready: Ready, ended: Ended): PollWatcher;
}

let loaded: Libc | undefined;

/** Binds the C library at first use; programs without frames never load the binding. */
export function libc(): Libc {
  loaded ??= bindLibc();
  return loaded;
}

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;

function bindLibc(): Libc {
  const { koffi, path } = loadKoffi();
  // The process itself: right for glibc and musl, whatever their files are called.
  const library = koffi.load(null);
  const sockFprog = koffi.struct({ len: 'uint16_t', filter: 'const uint8_t *' });
  const attach = library.func('setsockopt', 'int', [
    'int',
    'int',
    'int',
    koffi.pointer(sockFprog),
    'uint32_t',
  ]);
  const bound = {
    socket: library.func('int socket(int domain, int type, int protocol)'),
    bind: library.func('int bind(int fd, const uint8_t *address, uint32_t length)'),
    connect: library.func('int connect(int fd, const uint8_t *address, uint32_t length)'),
    getsockname: library.func(
      'int getsockname(int fd, _Out_ uint8_t *address, _Inout_ uint32_t *length)',
    ),
    setsockopt: library.func(
      'int setsockopt(int fd, int level, int option, const uint8_t *value, uint32_t length)',
    ),
    getsockopt: library.func(
      'int getsockopt(int fd, int level, int option, _Out_ uint8_t *value, _Inout_ uint32_t *length)',
    ),
    recv: library.func('long recv(int fd, _Out_ uint8_t *buffer, size_t length, int flags)'),
    send: library.func('long send(int fd, const uint8_t *buffer, size_t length, int flags)'),
    ioctl: library.func('int ioctl(int fd, unsigned long request, _Inout_ uint8_t *argument)'),
    if_nametoindex: library.func('uint32_t if_nametoindex(const char *name)'),
    close: library.func('int close(int fd)'),
    adjtimex: library.func('int adjtimex(_Inout_ uint8_t *timex)'),
    eventfd: library.func('int eventfd(unsigned int initial, int flags)'),
    write: library.func('long write(int fd, const uint8_t *buffer, size_t length)'),
  } as unknown as Omit<Libc, 'errno' | 'watch' | 'attachFilter'> & WakeCalls;
  return {
    ...bound,
    errno: () => koffi.errno(),
    attachFilter: (fd, program) =>
      attach(
        fd,
        SOL_SOCKET,
        SO_ATTACH_FILTER,
        { len: program.length / 8, filter: program },
        koffi.sizeof(sockFprog),
      ) as number,
    watch: (fd, kind, ready, ended) =>
      watchKindFor(koffi, kind) === 'poll'
        ? watchByEventLoop(koffi, fd, ready)
        : watchByThread(path, bound, fd, ready, ended),
  };
}

function loadKoffi(): { readonly koffi: typeof Koffi; readonly path: string } {
  const require = createRequire(import.meta.url);
  try {
    return { koffi: require('koffi') as typeof Koffi, path: require.resolve('koffi') };
  } catch (cause) {
    throw new PortError('frame-link.binding', 'the binding to the C library (koffi) is missing', {
      cause,
    });
  }
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
