import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { runTool, type ToolOptions } from '@kerbside/host';
import { opened, openingCommands } from './opened.ts';

/**
 * A machine of our own on the same kernel: processes, network and mounts apart from the rest, so
 * that a test may look at all of it, and nothing that runs beside the test is in its way.
 */
export interface Machine {
  /** Runs a command in it to its end and gives what it printed. */
  run(command: string, args: readonly string[], options?: ToolOptions): Promise<string>;
  /** Starts a command in it. */
  spawn(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
  /** The command line that runs a command in it. */
  inside(command: string, args: readonly string[]): readonly [string, readonly string[]];
  /** Where an ordinary user finds a file of the project, or `node`: the way there may be root's alone. */
  open(path: string): string;
  /** Everything that a program could leave behind. */
  state(): Promise<MachineState>;
  /** Ends everything in it. */
  close(): Promise<void>;
}

export interface MachineState {
  readonly processes: readonly string[];
  readonly namespaces: readonly string[];
  readonly interfaces: readonly string[];
  readonly addresses: readonly string[];
  readonly rules: readonly string[];
  readonly settings: readonly string[];
  /** Everything under /run, which is the machine's own. */
  readonly files: readonly string[];
}

/** Starts a machine; root only. */
export async function startMachine(): Promise<Machine> {
  const flags = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const holder = spawn('unshare', [...flags, '--', 'sleep', 'infinity'], { stdio: 'ignore' });
  const init = await firstChildOf(holder.pid ?? 0);
  const inside: Machine['inside'] = (command, args) => [
    'nsenter',
    [`--target=${init}`, '--net', '--mount', '--pid', '--wd=/', '--', command, ...args],
  ];
  const run: Machine['run'] = (command, args, options) =>
    runTool(...inside(command, args), options);
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run']);
  for (const [command = '', ...args] of openingCommands) await run(command, args);
  await run('ip', ['link', 'set', 'lo', 'up']);
  return {
    run,
    inside,
    open: opened,
    spawn: (command, args, options = {}) => spawn(...inside(command, args), options),
    state: () => stateOf(run),
    async close() {
      const ended = once(holder, 'exit');
      holder.kill('SIGKILL');
      await ended;
    },
  };
}

async function stateOf(run: Machine['run']): Promise<MachineState> {
  const lines = async (command: string, ...args: string[]): Promise<string[]> =>
    (await run(command, args)).split('\n').filter(Boolean);
  const processes = await lines('ps', '-e', '-o', 'stat=,args=');
  const [namespaces, interfaces, addresses, four, six, settings, files] = await Promise.all([
    lines('ip', 'netns', 'list'),
    lines('ip', '-o', 'link', 'show'),
    lines('ip', '-o', 'address', 'show'),
    lines('iptables-save'),
    lines('ip6tables-save'),
    lines('sysctl', '-a', '--pattern', String.raw`^net\.ipv[46]\.(conf|ip_forward)`),
    lines('find', '/run', '-mindepth', '1'),
  ]);
  return {
    // A zombie has ended; it waits for the machine's first process, which collects none.
    processes: processes.filter((line) => !line.startsWith('Z') && !/\bps -e -o\b/.test(line)),
    namespaces,
    interfaces,
    addresses,
    rules: [...four, ...six].filter((line) => !line.startsWith('#')),
    settings,
    files: files.filter((path) => path !== '/run/xtables.lock' && path !== '/run/netns'),
  };
}

async function firstChildOf(pid: number): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    // The child is `sleep` as soon as its mounts are made.
    if (children && readFileSync(`/proc/${children}/cmdline`, 'latin1').startsWith('sleep')) {
      return Number(children);
    }
    await pause(20);
  }
  throw new Error('the machine did not start');
}
