import path from 'node:path';
import { type Connection, connect, FULL_SYNC, lockData, prepareDatabase } from '@kerbside/store';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../../../prisma/csms-sqlite/migrations');

export interface CsmsDatabase {
  readonly db: Connection;
  close(): void;
}

/** Opens the database of the CSMS: locked for this process, migrated, every commit synced. */
export function openDatabase(directory: string): CsmsDatabase {
  const file = path.join(directory, 'csms.db');
  const lock = lockData(file);
  try {
    prepareDatabase(file, MIGRATIONS);
    const db = connect(file);
    db.exec('PRAGMA journal_mode=WAL');
    db.exec(FULL_SYNC);
    return {
      db,
      close() {
        db.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Runs `work` as one transaction: whole and synced, or not at all. */
export function inTransaction<T>(db: Connection, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}
