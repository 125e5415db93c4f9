import { addNamespace, deleteNamespace, type NetworkNamespace, processesIn } from '@kerbside/host';
import { afterAll, afterEach } from 'vitest';

export interface Cleanup {
  /** Remembers how to take something back; the last is taken back first. */
  add(act: () => Promise<unknown> | unknown): void;
  /** A name that nothing else on the machine has, at most 15 characters. */
  name(what: string): string;
  /** A network namespace, removed at the end with every process in it. */
  namespace(what: string): Promise<NetworkNamespace>;
}

let count = 0;

/** Takes back what tests made, whether they pass or fail: at the end of the file, or of each test. */
export function cleanup(when: 'file' | 'test' = 'file'): Cleanup {
  const acts: (() => Promise<unknown> | unknown)[] = [];
  const all = async (): Promise<void> => {
    const errors: unknown[] = [];
    for (let act = acts.pop(); act; act = acts.pop()) {
      try {
        await act();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'not all could be taken back');
  };
  if (when === 'file') afterAll(all);
  else afterEach(all);
  const name = (what: string): string => {
    count += 1;
    return `kbt-${(process.pid % 46_656).toString(36)}${count.toString(36)}-${what}`.slice(0, 15);
  };
  return {
    add: (act) => void acts.push(act),
    name,
    async namespace(what) {
      const namespace = await addNamespace(name(what));
      acts.push(async () => {
        for (const pid of processesIn(namespace)) process.kill(pid, 'SIGKILL');
        await deleteNamespace(namespace);
      });
      return namespace;
    },
  };
}
