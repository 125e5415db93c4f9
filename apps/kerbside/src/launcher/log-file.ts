import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes after which a log makes way for a new one at the next start; the one before is kept. */
const LONGEST = 10_000_000;

export interface LogFile {
  readonly path: string;
  write(line: string): void;
  /** The last lines, to show what a program said before it ended. */
  tail(lines: number): string[];
  close(): Promise<void>;
}

/** Opens the log of one program, for adding to it. */
export function openLog(directory: string, name: string): LogFile {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.log`);
  if (existsSync(path) && statSync(path).size > LONGEST) renameSync(path, `${path}.1`);
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  const last: string[] = [];
  let closed = false;
  // A full disk must not end the bench: the last lines are still here.
  stream.on('error', () => (closed = true));
  return {
    path,
    write(line) {
      last.push(line);
      if (last.length > 50) last.shift();
      if (!closed) stream.write(`${line}\n`);
    },
    tail: (lines) => last.slice(-lines),
    close: () =>
      new Promise((resolve) => {
        if (closed) resolve();
        else stream.end(resolve);
        closed = true;
      }),
  };
}
