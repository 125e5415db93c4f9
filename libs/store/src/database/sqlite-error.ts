import { statfsSync } from 'node:fs';
import path from 'node:path';
import type { PortError } from '@kerbside/kernel';
import {
  BatchRefused,
  DatabaseDamaged,
  DiskFailed,
  DiskFull,
  DiskReadOnly,
  NotOurDatabase,
} from '../errors.ts';

/** What is left of an error after it crossed a thread. */
export interface FailureReport {
  /** Result code of SQLite or of the system, such as `SQLITE_FULL`, `EROFS`. */
  readonly code: string;
  readonly message: string;
}

export function reportOf(error: unknown): FailureReport {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, message: error.message };
}

const disk =
  /^(SQLITE_(FULL|IOERR|BUSY|LOCKED|NOMEM|CANTOPEN|READONLY|CORRUPT|NOTADB|PROTOCOL|PERM|INTERRUPT)|E[A-Z]+$)/;

/** The disk's fault, not the batch's: another try may succeed. */
export const isDiskFailure = (failure: FailureReport): boolean =>
  disk.test(failure.code) || failure.message.includes('ConnectionFailed');

function noSpaceLeft(file: string): boolean {
  try {
    return statfsSync(path.dirname(file)).bavail === 0;
  } catch {
    return false;
  }
}

/** The error of ours for a failure of SQLite or of the file system. */
export function storageError(file: string, failure: FailureReport, cause?: unknown): PortError {
  const options = cause === undefined ? {} : { cause };
  const { code, message } = failure;
  if (/^SQLITE_FULL|^ENOSPC|^EDQUOT/.test(code)) return new DiskFull(file, options);
  if (/^SQLITE_READONLY|^SQLITE_PERM|^EROFS|^EACCES|^EPERM/.test(code))
    return new DiskReadOnly(file, options);
  if (code.startsWith('SQLITE_NOTADB')) return new NotOurDatabase(file, message);
  if (code.startsWith('SQLITE_CORRUPT')) return new DatabaseDamaged(file, message, options);
  // a full disk shows as an I/O error too, where SQLite grows the shared memory of the WAL
  if (isDiskFailure(failure))
    return noSpaceLeft(file)
      ? new DiskFull(file, options)
      : new DiskFailed(file, `${message} ${code}`.trim(), options);
  return new BatchRefused(`${message} ${code}`.trim());
}
