import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool, ToolError, type ToolOptions } from '../process/run-tool.ts';

/** Where `ip netns` keeps the names of namespaces. */
export const NAMED_NAMESPACES = '/run/netns';

export interface NetworkNamespace {
  readonly name: string;
  /** The file that holds the namespace. Tools take it wherever they take a name. */
  readonly path: string;
}

/** The namespace of this name, whether it exists or not. */
export function networkNamespace(name: string, directory = NAMED_NAMESPACES): NetworkNamespace {
  return { name, path: join(directory, name) };
}

/**
 * Adds a network namespace, its loopback up. In `/run/netns` it is one of `ip netns`; any other
 * directory serves where that one can't be written, as in a user namespace.
 */
export async function addNamespace(
  name: string,
  directory = NAMED_NAMESPACES,
): Promise<NetworkNamespace> {
  const namespace = networkNamespace(name, directory);
  if (directory === NAMED_NAMESPACES) {
    await runTool('ip', ['netns', 'add', name]);
  } else {
    mkdirSync(directory, { recursive: true });
    writeFileSync(namespace.path, '', { flag: 'wx' });
    await runTool('unshare', [`--net=${namespace.path}`, 'true']);
  }
  await runInNamespace(namespace, 'ip', ['link', 'set', 'lo', 'up']);
  return namespace;
}

/** Removes a namespace; interfaces in it go with it, as soon as no process is left in it. */
export async function deleteNamespace(namespace: NetworkNamespace): Promise<void> {
  if (!existsSync(namespace.path)) return;
  if (namespace.path === join(NAMED_NAMESPACES, namespace.name)) {
    await runTool('ip', ['netns', 'delete', namespace.name]);
    return;
  }
  await runTool('umount', [namespace.path]).catch((error: unknown) => {
    // The user namespace that held the mount may be gone, and the mount with it.
    if (!(error instanceof ToolError)) throw error;
  });
  rmSync(namespace.path, { force: true });
}

/** The command that runs `command` inside the namespace, for anything that takes an argument list. */
export function inNamespace(
  namespace: NetworkNamespace,
  command: string,
  args: readonly string[],
): readonly [command: string, args: readonly string[]] {
  // `ip netns exec` mounts /sys anew, which fails in a chroot; nsenter changes the network alone.
  return ['nsenter', [`--net=${namespace.path}`, '--', command, ...args]];
}

/** Runs a tool inside the namespace and gives what it printed. */
export function runInNamespace(
  namespace: NetworkNamespace,
  command: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<string> {
  return runTool(...inNamespace(namespace, command, args), options);
}

/** Starts a process inside the namespace. Its pid is the command's own: nsenter replaces itself by it. */
export function spawnInNamespace(
  namespace: NetworkNamespace,
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  return spawn(...inNamespace(namespace, command, args), options);
}

/** The pids of the processes that are inside the namespace. */
export function processesIn(namespace: NetworkNamespace): number[] {
  const inode = inodeOf(namespace.path);
  if (inode === undefined) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && inodeOf(`/proc/${entry}/ns/net`) === inode)
    .map(Number);
}

function inodeOf(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true }).ino;
  } catch {
    return undefined;
  }
}
