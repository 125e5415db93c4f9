import { exitNow } from '@kerbside/host';
import { millis } from '@kerbside/kernel';
import type { Store } from '@kerbside/store';

/** Longest wait for the transaction that the writer is in. By then each board has opened by itself, or soon will. */
const LAST_COMMIT = millis(500);

/**
 * Ends the process with this exit code, within a bound. The writer finishes the transaction that it is in; past
 * the bound, as on a disk that hangs, it is left in it: the next start finds whole commits all the same.
 */
export function leave(code: number, store: Pick<Store, 'halt' | 'ended'> | undefined): never {
  // no thread is in the driver
  if (store === undefined || store.ended) process.exit(code);
  store.halt(LAST_COMMIT);
  exitNow(code);
}
