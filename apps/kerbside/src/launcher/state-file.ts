import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, type ProcessIdentity } from '@kerbside/host';

/** What a launcher has made, kept so that the next one can clean up after one that was killed. */
export interface LauncherState {
  readonly launcher: ProcessIdentity;
  readonly data: string;
  readonly children: readonly ProcessIdentity[];
  /** Files that hold network namespaces. */
  readonly namespaces: readonly string[];
  /** Interfaces in the caller's namespace. */
  readonly interfaces: readonly string[];
}

const FILE = 'state.json';

/** Replaces the state file as a whole, so that a killed launcher leaves the old or the new one. */
export function writeState(directory: string, state: LauncherState): void {
  writeFileSync(join(directory, `${FILE}.new`), JSON.stringify(state), { mode: 0o600 });
  renameSync(join(directory, `${FILE}.new`), join(directory, FILE));
}

/** Makes the launcher's own directory in `base`, which holds its state from the first moment. */
export function createOwnDirectory(base: string, state: LauncherState): string {
  const directory = join(base, String(state.launcher.pid));
  const unfinished = join(base, `.${state.launcher.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeState(unfinished, state);
  renameSync(unfinished, directory);
  return directory;
}

export interface FoundState {
  readonly directory: string;
  /** Absent: the file is damaged. */
  readonly state?: LauncherState;
  readonly alive: boolean;
}

/** The launchers that have a directory in `base`. */
export function findStates(base: string): FoundState[] {
  return readdirSync(base)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const directory = join(base, name);
      const state = readState(directory);
      if (state === undefined) return { directory, alive: false };
      return { directory, state, alive: isAlive(state.launcher) };
    });
}

function readState(directory: string): LauncherState | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, FILE), 'utf8')) as LauncherState;
  } catch {
    return undefined;
  }
}
