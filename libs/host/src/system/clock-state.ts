import { uptime } from 'node:os';
import { libc } from '../frame-link/libc.ts';
import { boot } from '../network/this-machine.ts';

/** `struct timex` is 208 bytes on 64 bits, 128 on 32; zero in its first field asks and changes nothing. */
const TIMEX_BYTES = 256;
const TIME_ERROR = 5;

/**
 * Whether the kernel's clock is kept by a time source (NTP, PTP, GPS). Undefined where the system call
 * can't be made. adjtimex(2)
 */
export function clockIsSynchronised(): boolean | undefined {
  try {
    const state = libc().adjtimex(new Uint8Array(TIMEX_BYTES));
    return state < 0 ? undefined : state !== TIME_ERROR;
  } catch {
    return undefined;
  }
}

/** Milliseconds since the machine started. */
export const sinceBoot = (): number => Math.round(uptime() * 1000);

/** Names this run of the machine, from its start to its end; undefined where the kernel does not tell. */
export function machineRun(): string | undefined {
  try {
    return boot();
  } catch {
    return undefined;
  }
}
