import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { opened, openingLine } from './opened.ts';

const NOBODY = 65_534;

/** An ordinary user to whom the kernel refuses namespaces of his own, as it does to everybody inside a chroot. */
export function userWithoutNamespaces(): {
  readonly as: {
    readonly command: readonly string[];
    readonly uid: number;
    /** Where the user finds a file of the project, or `node`. */
    readonly open: (path: string) => string;
  };
  remove(): void;
} {
  const root = mkdtempSync(path.join(tmpdir(), 'kbt-root-'));
  const enter = `${openingLine} && mount --rbind / "$0" && root="$0" && exec chroot --userspec=${NOBODY}:${NOBODY} --groups= "$root" "$@"`;
  return {
    as: {
      command: ['unshare', '--mount', '--propagation=private', '--', 'sh', '-c', enter, root],
      uid: NOBODY,
      open: opened,
    },
    remove: () => rmdirSync(root),
  };
}
