import { copyFileSync, existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '@kerbside/host';
import { seconds } from '@kerbside/kernel';
import type { Machine } from './machine.ts';
import { repository } from './repository.ts';

const PACKAGES = ['iproute2', 'procps', 'util-linux', 'libstdc++6'];
/** Kept between runs, since making it takes most of a minute. */
const folder = join(tmpdir(), 'kerbside-debian-bookworm');
const finished = join(folder, '.complete');

/**
 * Makes a minimal Debian, with the running Node.js copied in, unless one is kept from before.
 * Gives its folder, or why there can't be one.
 */
export async function debianRoot(): Promise<
  { readonly folder: string } | { readonly reason: string }
> {
  // The folder's name is known to everybody: what others put there is not run as root.
  if (existsSync(folder) && (lstatSync(folder).uid !== 0 || !existsSync(finished))) {
    rmSync(folder, { recursive: true, force: true });
  }
  if (!existsSync(finished)) {
    mkdirSync(folder, { mode: 0o755 });
    const include = `--include=${PACKAGES.join(',')}`;
    try {
      await runTool('debootstrap', ['--variant=minbase', include, 'bookworm', folder], {
        limit: seconds(110),
      });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      const text = error instanceof Error ? error.message : String(error);
      return { reason: `debootstrap failed: ${text.split('\n').at(-1)}` };
    }
    writeFileSync(finished, '');
  }
  copyFileSync(process.execPath, join(folder, 'usr/bin/node'));
  return { folder };
}

/** Mounts what a program needs there, in the machine alone: it goes with the machine. */
export async function mountInto(machine: Machine, root: string): Promise<void> {
  const project = join(root, 'kerbside');
  mkdirSync(project, { recursive: true });
  await machine.run('mount', ['--bind', repository, project]);
  await machine.run('mount', ['-o', 'remount,bind,ro', project]);
  await machine.run('mount', ['-t', 'proc', 'proc', join(root, 'proc')]);
  await machine.run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', join(root, 'run')]);
  await machine.run('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', join(root, 'tmp')]);
}
