import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, PortError } from '@kerbside/kernel';
import type { VasDaemon } from '@kerbside/vas';

export interface DaemonPlan {
  readonly daemon: VasDaemon;
  readonly path: string;
  readonly name: string;
  readonly config: string;
  readonly directory: string;
}

export interface RunningDaemon {
  readonly pid: number | undefined;
  readonly restarts: number;
  stop(): Promise<void>;
}

/** Files of one daemon, all named after its EVSE. */
export function filesOf(directory: string, name: string) {
  return {
    config: join(directory, `${name}.conf`),
    pid: join(directory, `${name}.pid`),
    leases: join(directory, `${name}.leases`),
  };
}

function argumentsOf({ daemon, directory, name }: DaemonPlan): string[] {
  const files = filesOf(directory, name);
  return daemon === 'radvd'
    ? ['-n', '-m', 'stderr', '-C', files.config, '-p', files.pid]
    : ['-f', files.config];
}

const START_LIMIT_MS = 3000;
const POLL_MS = 5;
const STOP_LIMIT_MS = 2000;
const MOST_RESTARTS = 3;
const RESTART_PAUSE_MS = 500;
const LAST_LINES = 5;

/** Starts a daemon, and again when it ends by itself; `failed` is told when that is given up. */
export async function startDaemon(
  plan: DaemonPlan,
  log: Logger,
  failed: (reason: string) => void,
): Promise<RunningDaemon> {
  const { name, directory } = plan;
  const files = filesOf(directory, name);
  const config = plan.config
    .replaceAll('{lease_file}', files.leases)
    .replaceAll('{pidfile}', files.pid);
  let stopping = false;
  let restarts = 0;
  let child: ChildProcess | undefined;
  let ended: Promise<string> = Promise.resolve('');
  let wake = new AbortController();

  const removeFiles = () => {
    for (const file of Object.values(files)) rmSync(file, { force: true });
  };
  const launch = () => {
    rmSync(files.pid, { force: true });
    const lines: string[] = [];
    child = spawn(plan.path, argumentsOf(plan), { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        lines.push(...text.split('\n').filter(Boolean));
        lines.splice(0, lines.length - LAST_LINES);
      });
    const started = child;
    ended = new Promise((resolve) => {
      started.on('error', (error) => resolve(error.message));
      started.on('close', (code, signal) =>
        resolve([...lines, `ended with ${signal ?? `exit code ${code}`}`].join('; ')),
      );
    });
  };
  /** It has read its configuration and writes its pid; undefined: it serves. */
  const serves = async (): Promise<string | undefined> => {
    const gone = ended.then((how) => ({ how }));
    for (const end = performance.now() + START_LIMIT_MS; performance.now() < end;) {
      const early = await Promise.race([gone, sleep(POLL_MS)]);
      if (early) return early.how;
      if (existsSync(files.pid)) return undefined;
    }
    return `does not serve after ${START_LIMIT_MS / 1000} s`;
  };
  const supervise = async (): Promise<void> => {
    for (;;) {
      const how = await ended;
      if (stopping) return;
      log.warn('vas.daemon-ended', { daemon: name, how, restarts });
      if (restarts >= MOST_RESTARTS)
        return failed(`${plan.daemon} ended ${restarts + 1} times: ${how}`);
      restarts += 1;
      await sleep(RESTART_PAUSE_MS, undefined, { signal: wake.signal }).catch(() => {});
      if (stopping) return;
      launch();
    }
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    wake.abort();
    wake = new AbortController();
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      if (!(await Promise.race([ended.then(() => true), sleep(STOP_LIMIT_MS, false)])))
        child.kill('SIGKILL');
      await ended;
    }
    removeFiles();
  };

  writeFileSync(files.config, config, { mode: 0o640 });
  if (plan.daemon === 'udhcpd') writeFileSync(files.leases, '');
  launch();
  const trouble = await serves();
  if (trouble !== undefined) {
    await stop();
    throw new PortError('vas.daemon', `${plan.daemon}: ${trouble}`);
  }
  void supervise();
  return {
    get pid() {
      return child?.pid;
    },
    get restarts() {
      return restarts;
    },
    stop,
  };
}

const CONFIG_FILE = /kerbside-evse\d+-(radvd|udhcpd)\.conf$/;

/** Daemons of an earlier run in this network namespace, by the name of their configuration file. */
export function strayDaemons(matches: (config: string) => boolean = () => true): number[] {
  const here = namespaceOf('self');
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      const config = commandLine(pid).find((argument) => CONFIG_FILE.test(argument));
      return config !== undefined && matches(config) && namespaceOf(pid) === here;
    })
    .map(Number);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function namespaceOf(pid: string): bigint | undefined {
  try {
    return statSync(`/proc/${pid}/ns/net`, { bigint: true }).ino;
  } catch {
    return undefined;
  }
}

/** Ends processes that are no children of ours. */
export async function endProcesses(pids: readonly number[]): Promise<void> {
  const alive = () => pids.filter((pid) => signal(pid, 0));
  for (const pid of pids) signal(pid, 'SIGTERM');
  for (const end = performance.now() + STOP_LIMIT_MS; performance.now() < end;) {
    if (alive().length === 0) return;
    await sleep(POLL_MS);
  }
  for (const pid of alive()) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    // A zombie waits for whoever started it, and does nothing more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
