import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Names this run of the machine. */
export const boot = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** Names the network namespace of this process. */
export const namespace = (): string => String(statSync('/proc/self/ns/net', { bigint: true }).ino);

/** The names in a folder of the kernel's; none where it is not there. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** What a file of the kernel's says, trimmed; undefined where it is not there or can't be read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
