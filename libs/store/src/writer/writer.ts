import { type Connection, FULL_SYNC, NORMAL_SYNC, type Statement } from '../database/connection.ts';
import { isDiskFailure, reportOf } from '../database/sqlite-error.ts';
import type { Operation } from '../operations.ts';
import type { BatchOutcome, Group, Mark } from './protocol.ts';
import { prepareExecutors } from './statements.ts';

/** Executes groups on one connection. Synchronous: it owns its thread. */
export interface GroupWriter {
  /** Throws when the disk failed; then nothing of the group is in the database. */
  execute(group: Group): readonly BatchOutcome[];
  /** The newest group of this run that is on disk. */
  last(): Mark | undefined;
}

/** Writes groups of batches: one transaction each, and the mark that they are there in the same one. */
export function createGroupWriter(db: Connection, run: string): GroupWriter {
  const executors = prepareExecutors(db);
  const statements = new Map<string, Statement>();
  const perform = (sql: string) => {
    const known = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, known);
    known.run();
  };
  const putMark = db.prepare(
    `INSERT INTO "WriterMark" ("id", "run", "group", "outcomes") VALUES (1, ?, ?, ?)
     ON CONFLICT("id") DO UPDATE SET
       "run" = excluded."run", "group" = excluded."group", "outcomes" = excluded."outcomes"`,
  );
  const readMark = db.prepare(`SELECT "run", "group", "outcomes" FROM "WriterMark" WHERE "id" = 1`);
  let full: boolean | undefined;

  function synchronous(critical: boolean): void {
    if (full === critical) return;
    db.exec(critical ? FULL_SYNC : NORMAL_SYNC);
    full = critical;
  }

  function run1(operation: Operation): number {
    const executor = executors[operation.op] as ((o: Operation) => number) | undefined;
    if (!executor) throw new TypeError(`unknown operation ${String(operation.op)}`);
    return executor(operation);
  }

  /** One batch within the transaction: refused, it leaves nothing behind. */
  function write(batch: readonly Operation[]): BatchOutcome {
    perform('SAVEPOINT batch');
    try {
      let changes = 0;
      for (const operation of batch) changes += run1(operation);
      perform('RELEASE batch');
      return { changes };
    } catch (error) {
      const failure = reportOf(error);
      if (isDiskFailure(failure) || !db.inTransaction) throw error;
      perform('ROLLBACK TO batch');
      perform('RELEASE batch');
      return { refused: failure };
    }
  }

  return {
    execute(group) {
      synchronous(group.critical);
      perform('BEGIN IMMEDIATE');
      try {
        const outcomes = group.batches.map(write);
        putMark.run(run, group.group, JSON.stringify(outcomes));
        perform('COMMIT');
        return outcomes;
      } catch (error) {
        if (db.inTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    last() {
      const row = readMark.get() as { run: string; group: number; outcomes: string } | undefined;
      if (row?.run !== run) return undefined;
      return { group: row.group, outcomes: JSON.parse(row.outcomes) as BatchOutcome[] };
    },
  };
}
