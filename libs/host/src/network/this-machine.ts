import { readFileSync, statSync } from 'node:fs';

/** Names this run of the machine. */
export const boot = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** Names the network namespace of this process. */
export const namespace = (): string => String(statSync('/proc/self/ns/net', { bigint: true }).ino);
