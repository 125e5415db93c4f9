import type { Connection } from '../database/connection.ts';

/** Pages in the WAL (4 KiB each) from which a pause is used to move them into the database. */
const ENOUGH = 500;
/** Pages from which it is done at once, so that the WAL stays bounded under steady load. */
const TOO_MANY = 8_000;
const PAUSE_MS = 25;

/** Moves the WAL into the database in the pauses between commits, so that no commit waits for it. */
export function createCheckpointer(db: Connection): { written(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  // counted by SQLite: a checkpoint that does nothing tells how long the WAL is
  const walPages = () => {
    const row = db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as { log: number } | undefined;
    return row?.log ?? 0;
  };
  let commits = 0;

  function checkpoint(): void {
    timer = undefined;
    commits = 0;
    try {
      walPages();
    } catch {
      // the next commit meets the same disk and reports it
    }
  }

  return {
    written() {
      commits += 1;
      if (timer) clearTimeout(timer);
      // a commit writes some four pages
      if (commits * 4 >= TOO_MANY) checkpoint();
      else if (commits * 4 >= ENOUGH) timer = setTimeout(checkpoint, PAUSE_MS);
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}
