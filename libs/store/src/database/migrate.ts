import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseNewer, MigrationEdited, MigrationFailed } from '../errors.ts';
import type { Connection } from './connection.ts';
import { isDiskFailure, reportOf, storageError } from './sqlite-error.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

// as `prisma migrate deploy` makes it, so that Prisma's tools understand the database
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .filter((name) => existsSync(path.join(directory, name, 'migration.sql')))
    .toSorted()
    .map((name) => {
      const bytes = readFileSync(path.join(directory, name, 'migration.sql'));
      const checksum = createHash('sha256').update(bytes).digest('hex');
      return { name, sql: bytes.toString('utf8'), checksum };
    });
}

function applied(db: Connection): Map<string, string> {
  const rows = db
    .prepare(
      `SELECT "migration_name" AS name, "checksum" FROM "_prisma_migrations"
       WHERE "rolled_back_at" IS NULL AND "finished_at" IS NOT NULL`,
    )
    .all() as { name: string; checksum: string }[];
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function apply(db: Connection, migration: Migration): void {
  // Prisma's redefinition of tables turns foreign keys off, which does nothing inside a transaction
  const redefines = /PRAGMA\s+foreign_keys\s*=\s*OFF/i.test(migration.sql);
  if (redefines) db.exec('PRAGMA foreign_keys=OFF');
  try {
    db.exec('BEGIN IMMEDIATE');
    db.exec(migration.sql);
    const broken = db.prepare('PRAGMA foreign_key_check').all();
    if (broken.length > 0) throw new Error(`${broken.length} rows refer to rows that are gone`);
    const now = new Date().toISOString().replace('Z', '+00:00');
    db.prepare(
      `INSERT INTO "_prisma_migrations"
       ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES (?, ?, ?, ?, ?, 1)`,
    ).run(randomUUID(), migration.checksum, migration.name, now, now);
    db.exec('COMMIT');
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    if (redefines) db.exec('PRAGMA foreign_keys=ON');
  }
}

/**
 * Applies the migrations that the database lacks, each whole or not at all, and returns their names.
 * Throws before it changes anything when the database is newer than `directory`, or differs from it.
 */
export function migrate(db: Connection, file: string, directory: string): string[] {
  const migrations = readMigrations(directory);
  db.exec(TABLE);
  const done = applied(db);
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...done.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new DatabaseNewer(file, unknown);
  for (const { name, checksum } of migrations)
    if (done.has(name) && done.get(name) !== checksum) throw new MigrationEdited(file, name);

  const pending = migrations.filter(({ name }) => !done.has(name));
  for (const migration of pending) {
    try {
      apply(db, migration);
    } catch (error) {
      const report = reportOf(error);
      if (isDiskFailure(report)) throw storageError(file, report, error);
      throw new MigrationFailed(file, migration.name, report.message, { cause: error });
    }
  }
  return pending.map(({ name }) => name);
}
