import { expect } from 'vitest';
import { connect } from '../src/database/connection.ts';
import { expectedOpen } from './children/workload.ts';

/**
 * Checks that the database is whole and holds exactly the first facts of the workload, in order,
 * each with all its rows; returns how many.
 */
export function inspectWorkload(file: string): number {
  const db = connect(file);
  try {
    expect(db.prepare('PRAGMA integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }]);
    const facts = db
      .prepare(`SELECT "at", "type" FROM "JournalEntry" WHERE "source" <> 'v2g' ORDER BY "id"`)
      .all() as { at: number; type: string }[];
    expect(facts.map(({ at }) => at)).toEqual(Array.from({ length: facts.length }, (_, n) => n));

    const open = db
      .prepare(
        `SELECT "key" AS "transaction", "lastMeter" FROM "Transaction"
         WHERE "stopped" IS NULL ORDER BY "started"`,
      )
      .all() as { transaction: string; lastMeter: number }[];
    const rows = open.map(({ transaction, lastMeter }) => ({ transaction, lastMeter }));
    expect(rows).toEqual(expectedOpen(facts.length));

    const messages = db.prepare(`SELECT "fact" FROM "OcppMessage" ORDER BY "id"`).all() as {
      fact: string;
    }[];
    expect(messages.map(({ fact }) => Number(fact))).toEqual(
      facts.filter(({ type }) => type.startsWith('transaction.')).map(({ at }) => at),
    );
    return facts.length;
  } finally {
    db.close();
  }
}
