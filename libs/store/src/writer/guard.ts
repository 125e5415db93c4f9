import type { Duration } from '@kerbside/kernel';

// A thread that is terminated inside a call of the SQLite driver takes the whole process with it: the
// driver meets V8's termination as an exception that it does not expect, and aborts. So a thread that
// may be ended by force says when it is inside, and is ended only outside.

const OUTSIDE = 0;
const INSIDE = 1;
const CONDEMNED = 2;
/** Inside, and condemned as soon as it is outside. */
const LAST = 3;

/** One cell of shared memory between a thread and who may end it; the thread begins inside. */
export type Guard = Int32Array;
export const createGuard = (): Guard => new Int32Array(new SharedArrayBuffer(4)).fill(INSIDE);

/** Thread: what follows calls the driver. A thread that is condemned waits for its end here. */
export function enter(guard: Guard): void {
  if (Atomics.compareExchange(guard, 0, OUTSIDE, INSIDE) === CONDEMNED)
    Atomics.wait(guard, 0, CONDEMNED);
}

/** Thread: the driver is not called until `enter`. */
export function leave(guard: Guard): void {
  if (Atomics.compareExchange(guard, 0, INSIDE, OUTSIDE) !== LAST) return;
  Atomics.store(guard, 0, CONDEMNED);
  Atomics.notify(guard, 0);
}

/** Owner: true when the thread is outside and will stay there, so that it may be terminated. */
export function condemn(guard: Guard): boolean {
  const was = Atomics.compareExchange(guard, 0, OUTSIDE, CONDEMNED);
  return was === OUTSIDE || was === CONDEMNED;
}

/** Owner: the same, and waits so long for a call that is under way; none begins after it. */
export function condemnWithin(guard: Guard, within: Duration): boolean {
  while (!condemn(guard)) {
    const was = Atomics.compareExchange(guard, 0, INSIDE, LAST);
    if (was === INSIDE || was === LAST) return Atomics.wait(guard, 0, LAST, within) !== 'timed-out';
  }
  return true;
}
