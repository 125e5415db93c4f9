import { Worker } from 'node:worker_threads';
import type Koffi from 'koffi';
import { PortError } from '@kerbside/kernel';

/** Watches a descriptor: calls back when it can be read or has an error. */
export interface PollWatcher {
  /** Watches on after an error. */
  restart(): void;
  stop(): void;
  close(): void;
}
/** `status` below 0: an error, after which the watch stands still until `restart`. */
export type Ready = (status: number) => void;
/** The watch has ended unasked, with the reason; it never calls back again. */
export type Ended = (why: string) => void;

/** `poll`: by the event loop. `worker`: by a thread that waits in poll(2). */
export type WatchKind = 'poll' | 'worker';

/** The event loop's way, where this koffi has it: it is not in its documented interface. */
export function watchKindFor(
  koffi: Pick<typeof Koffi, 'node'>,
  wanted: WatchKind | 'auto',
): WatchKind {
  const canPoll = typeof (koffi.node as { poll?: unknown } | undefined)?.poll === 'function';
  if (wanted === 'poll' && !canPoll)
    throw new PortError('frame-link.binding', 'this version of koffi cannot watch descriptors');
  return wanted === 'worker' || !canPoll ? 'worker' : 'poll';
}

export function watchByEventLoop(koffi: typeof Koffi, fd: number, ready: Ready): PollWatcher {
  // The declaration says (events); what is called with is (status, events).
  const callback = (status: unknown) => ready(typeof status === 'number' ? status : 0);
  const handle = koffi.node.poll(fd, { readable: true }, callback);
  return {
    restart: () => handle.start({ readable: true }, callback),
    stop: () => handle.stop(),
    close: () => handle.close(),
  };
}

/** Descriptors and the two words that both threads see. */
interface Shared {
  readonly koffi: string;
  readonly fd: number;
  readonly wake: number;
  readonly words: SharedArrayBuffer;
}
/** Words: whether the thread may wait for frames, whether it is to end. */
const GO = 0;
const END = 1;
/** The thread looks up so often, so that a process that exits without closing is not held for longer. */
const LOOK_UP_MS = 1000;
const POLLERR = 0x0008;

// As text: a thread's file would have to be found beside the source as well as beside the build.
const program = `
const { parentPort, workerData: { koffi: path, fd, wake, words } } = require('node:worker_threads');
const { endianness } = require('node:os');
const poll = require(path).load(null).func('int poll(_Inout_ uint8_t *fds, ulong count, int timeout)');
const flags = new Int32Array(words);
const fds = new Uint8Array(16);
const view = new DataView(fds.buffer);
const little = endianness() === 'LE';
for (;;) {
  Atomics.wait(flags, ${GO}, 0);
  if (Atomics.load(flags, ${END})) break;
  [fd, wake].forEach((of, i) => {
    view.setInt32(i * 8, of, little);
    view.setInt16(i * 8 + 4, 1, little);
    view.setInt16(i * 8 + 6, 0, little);
  });
  const found = poll(fds, 2, ${LOOK_UP_MS});
  if (Atomics.load(flags, ${END})) break;
  const events = view.getInt16(6, little);
  if (found <= 0 || events === 0) continue;
  Atomics.store(flags, ${GO}, 0);
  parentPort.postMessage(events);
}
`;

/** The system calls that wake the thread. */
export interface WakeCalls {
  eventfd(initial: number, flags: number): number;
  write(fd: number, buffer: Uint8Array, length: number): number | bigint;
  close(fd: number): number;
}

/** Needs nothing of koffi that is not documented; costs a thread and a hop between threads. */
export function watchByThread(
  koffiPath: string,
  calls: WakeCalls,
  fd: number,
  ready: Ready,
  ended: Ended,
): PollWatcher {
  const wake = calls.eventfd(0, 0o2000000);
  if (wake < 0) throw new PortError('frame-link.eventfd', 'no descriptor to wake a thread with');
  const words = new SharedArrayBuffer(8);
  const flags = new Int32Array(words);
  const workerData: Shared = { koffi: koffiPath, fd, wake, words };
  const worker = new Worker(program, { eval: true, workerData });
  let state: 'watching' | 'stopped' | 'closed' | 'ended' = 'watching';
  let why = 'without a reason';
  const go = () => {
    Atomics.store(flags, GO, 1);
    Atomics.notify(flags, GO);
  };
  worker.on('message', (events: number) => {
    if (state !== 'watching') return;
    const failed = (events & POLLERR) !== 0;
    if (failed) state = 'stopped';
    ready(failed ? -1 : 0);
    if ((state as string) === 'watching') go();
  });
  worker.on('error', (error) => {
    why = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', () => {
    // From here on the number may be that of another descriptor: it is not written to again.
    calls.close(wake);
    const unasked = state !== 'closed';
    state = 'ended';
    if (unasked) ended(why);
  });
  go();
  return {
    restart() {
      if (state === 'closed' || state === 'ended') return;
      state = 'watching';
      go();
    },
    stop() {
      if (state === 'watching') state = 'stopped';
    },
    close() {
      if (state === 'closed' || state === 'ended') return;
      state = 'closed';
      Atomics.store(flags, END, 1);
      go();
      calls.write(wake, new Uint8Array(new BigUint64Array([1n]).buffer), 8);
    },
  };
}
