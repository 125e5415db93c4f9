import { PortError, type KerbsideErrorOptions } from '@kerbside/kernel';

/** Another process uses the same data. */
export class DatabaseLocked extends PortError {
  readonly pid: number | undefined;

  constructor(path: string, pid: number | undefined) {
    const who = pid === undefined ? 'another process' : `process ${pid}`;
    super(
      'store.locked',
      `${who} already uses ${path}. Stop it first, or give this one a data directory of its own.`,
    );
    this.pid = pid;
  }
}

/** The database was written by a newer version of the program. */
export class DatabaseNewer extends PortError {
  constructor(path: string, migrations: readonly string[]) {
    super(
      'store.newer',
      `${path} was written by a newer version of Kerbside (it holds ${migrations.join(', ')}). ` +
        'Install that version or a newer one, or restore the backup made before the update.',
    );
  }
}

export class DatabaseDamaged extends PortError {
  constructor(path: string, finding: string, options: KerbsideErrorOptions = {}) {
    super(
      'store.damaged',
      `${path} is damaged: ${finding}. Nothing was changed. Copy the file together with its -wal ` +
        'and -shm neighbours to a safe place, then restore a backup, or move it away to start anew: ' +
        'transactions that were not delivered yet are only in this file.',
      options,
    );
  }
}

/** The file is something else. */
export class NotOurDatabase extends PortError {
  constructor(path: string, finding: string) {
    super(
      'store.foreign',
      `${path} is not a database of Kerbside: ${finding}. Nothing was changed. ` +
        'Point Kerbside at its own data directory, or move this file away.',
    );
  }
}

export class DiskFull extends PortError {
  constructor(path: string, options: KerbsideErrorOptions = {}) {
    super(
      'store.disk-full',
      `no space is left on the disk of ${path}. Free some space; what is not yet written ` +
        'is tried again until it is.',
      options,
    );
  }
}

export class DiskReadOnly extends PortError {
  constructor(path: string, options: KerbsideErrorOptions = {}) {
    super(
      'store.read-only',
      `${path} cannot be written: the disk is mounted read-only, or the permissions forbid it. ` +
        'A disk that became read-only by itself is often failing: look at the kernel log.',
      options,
    );
  }
}

/** A migration that was already applied has another text now: the installation was tampered with. */
export class MigrationEdited extends PortError {
  constructor(path: string, migration: string) {
    super(
      'store.migration-edited',
      `migration ${migration} was edited after it was applied to ${path}. ` +
        'Reinstall Kerbside: its files do not belong together.',
    );
  }
}

export class MigrationFailed extends PortError {
  constructor(path: string, migration: string, reason: string, options: KerbsideErrorOptions = {}) {
    super(
      'store.migration-failed',
      `migration ${migration} failed on ${path} and was rolled back: ${reason}. ` +
        'The database is as it was before: the version before the update still runs on it.',
      options,
    );
  }
}

/** The disk did something that has no name of its own. */
export class DiskFailed extends PortError {
  constructor(path: string, reason: string, options: KerbsideErrorOptions = {}) {
    super('store.io', `reading or writing ${path} failed: ${reason}`, options);
  }
}

/** One batch could never be written (a bug): the others are not touched. */
export class BatchRefused extends PortError {
  constructor(reason: string) {
    super('store.refused', `the database refused the batch: ${reason}`);
  }
}

/** Not on disk in time; it is still being tried. */
export class StoreSlow extends PortError {
  constructor(milliseconds: number) {
    super('store.slow', `not on disk after ${milliseconds} ms`);
  }
}

export class StoreClosed extends PortError {
  constructor() {
    super('store.closed', 'the store is closed');
  }
}

/** The writer thread is gone and could not be started again yet. */
export class WriterLost extends PortError {
  constructor(reason: string, options: KerbsideErrorOptions = {}) {
    super('store.writer-lost', `the writer thread is gone: ${reason}`, options);
  }
}
