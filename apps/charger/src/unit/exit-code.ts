import { KerbsideError } from '@kerbside/kernel';
import { ConfigError } from '../config.ts';

/** Starting again will not help (EX_CONFIG of sysexits.h): the supervisor must not try. */
const WILL_NOT_START = 78;
const WONT_START = new Set([
  'store.newer',
  'store.damaged',
  'store.foreign',
  'store.locked',
  'store.migration-edited',
  'store.migration-failed',
]);

/** The exit code of a start that failed. */
export const exitCodeOf = (error: unknown): number =>
  error instanceof ConfigError || (error instanceof KerbsideError && WONT_START.has(error.code))
    ? WILL_NOT_START
    : 1;
