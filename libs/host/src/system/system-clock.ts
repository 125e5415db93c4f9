import type { Cancel, Clock, Duration } from '@kerbside/kernel';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  arm(after: Duration, fire: () => void): Cancel {
    const timer = setTimeout(fire, after);
    return () => clearTimeout(timer);
  },
};
