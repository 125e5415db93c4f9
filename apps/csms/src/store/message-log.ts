import type { Connection } from '@kerbside/store';
import { inTransaction } from './open-database.ts';

const KEPT = 20_000;
const LONGEST = 16_384;
const FLUSH_AFTER_MS = 300;

interface Line {
  readonly at: number;
  readonly station: string;
  readonly direction: 'in' | 'out';
  readonly text: string;
}

/** The newest frames as they passed; written in batches, since nothing depends on them. */
export class MessageLog {
  readonly #db: Connection;
  readonly #insert;
  readonly #prune;
  readonly #failed: (error: unknown) => void;
  #lines: Line[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Connection, failed: (error: unknown) => void) {
    this.#db = db;
    this.#failed = failed;
    this.#insert = db.prepare(
      `INSERT INTO "Message" ("at", "station", "direction", "text") VALUES (?, ?, ?, ?)`,
    );
    this.#prune = db.prepare(
      `DELETE FROM "Message" WHERE "id" <= (SELECT MAX("id") FROM "Message") - ?`,
    );
  }

  add(line: Line): void {
    // A flood of frames faster than the disk: the newest are kept.
    if (this.#lines.length >= KEPT) this.#lines.shift();
    this.#lines.push({ ...line, text: line.text.slice(0, LONGEST) });
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length === 0) return;
    try {
      inTransaction(this.#db, () => {
        for (const { at, station, direction, text } of lines)
          this.#insert.run(at, station, direction, text);
        this.#prune.run(KEPT);
      });
    } catch (error) {
      this.#failed(error);
    }
  }
}
