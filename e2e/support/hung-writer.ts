import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { follow } from './running.ts';

/** A sync of the disk that does not return until it is let go. */
export interface HungDisk {
  letGo(): Promise<void>;
}

/** Longer than any test waits: what ends it is the end of strace. */
const DELAY_US = 60_000_000;

/** From now on no thread of the process but its first gets back from a sync. */
export async function hangDisk(pid: number): Promise<HungDisk> {
  const threads = readdirSync(`/proc/${pid}/task`).filter((thread) => thread !== String(pid));
  const child = spawn(
    'strace',
    [
      '-o',
      '/dev/null',
      '-e',
      'trace=fsync,fdatasync',
      '-e',
      `inject=fsync,fdatasync:delay_exit=${DELAY_US}`,
      ...threads.flatMap((thread) => ['-p', thread]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const running = follow(child);
  await running.printed(new RegExp(`(attached[^]*){${threads.length}}`));
  return {
    async letGo() {
      child.kill('SIGINT');
      await running.ended();
    },
  };
}
