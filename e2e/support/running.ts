import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A program under test, with all that it has printed. */
export interface Running {
  readonly child: ChildProcess;
  output(): string;
  /** Signals the program, also where it was started through `nsenter --pid`, which forks. */
  kill(signal: NodeJS.Signals): void;
  /** Waits until it has printed this; fails with the output when it ends before, or takes too long. */
  printed(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray>;
  /** Waits for its end and gives the exit code, or the signal's name. */
  ended(limitMs?: number): Promise<number | string>;
}

/** The pid, as seen from here, of the program that nsenter runs, or of the process itself. */
function programOf(pid: number): number {
  if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('nsenter')) return pid;
  const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
  return child ? Number(child) : pid;
}

/** Follows a program that was started with pipes. */
export function follow(child: ChildProcess): Running {
  let text = '';
  let end: number | string | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  }
  child.on('close', (code, signal) => (end = code ?? signal ?? 'unknown'));
  child.on('error', (error) => (end = error.message));
  const until = async <T>(find: () => T | undefined, what: string, limitMs: number): Promise<T> => {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (performance.now() > deadline) throw new Error(`${what} not in ${limitMs} ms:\n${text}`);
      await pause(20);
    }
  };
  return {
    child,
    output: () => text,
    kill: (signal) => void process.kill(programOf(child.pid ?? 0), signal),
    printed: (pattern, limitMs = 15_000) =>
      until(
        () => {
          const match = pattern.exec(text);
          if (match) return match;
          if (end !== undefined) throw new Error(`ended (${end}) without ${pattern}:\n${text}`);
          return undefined;
        },
        String(pattern),
        limitMs,
      ),
    ended: (limitMs = 15_000) => until(() => end, 'the end', limitMs),
  };
}

/** Waits until `test` holds; what `seen` gives is in the error. */
export async function eventually(
  what: string,
  test: () => boolean | Promise<boolean>,
  limitMs = 10_000,
  seen?: () => unknown,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await test())) {
    if (performance.now() > deadline) {
      const instead = seen ? `; instead: ${JSON.stringify(await seen())}` : '';
      throw new Error(`not within ${limitMs} ms: ${what}${instead}`);
    }
    await pause(50);
  }
}
