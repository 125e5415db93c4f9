import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inNamespace } from '@kerbside/host';
import { type Duration, millis, PortError, seconds } from '@kerbside/kernel';
import type { ChildPlan } from './children.ts';
import { WILL_NOT_START } from './environment.ts';
import { killGroup } from './leftovers.ts';
import type { LogFile } from './log-file.ts';

/** As in the systemd unit: a small young generation keeps the programs' memory small. */
const NODE_OPTIONS = ['--enable-source-maps', '--max-semi-space-size=2'];

/**
 * As in the systemd unit: of glibc, two arenas for all threads, and what is free goes back to the system. With an
 * arena for each thread some 20 MB stay behind when the history has been read. Whoever sets them has his way.
 */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

export interface Ready {
  readonly event: 'ready';
  readonly [field: string]: unknown;
}

export interface SupervisorHooks {
  /** Each process that is started or has ended; `undefined`: none runs now. */
  readonly process: (pid: number | undefined) => void;
  /** Each line that the program writes. */
  readonly line: (line: string) => void;
  /** What people should know: it ended, it is started again. */
  readonly notice: (text: string) => void;
  /** It will not run any more, whatever the launcher does. */
  readonly givenUp: (error: Error) => void;
}

export interface Supervised {
  /** Resolves when the program first serves. */
  readonly ready: Promise<Ready>;
  stop(): Promise<void>;
}

const READY_LIMIT = seconds(60);
const FIRST_PAUSE = millis(500);
const LONGEST_PAUSE = seconds(8);
/** After this long, an end is a new trouble and not the old one again: the car waits at every start. */
const STEADY = seconds(5);
const TRIES_AT_START = 3;
const TERM_LIMIT = seconds(4);
const END_OF_FILE_LIMIT = seconds(1);

/** Runs a program and starts it again, with growing pauses, when it ends by itself. */
export function supervise(
  plan: ChildPlan,
  program: string,
  log: LogFile,
  hooks: SupervisorHooks,
): Supervised {
  let child: ChildProcess | undefined;
  let exited: Promise<unknown> = Promise.resolve();
  let stopping = false;
  let pause = FIRST_PAUSE;
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;
  let isReady = false;
  let settle: { resolve: (ready: Ready) => void; reject: (error: Error) => void };
  const ready = new Promise<Ready>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever waits hears of it; without anybody waiting it is no unhandled rejection.
  ready.catch(() => {});

  const giveUp = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    if (child?.pid !== undefined) killGroup(child.pid);
    const error = new PortError(
      'child-failed',
      [`${plan.name} ${reason}`, ...log.tail(12)].join('\n    '),
    );
    settle.reject(error);
    if (isReady) hooks.givenUp(error);
  };
  const readyTimer = setTimeout(
    () => giveUp(`does not serve after ${READY_LIMIT / 1000} s`),
    READY_LIMIT,
  );

  const start = (): void => {
    const started = performance.now();
    tries += 1;
    child = startProcess(plan, program);
    hooks.process(child.pid);
    readLines(child, (line, stream) => {
      const said = stream === 'stdout' ? parseReady(line) : undefined;
      if (said && !isReady) {
        isReady = true;
        clearTimeout(readyTimer);
        settle.resolve(said);
      } else if (said) {
        hooks.notice(`${plan.name} serves again${newCode(said)}`);
      }
      const kept = said ? withoutCode(said) : line;
      log.write(kept);
      hooks.line(kept);
    });
    exited = ended(child).then((how) => {
      hooks.process(undefined);
      if (!stopping) onEnd(how, performance.now() - started);
    });
  };

  const onEnd = ({ code, signal, error }: Ending, lived: number): void => {
    const how =
      error?.message ?? (signal ? `was ended by ${signal}` : `ended with exit code ${code}`);
    if (error || code === WILL_NOT_START) return giveUp(how);
    if (!isReady && tries >= TRIES_AT_START) return giveUp(`${how}, ${tries} times`);
    if (lived > STEADY) pause = FIRST_PAUSE;
    hooks.notice(`${plan.name} ${how}; started again in ${pause / 1000} s`);
    timer = setTimeout(start, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE) as Duration;
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    clearTimeout(timer);
    clearTimeout(readyTimer);
    const running = child;
    if (running?.pid !== undefined) {
      if (running.exitCode === null && running.signalCode === null) {
        running.kill('SIGTERM');
        if (!(await within(exited, TERM_LIMIT))) running.stdin?.end();
        await within(exited, END_OF_FILE_LIMIT);
      }
      killGroup(running.pid);
      await exited;
    }
    await log.close();
  };

  start();
  return { ready, stop };
}

/** Meant for the launcher itself. */
const NOT_FOR_CHILDREN = /^(LISTEN_|npm_|KERBSIDE_LAUNCHER_)/;

function startProcess(plan: ChildPlan, program: string): ChildProcess {
  const node = [process.execPath, [...NODE_OPTIONS, program]] as const;
  const [command, args] = plan.namespace ? inNamespace(plan.namespace, ...node) : node;
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_FOR_CHILDREN.test(name));
  return spawn(command, args, {
    // A process group of its own: a Ctrl-C at the terminal reaches the launcher alone.
    detached: true,
    env: { ...MALLOC, ...Object.fromEntries(inherited), ...plan.env },
    stdio: ['pipe', 'pipe', 'pipe', ...plan.listeners.map((listener) => listener.fd)],
  });
}

function readLines(
  child: ChildProcess,
  take: (line: string, stream: 'stdout' | 'stderr') => void,
): void {
  // Writing to a child that has just died is no error of the launcher's.
  child.stdin?.on('error', () => {});
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream];
    if (input) createInterface({ input }).on('line', (line) => take(line, stream));
  }
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

async function ended(child: ChildProcess): Promise<Ending> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return { code, signal };
  } catch (error) {
    return { code: null, signal: null, error: error as Error };
  }
}

function parseReady(line: string): Ready | undefined {
  if (!line.startsWith('{') || !line.includes('"ready"')) return undefined;
  try {
    const value = JSON.parse(line) as { event?: unknown };
    return value.event === 'ready' ? (value as Ready) : undefined;
  } catch {
    return undefined;
  }
}

/** Each start of an unclaimed unit makes a new claim code; the one shown before is worth nothing now. */
const newCode = ({ claimCode }: Ready): string =>
  typeof claimCode === 'string' ? `; the claim code is now ${claimCode}` : '';

/** The claim code is for the person at the terminal, and for no log. */
function withoutCode(ready: Ready): string {
  return JSON.stringify({ ...ready, ...('claimCode' in ready ? { claimCode: '***' } : {}) });
}

/** Whether the promise settled in time. */
async function within(promise: Promise<unknown>, limit: Duration): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, limit, false)));
  const inTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
