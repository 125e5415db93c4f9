import { type Duration, seconds } from '@kerbside/kernel';

/** Environment variable by which a launcher says: your standard input is a pipe that ends with me. */
export const EXIT_WITH_PARENT = 'KERBSIDE_EXIT_WITH_PARENT';

export type StopReason = 'SIGTERM' | 'SIGINT' | 'parent-gone';

export interface ExitOptions {
  /** How long `stop` may take before the process ends with exit code 1. */
  readonly limit?: Duration;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the process; `process.exit` when absent. */
  readonly exit?: (code: number) => void;
}

/**
 * Ends this process on SIGTERM, SIGINT, or when its launcher is gone: awaits `stop`, then exits 0.
 * The launcher is watched only where it asks for that, since a service's standard input is at its end from the start.
 */
export function exitWithParent(
  stop: (reason: StopReason) => Promise<void> | void,
  options: ExitOptions = {},
): void {
  const limit = options.limit ?? seconds(5);
  const exit = options.exit ?? ((code) => process.exit(code));
  let stopping = false;
  const end = (reason: StopReason): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => exit(1), limit).unref();
    Promise.resolve()
      .then(() => stop(reason))
      .then(
        () => exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
          exit(1);
        },
      );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  if ((options.env ?? process.env)[EXIT_WITH_PARENT] !== '1') return;
  process.stdin.on('end', () => end('parent-gone'));
  process.stdin.on('error', () => end('parent-gone'));
  process.stdin.resume();
}
