import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { EXIT_WITH_PARENT, type PassedListener, runTool } from '@kerbside/host';

/** What the launcher outside tells the one that it starts inside a user namespace. */
export interface InnerFacts {
  /** Runtime directory of all launchers of this user. */
  readonly base: string;
  /** Ports of the passed listeners, in the order of their descriptors from 3 on: web, csms web. */
  readonly ports: readonly number[];
  /** Unix socket that leads to a CSMS outside. */
  readonly csmsSocket?: string;
}

const VARIABLE = 'KERBSIDE_LAUNCHER_INSIDE';

/** Exit code by which the launcher inside says: no network can be made here either. */
export const NO_NETWORK = 77;

export function innerFacts(env: NodeJS.ProcessEnv = process.env): InnerFacts | undefined {
  const text = env[VARIABLE];
  return text === undefined ? undefined : (JSON.parse(text) as InnerFacts);
}

/** Whether an ordinary user may make namespaces of his own here. */
export async function userNamespacesAllowed(): Promise<boolean> {
  return await runTool('unshare', ['-Urnm', 'true']).then(
    () => true,
    () => false,
  );
}

/**
 * Runs the launcher again as root of a user namespace of its own, with its own network and mounts,
 * and gives its exit code. Stop requests are passed on; when this process dies, the one inside ends.
 */
export async function runInside(
  command: readonly string[],
  facts: InnerFacts,
  listeners: readonly PassedListener[],
): Promise<number> {
  const child = spawn('unshare', ['-Urnm', '--', ...command], {
    detached: true,
    env: { ...process.env, [VARIABLE]: JSON.stringify(facts), [EXIT_WITH_PARENT]: '1' },
    stdio: ['pipe', 'inherit', 'inherit', ...listeners.map((listener) => listener.fd)],
  });
  const passOn = (): void => void child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, passOn);
  child.stdin?.on('error', () => {});
  const [code] = (await once(child, 'exit')) as [number | null];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, passOn);
  return code ?? 1;
}
