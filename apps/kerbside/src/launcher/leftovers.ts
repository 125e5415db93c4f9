import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import {
  deleteInterface,
  deleteNamespace,
  identifyProcess,
  isAlive,
  NAMED_NAMESPACES,
  networkNamespace,
  type NetworkNamespace,
  pidNamespace,
  processesIn,
  runTool,
} from '@kerbside/host';
import { launcherOf } from './names.ts';
import { findStates, type LauncherState } from './state-file.ts';

/**
 * Removes what launchers left that are no more: by their state files, and by the names that carry
 * their pids. Touches nothing of a launcher that is alive. Gives what was removed, in words.
 */
export async function cleanLeftovers(base: string): Promise<string[]> {
  const removed: string[] = [];
  for (const { directory, state, alive } of findStates(base)) {
    if (alive) continue;
    if (state) removed.push(...(await cleanState(state)));
    rmSync(directory, { recursive: true, force: true });
  }
  for (const namespace of abandonedNamespaces()) removed.push(...(await cleanNamespace(namespace)));
  for (const name of await abandonedInterfaces()) {
    await deleteInterface(name);
    removed.push(`interface ${name}`);
  }
  return removed;
}

async function cleanState(state: LauncherState): Promise<string[]> {
  const removed: string[] = [];
  for (const child of state.children) {
    if (!isAlive(child)) continue;
    killGroup(child.pid);
    removed.push(`process ${child.pid}`);
  }
  for (const path of state.namespaces) {
    if (!existsSync(path)) continue;
    const namespace = networkNamespace(basename(path), dirname(path));
    removed.push(...(await cleanNamespace(namespace)));
  }
  return removed;
}

/** Ends what still runs in a namespace, then removes it with its interfaces. */
export async function cleanNamespace(namespace: NetworkNamespace): Promise<string[]> {
  for (const pid of processesIn(namespace)) kill(pid);
  await deleteNamespace(namespace);
  return [`namespace ${namespace.name}`];
}

/** Kills a child that was started as the leader of its own process group, and all of the group. */
export function killGroup(pid: number): void {
  kill(-pid);
  kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function abandonedNamespaces(): NetworkNamespace[] {
  if (!existsSync(NAMED_NAMESPACES)) return [];
  return readdirSync(NAMED_NAMESPACES)
    .filter((name) => isAbandoned(launcherOf(name)))
    .map((name) => networkNamespace(name));
}

const isAbandoned = (pid: number | undefined): boolean =>
  pid !== undefined && identifyProcess(pid) === undefined;

/** Marks our interface in the caller's namespace: pids of another pid namespace mean nothing here. */
export const interfaceMark = (): string => `kerbside launcher in ${pidNamespace()}`;

async function abandonedInterfaces(): Promise<string[]> {
  const text = await runTool('ip', ['-json', 'link', 'show']).catch(() => '[]');
  const links = JSON.parse(text || '[]') as readonly { ifname: string; ifalias?: string }[];
  return links
    .filter((link) => isAbandoned(launcherOf(link.ifname)) && link.ifalias === interfaceMark())
    .map((link) => link.ifname);
}
