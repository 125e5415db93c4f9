import { accessSync, constants, lstatSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortError } from '@kerbside/kernel';

/**
 * The directory of all launchers of this user: state files and sockets, gone after a reboot. Its path
 * is short, since a Unix socket's may have 107 bytes only.
 */
export function runtimeBase(env: NodeJS.ProcessEnv = process.env): string {
  const uid = process.getuid?.() ?? 0;
  const candidates = [
    ...(uid === 0 ? ['/run'] : []),
    ...(env['XDG_RUNTIME_DIR'] ? [env['XDG_RUNTIME_DIR']] : []),
  ];
  const parent = candidates.find(isWritable);
  const base = parent ? join(parent, 'kerbside') : join(tmpdir(), `kerbside-${uid}`);
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const { uid: owner } = lstatSync(base);
  if (!lstatSync(base).isDirectory() || owner !== uid) {
    // Anybody may have made a directory of this name in /tmp.
    throw new PortError('foreign-directory', `${base} is not a directory of this user`);
  }
  return base;
}

/** Removes the base where no other launcher uses it. */
export function removeIfEmpty(directory: string): void {
  try {
    if (readdirSync(directory).length === 0) rmdirSync(directory);
  } catch {
    // Another launcher has just put something there, or removed it.
  }
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
