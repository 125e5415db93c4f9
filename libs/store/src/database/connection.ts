import Database from 'libsql';

export type Connection = Database.Database;
export type Statement = Database.Statement<unknown[]>;

/** Opens one connection with the settings that the data needs. SQLite runs on the caller's thread. */
export function connect(file: string): Connection {
  const db = new Database(file, { timeout: 5000 });
  db.exec('PRAGMA foreign_keys=ON');
  return db;
}

/** Every commit waits for the disk: for what must not be lost. */
export const FULL_SYNC = 'PRAGMA synchronous=FULL';
/** A commit may be lost in a power cut, but never the order of commits, nor the file. */
export const NORMAL_SYNC = 'PRAGMA synchronous=NORMAL';
