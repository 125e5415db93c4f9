import {
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  type WriteStream,
} from 'node:fs';
import { join } from 'node:path';

/** Bytes after which a log makes way for a new one; the one before is kept. */
const LONGEST = 10_000_000;

export interface LogFile {
  readonly path: string;
  write(line: string): void;
  /** The last lines, to show what a program said before it ended. */
  tail(lines: number): string[];
  close(): Promise<void>;
}

/** Opens the log of one program, for adding to it. */
export function openLog(directory: string, name: string, longest = LONGEST): LogFile {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${name}.log`);
  let size = existsSync(path) ? statSync(path).size : 0;
  let closed = false;
  // A full disk must not end the bench: the last lines are still here.
  const fail = (): void => void (closed = true);
  const open = (): WriteStream | undefined => {
    try {
      return createWriteStream(path, { fd: openSync(path, 'a', 0o600) }).on('error', fail);
    } catch {
      fail();
      return undefined;
    }
  };
  const makeWay = (): void => {
    if (size < longest) return;
    size = 0;
    renameSync(path, `${path}.1`);
  };
  const last: string[] = [];
  makeWay();
  let stream = open();
  return {
    path,
    write(line) {
      last.push(line);
      if (last.length > 50) last.shift();
      if (closed) return;
      size += Buffer.byteLength(line) + 1;
      stream?.write(`${line}\n`);
      if (size < longest) return;
      // What is in the pipe still goes to the file of the former name.
      makeWay();
      stream?.end();
      stream = open();
    },
    tail: (lines) => last.slice(-lines),
    close: () =>
      new Promise((resolve) => {
        if (closed || !stream) resolve();
        else stream.end(resolve);
        closed = true;
      }),
  };
}
