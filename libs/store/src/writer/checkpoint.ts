import type { Connection } from '../database/connection.ts';
import { enter, type Guard, leave } from './guard.ts';

/** Rows after which a pause is used to move the WAL into the database: some 2 MB. */
const ENOUGH = 500;
/** Rows after which it is done at once, so that the WAL stays bounded under steady load. */
const TOO_MANY = 8_000;
const PAUSE_MS = 25;

export interface Checkpointer {
  /** A group that changed this many rows was committed. */
  written(rows: number): void;
  /** Empties the WAL: a database that was closed in peace is one file. */
  finish(): void;
}

/** Moves the WAL into the database in the pauses between commits, so that no commit waits for it. */
export function createCheckpointer(db: Connection, guard: Guard): Checkpointer {
  let timer: NodeJS.Timeout | undefined;
  let waiting = 0;

  function checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): void {
    if (timer) clearTimeout(timer);
    timer = undefined;
    waiting = 0;
    try {
      db.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
    } catch {
      // the next commit, or the next start, meets the same disk and reports it
    }
  }

  function inPause(): void {
    enter(guard);
    checkpoint('PASSIVE');
    leave(guard);
  }

  return {
    written(rows) {
      // a commit rewrites a few pages besides those of its rows
      waiting += rows + 2;
      if (timer) clearTimeout(timer);
      timer = undefined;
      if (waiting >= TOO_MANY) inPause();
      else if (waiting >= ENOUGH) timer = setTimeout(inPause, PAUSE_MS);
    },
    finish: () => checkpoint('TRUNCATE'),
  };
}
