import { randomUUID } from 'node:crypto';
import { type Clock, type Duration, type Logger, silentLogger } from '@kerbside/kernel';
import type { StoreHealth } from './client/health.ts';
import { spawnWriter } from './client/spawn-writer.ts';
import { WriterClient, type WriterEvents, type WriterThread } from './client/writer-client.ts';
import { connect } from './database/connection.ts';
import { lockData } from './database/lock.ts';
import { MIGRATIONS, prepareDatabase } from './database/prepare.ts';
import { readStartState, type StartState } from './database/start-state.ts';
import { StoreSlow } from './errors.ts';
import type { Operation } from './operations.ts';
import type { Reader } from './reader/reader.ts';
import { createReaderClient } from './reader/client.ts';
import type { WriterData } from './writer/protocol.ts';

export interface CommitReceipt {
  /** Rows that the batch changed: 0 tells that a condition of its operation did not hold. */
  readonly changes: number;
  /** Milliseconds from the call to the disk. */
  readonly elapsed: number;
}

export interface CommitOptions {
  /** Keep the batch when the disk fails, and write it when it can be written again. */
  readonly retain?: boolean;
  /** Reject with `store.slow` after this long; the batch may still be written. */
  readonly patience?: Duration;
  /** Called when the batch is on disk: also when that is long after the promise rejected. */
  readonly landed?: () => void;
}

/** The charger's database: one writer thread, one reader thread, no database call on the caller's. */
export interface Store {
  readonly path: string;
  /** What stood in the database when it was opened. */
  readonly start: StartState;
  readonly reader: Reader;
  readonly health: StoreHealth;
  onHealth(listener: (health: StoreHealth) => void): () => void;
  /**
   * Writes the operations in one transaction and resolves when they are on disk. Rejects with a
   * PortError when the disk fails or the database refuses them: then none of them took effect.
   */
  commit(operations: readonly Operation[], options?: CommitOptions): Promise<CommitReceipt>;
  /** Writes in batches, in order with the commits; may be lost in a power cut, or dropped when 8 MB wait. */
  note(operations: readonly Operation[]): void;
  /** Writes in one transaction when nothing else waits, without waiting for the disk: for upkeep. */
  background(operations: readonly Operation[]): Promise<CommitReceipt>;
  /** The next place in the order of the journal. */
  nextEntry(): number;
  /** The next place in the queue to the back-end. */
  nextMessage(): number;
  /** Writes what waits, ends the threads, gives the data free. */
  close(): Promise<void>;
  /**
   * For a process that ends now: lets the writer finish the transaction that it is in, and begin no
   * other, while the caller's thread waits, at most so long. False when it is in it still, as on a
   * dead disk. What is not written is lost.
   */
  halt(within: Duration): boolean;
  /** `close` is over, everything was written, and no thread is left. */
  readonly ended: boolean;
}

export interface StoreOptions {
  /** The database file; its directory is made when it is missing. */
  readonly path: string;
  readonly clock: Clock;
  readonly log?: Logger;
  /** Where the migrations lie; the program's own when absent. */
  readonly migrations?: string;
  /** The reader's thread ends after this long without a question, to save its memory. */
  readonly readerIdle?: Duration;
  /** Starts the writer: replaced by tests that hurt it. */
  readonly startWriter?: (data: Omit<WriterData, 'guard'>, events: WriterEvents) => WriterThread;
}

/**
 * Opens the database, creating or migrating it, and starts the writer. Throws a PortError that says
 * what to do when the data is locked, damaged, newer than the program, something else, or unwritable.
 */
export function openStore(options: StoreOptions): Store {
  const { path: file, clock, log = silentLogger, startWriter = spawnWriter } = options;
  const lock = lockData(file);
  let start: StartState;
  try {
    const { fresh, migrated } = prepareDatabase(file, options.migrations ?? MIGRATIONS);
    log.info('store.opened', { file, fresh, migrated });
    start = readOnce(file);
  } catch (error) {
    lock.release();
    throw error;
  }

  const data = { file, run: randomUUID() };
  const ports = { clock, log, file };
  const writer = new WriterClient({ ...ports, start: (events) => startWriter(data, events) });
  const reader = createReaderClient({ ...ports, idle: options.readerIdle });
  let nextEntry = start.nextEntry;
  let nextMessage = start.nextMessage;
  const health = (): StoreHealth => ({
    ...writer.health.told,
    waiting: { critical: writer.backlog.criticalCount, noteBytes: writer.backlog.noteBytes },
  });

  let closing: Promise<void> | undefined;
  let ended = false;
  async function close(): Promise<void> {
    await Promise.all([writer.close(), reader.close()]);
    ended = writer.closedInPeace;
    lock.release();
  }

  return {
    path: file,
    start,
    reader: reader.reader,
    get health() {
      return health();
    },
    onHealth: (listener) => writer.health.listen(() => listener(health())),
    commit(operations, { retain = false, patience, landed } = {}) {
      const receipt = writer.commit(operations, retain, landed);
      return patience === undefined ? receipt : inTime(receipt, clock, patience);
    },
    note: (operations) => writer.note(operations),
    background: (operations) => writer.background(operations),
    nextEntry: () => nextEntry++,
    nextMessage: () => nextMessage++,
    close: () => (closing ??= close()),
    halt: (within) => writer.halt(within),
    get ended() {
      return ended;
    },
  };
}

function readOnce(file: string): StartState {
  const db = connect(file);
  try {
    return readStartState(db);
  } finally {
    db.close();
  }
}

function inTime<T>(work: Promise<T>, clock: Clock, patience: Duration): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = clock.arm(patience, () => reject(new StoreSlow(patience)));
    work.finally(late).then(resolve, reject);
  });
}
