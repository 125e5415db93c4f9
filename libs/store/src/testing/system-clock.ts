import type { Clock } from '@kerbside/kernel';

/** Real time, for tests with real threads and disks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  arm(after, fire) {
    const timer = setTimeout(fire, after);
    return () => clearTimeout(timer);
  },
};
