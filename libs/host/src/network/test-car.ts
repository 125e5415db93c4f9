import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PortError } from '@kerbside/kernel';
import { runTool, type ToolOptions } from '../process/run-tool.ts';

/** A throw-away network namespace that plays a car; it is gone with the process that holds it. */
export interface TestCar {
  run(command: string, args: readonly string[], options?: ToolOptions): Promise<string>;
  /** Starts a program in it that ends with the car; its standard input ends with this process. */
  start(command: string, args: readonly string[]): void;
  /** Joins the namespace to an interface of this one, which is made and up afterwards. */
  plugInto(name: string, inside: string): Promise<void>;
  close(): Promise<void>;
}

const START_LIMIT_MS = 3000;

/** Rejects where this process may make no namespace: it needs root, or user namespaces. */
export async function startTestCar(): Promise<TestCar> {
  const root = process.getuid?.() === 0;
  const flags = root ? ['--net'] : ['--user', '--map-root-user', '--net'];
  const holder = spawn('unshare', [...flags, '--', 'sleep', '120'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const pid = holder.pid ?? 0;
  await untilApart(holder, pid);
  const target = [
    `--target=${pid}`,
    ...(root ? [] : ['--user', '--preserve-credentials']),
    '--net',
  ];
  const run: TestCar['run'] = (command, args, options) =>
    runTool('nsenter', [...target, '--', command, ...args], options);
  const children: ChildProcess[] = [];
  await run('ip', ['link', 'set', 'lo', 'up']);
  return {
    run,
    start(command, args) {
      const child = spawn('nsenter', [...target, '--', command, ...args], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      child.on('error', () => {});
      children.push(child);
    },
    async plugInto(name, inside) {
      await runTool('ip', [
        'link',
        'add',
        'name',
        name,
        'type',
        'veth',
        'peer',
        'name',
        inside,
        'netns',
        String(pid),
      ]);
      await run('ip', ['link', 'set', 'dev', inside, 'up']);
      await runTool('ip', ['link', 'set', 'dev', name, 'up']);
    },
    async close() {
      // Each of them would keep the namespace, and the cables in it.
      for (const child of children) child.kill('SIGKILL');
      if (holder.exitCode !== null || holder.signalCode !== null) return;
      const ended = once(holder, 'exit');
      holder.kill('SIGKILL');
      await ended;
    },
  };
}

/** `unshare` becomes `sleep` once the namespace is made. */
async function untilApart(holder: ChildProcess, pid: number): Promise<void> {
  let said = '';
  holder.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const failed = new Promise<string>((resolve) => {
    holder.once('error', (error) => resolve(error.message));
    holder.once('close', () => resolve(said.trim() || 'unshare ended'));
  });
  const here = readlinkSync('/proc/self/ns/net');
  for (const end = performance.now() + START_LIMIT_MS; performance.now() < end;) {
    const reason = await Promise.race([failed, sleep(10)]);
    if (reason !== undefined) throw new PortError('vas.no-namespace', reason);
    if (namespaceOf(pid) !== here && commandOf(pid) === 'sleep') return;
  }
  holder.kill('SIGKILL');
  throw new PortError('vas.no-namespace', 'no namespace came up');
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
