import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseLocked } from '../errors.ts';
import { connect } from './connection.ts';
import { reportOf, storageError } from './sqlite-error.ts';

export interface DataLock {
  release(): void;
}

/**
 * Holds the data for this process. The kernel drops the lock with the process, however it ends:
 * a lock file that is left behind locks nothing.
 */
export function lockData(file: string): DataLock {
  const lockFile = `${file}.lock`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(lockFile, 'a', 0o600));
  } catch (error) {
    throw storageError(lockFile, reportOf(error), error);
  }
  const db = connect(lockFile);
  try {
    db.exec('PRAGMA busy_timeout=0');
    db.exec('PRAGMA journal_mode=MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const report = reportOf(error);
    if (/^SQLITE_(BUSY|LOCKED)/.test(report.code))
      throw new DatabaseLocked(file, holderOf(lockFile));
    throw storageError(lockFile, report, error);
  }
  return {
    release() {
      db.exec('ROLLBACK');
      db.close();
    },
  };
}

/** The process that holds a lock on the file, as far as the kernel tells. */
function holderOf(file: string): number | undefined {
  try {
    const inode = statSync(file).ino;
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      const [, , , mode, pid, place] = line.trim().split(/\s+/);
      if (mode === 'WRITE' && place?.endsWith(`:${inode}`) && Number(pid) > 0) return Number(pid);
    }
  } catch {
    // no /proc: the lock stands, only its holder stays unnamed
  }
  return undefined;
}
