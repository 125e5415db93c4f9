import { rmSync } from 'node:fs';
import { identifyProcess, NAMED_NAMESPACES, type ProcessIdentity } from '@kerbside/host';
import { InternalError, PortError } from '@kerbside/kernel';
import { killGroup } from './leftovers.ts';
import { type BenchNames, namesFor } from './names.ts';
import { namespacePaths } from './network.ts';
import { createOwnDirectory, findStates, type LauncherState, writeState } from './state-file.ts';

/** This launcher's directory, its state file kept up to date. */
export interface OwnState {
  readonly directory: string;
  readonly names: BenchNames;
  /** Where its namespaces are held. */
  readonly namespaces: string;
  /** Notes the process that runs for a child now. */
  child(name: string, pid: number | undefined): void;
  /** Ends all children at once, for a person who won't wait. */
  killChildren(): void;
  remove(): void;
}

/** Takes possession of the data directory, or says which launcher has it. */
export function createOwnState(base: string, data: string, inside: boolean): OwnState {
  const other = findStates(base).find((found) => found.alive && found.state?.data === data);
  if (other?.state) {
    throw new PortError(
      'already-running',
      `a bench runs already on ${data} (process ${other.state.launcher.pid}); ` +
        'stop it, or give this one another directory: --data DIR',
    );
  }
  const launcher = identifyProcess(process.pid);
  if (!launcher) throw new InternalError('this process is not in /proc');
  const names = namesFor(process.pid);
  const namespaces = inside ? `${base}/${process.pid}/netns` : NAMED_NAMESPACES;
  const children = new Map<string, ProcessIdentity>();
  const state = (): LauncherState => ({
    launcher,
    data,
    children: [...children.values()],
    namespaces: namespacePaths(names, namespaces),
    interfaces: [names.service],
  });
  const directory = createOwnDirectory(base, state());
  return {
    directory,
    names,
    namespaces,
    child(name, pid) {
      const identity = pid === undefined ? undefined : identifyProcess(pid);
      if (identity) children.set(name, identity);
      else children.delete(name);
      writeState(directory, state());
    },
    killChildren() {
      for (const { pid } of children.values()) killGroup(pid);
    },
    remove() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
