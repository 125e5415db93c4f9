import { createRequire } from 'node:module';
import type Koffi from 'koffi';

/**
 * Ends this process with exactly this exit code, whatever its threads are in. `process.exit` ends the
 * threads first: it waits for one that is in a system call, and one in a native call aborts the process.
 * Nothing is flushed, no handler of `exit` runs. Without the binding to the C library it is `process.exit`.
 */
export function exitNow(code: number): never {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
    koffi.load(null).func('void _exit(int)')(code);
  } catch {
    // as well as can be
  }
  process.exit(code);
}
