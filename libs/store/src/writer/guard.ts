// A thread that is terminated inside a call of the SQLite driver takes the whole process with it: the
// driver meets V8's termination as an exception that it does not expect, and aborts. So a thread that
// may be ended by force says when it is inside, and is ended only outside.

const OUTSIDE = 0;
const INSIDE = 1;
const CONDEMNED = 2;

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
  Atomics.compareExchange(guard, 0, INSIDE, OUTSIDE);
}

/** Owner: true when the thread is outside and will stay there, so that it may be terminated. */
export const condemn = (guard: Guard): boolean =>
  Atomics.compareExchange(guard, 0, OUTSIDE, CONDEMNED) !== INSIDE;
