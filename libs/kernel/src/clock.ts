import type { Duration } from './duration.ts';

/** Cancels a timer; calling it after the timer fired does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** Wall time, milliseconds since 1970-01-01 UTC. It may jump. */
  now(): number;
  /** Milliseconds since an arbitrary start, never going back. */
  monotonic(): number;
  /** Calls `fire` once, `after` from now. */
  arm(after: Duration, fire: () => void): Cancel;
}
