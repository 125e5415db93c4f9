import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { PortError } from '@kerbside/kernel';
import { DatabaseDamaged, NotOurDatabase } from '../errors.ts';
import { type Connection, connect, FULL_SYNC } from './connection.ts';
import { migrate } from './migrate.ts';
import { reportOf, storageError } from './sqlite-error.ts';

/** `KERB` as SQLite's application id. */
const APPLICATION_ID = 0x4b455242;
/** Up to this size the whole file is checked at start; above, all but the journal. */
const CHECK_WHOLE_BYTES = 64 * 1024 * 1024;
const MAGIC = 'SQLite format 3\0';

/** Where the program keeps the migrations of this database. */
export const MIGRATIONS = path.resolve(
  import.meta.dirname,
  '../../../../prisma/charger/migrations',
);

/** Everything that this file does to the disk fails with an error of ours. */
function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PortError) throw error;
    throw storageError(file, reportOf(error), error);
  }
}

export interface Prepared {
  readonly fresh: boolean;
  /** Migrations that were applied now. */
  readonly migrated: readonly string[];
}

/** Makes the file ready for the threads: created, or checked and migrated. Never a silent fresh start. */
export function prepareDatabase(file: string, migrations: string): Prepared {
  return guarded(file, () => {
    if (!existsSync(file)) {
      if (existsSync(`${file}-wal`))
        throw new DatabaseDamaged(file, 'the file is gone, but its -wal neighbour is there');
      return { fresh: true, migrated: create(file, migrations) };
    }
    examineHeader(file);
    const db = connect(file);
    try {
      examine(db, file);
      db.exec('PRAGMA journal_mode=WAL');
      db.exec(FULL_SYNC);
      return { fresh: false, migrated: migrate(db, file, migrations) };
    } finally {
      db.close();
    }
  });
}

/** Built beside and renamed: a power cut in the first start leaves no half database. */
function create(file: string, migrations: string): string[] {
  const draft = `${file}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(draft + suffix, { force: true });
  const db = connect(draft);
  let migrated: string[];
  try {
    db.exec('PRAGMA auto_vacuum=INCREMENTAL');
    db.exec(`PRAGMA application_id=${APPLICATION_ID}`);
    db.exec(FULL_SYNC);
    migrated = migrate(db, file, migrations);
    db.exec('PRAGMA journal_mode=WAL');
  } finally {
    db.close();
  }
  sync(draft);
  renameSync(draft, file);
  sync(path.dirname(file));
  return migrated;
}

function sync(place: string): void {
  const descriptor = openSync(place, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function examineHeader(file: string): void {
  if (!statSync(file).isFile()) throw new NotOurDatabase(file, 'it is not a file');
  if (statSync(file).size === 0) throw new DatabaseDamaged(file, 'the file is empty');
  const header = Buffer.alloc(16);
  const descriptor = openSync(file, 'r+');
  try {
    readSync(descriptor, header, 0, 16, 0);
  } finally {
    closeSync(descriptor);
  }
  // a first page full of zeros is what a failing flash leaves
  if (header.every((byte) => byte === 0))
    throw new DatabaseDamaged(file, 'its first page is empty');
  if (header.toString('latin1') !== MAGIC)
    throw new NotOurDatabase(file, 'it does not begin as SQLite files do');
}

function examine(db: Connection, file: string): void {
  const tables = (
    db.prepare(`SELECT "name" FROM sqlite_master WHERE "type" = 'table'`).all() as {
      name: string;
    }[]
  ).map((row) => row.name);
  const { application_id: id } = db.prepare('PRAGMA application_id').get() as {
    application_id: number;
  };
  if (id !== APPLICATION_ID || !tables.includes('_prisma_migrations'))
    throw new NotOurDatabase(
      file,
      tables.length === 0 ? 'it holds no tables' : `it holds the tables of something else`,
    );
  const whole = statSync(file).size <= CHECK_WHOLE_BYTES;
  const parts = whole ? [''] : tables.filter((name) => name !== 'JournalEntry');
  for (const part of parts) {
    const argument = part === '' ? '(3)' : `("${part}")`;
    const findings = db.prepare(`PRAGMA quick_check${argument}`).all() as { quick_check: string }[];
    const wrong = findings.map((row) => row.quick_check).filter((text) => text !== 'ok');
    if (wrong.length > 0) throw new DatabaseDamaged(file, wrong.slice(0, 3).join('; '));
  }
}
