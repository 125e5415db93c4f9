import { openSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of `sun_path` that a path may fill, without the closing zero. */
const LONGEST = 107;

/**
 * A path under which the Unix socket `name` in `directory` can be bound or reached, whatever the
 * length of the directory's path: a long one goes through a descriptor of the directory, which
 * stays open as long as the process lives.
 */
export function localSocketPath(directory: string, name: string): string {
  const plain = join(directory, name);
  if (Buffer.byteLength(plain) <= LONGEST) return plain;
  return `/proc/self/fd/${openSync(directory, 'r')}/${name}`;
}
