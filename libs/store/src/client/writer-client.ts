import { type Cancel, type Clock, type Duration, type Logger, millis } from '@kerbside/kernel';
import { storageError } from '../database/sqlite-error.ts';
import { BatchRefused, StoreClosed } from '../errors.ts';
import type { Operation } from '../operations.ts';
import type { BatchOutcome, FromWriter, Group, Mark, ToWriter } from '../writer/protocol.ts';
import { Backlog, NOTE_ROWS, type Settlement, type Waiting } from './backlog.ts';
import { HealthBoard } from './health.ts';

/** The writer thread, as the client sees it. */
export interface WriterThread {
  send(message: ToWriter): void;
  /**
   * Ends it by force, and `ended` follows; unless it is inside a call of the driver. Then it answers
   * or ends by itself when that call returns.
   */
  kill(): void;
  /**
   * Lets it begin no further call of the driver, and waits so long, with the caller's thread, for the
   * one that it is in. False when that has not returned.
   */
  halt(within: Duration): boolean;
}
export interface WriterEvents {
  message(message: FromWriter): void;
  ended(reason: string): void;
}

export interface WriterClientPorts {
  readonly clock: Clock;
  readonly log: Logger;
  /** Names the database in messages. */
  readonly file: string;
  start(events: WriterEvents): WriterThread;
}

/** Notes wait this long for company. */
const NOTE_WAIT = millis(200);
/** A group that takes longer makes the store slow, and then stuck: its thread is replaced. */
export const SLOW = millis(500);
export const STUCK = millis(10_000);
const RETRY = [millis(250), millis(1_000), millis(2_000)] as const;

interface Flight {
  readonly group: Group;
  readonly batches: readonly Waiting[];
  readonly sent: number;
}

/**
 * The main thread's side of the writer: one group in flight, the rest waits here. It outlives the
 * thread: what was sent and not acknowledged is sent again, and takes effect once.
 */
export class WriterClient {
  readonly backlog = new Backlog();
  readonly health: HealthBoard;
  readonly #ports: WriterClientPorts;
  #thread: WriterThread | undefined;
  #ready = false;
  #flight: Flight | undefined;
  #group = 0;
  #watch: Cancel | undefined;
  #noteTimer: Cancel | undefined;
  #retryTimer: Cancel | undefined;
  #failures = 0;
  #closing: (() => void) | undefined;
  #closed = false;
  #abandoned = false;
  #inPeace = false;

  constructor(ports: WriterClientPorts) {
    this.#ports = ports;
    this.health = new HealthBoard(ports.clock);
    this.#start();
  }

  /** Resolves when the batch is on disk; rejects at the first failure, though a retained one is tried on. */
  commit(
    operations: readonly Operation[],
    retain: boolean,
    landed?: () => void,
  ): Promise<{ changes: number; elapsed: number }> {
    if (this.#closed) return Promise.reject(new StoreClosed());
    return new Promise((resolve, reject) => {
      const settled = (outcome: Settlement) =>
        'error' in outcome ? reject(outcome.error) : resolve(outcome);
      const arrived = this.#ports.clock.monotonic();
      this.backlog.addCritical({ operations, retain, arrived, settled, landed });
      this.#pump();
    });
  }

  /** Writes the batch when nothing else waits; rejects when the disk fails. Not tried again. */
  background(operations: readonly Operation[]): Promise<{ changes: number; elapsed: number }> {
    if (this.#closed) return Promise.reject(new StoreClosed());
    return new Promise((resolve, reject) => {
      const settled = (outcome: Settlement) =>
        'error' in outcome ? reject(outcome.error) : resolve(outcome);
      this.backlog.addBackground({ operations, arrived: this.#ports.clock.monotonic(), settled });
      this.#pump();
    });
  }

  note(operations: readonly Operation[]): void {
    if (this.#closed || operations.length === 0) return;
    const { clock, log } = this.#ports;
    if (!this.backlog.addNotes(operations, clock.monotonic(), clock.now()))
      log.debug('store.note-dropped', { operations: operations.length });
    if (this.backlog.noteRows >= NOTE_ROWS) this.#pump();
    else this.#noteTimer ??= clock.arm(NOTE_WAIT, () => this.#pump());
  }

  /** Writes what waits, then ends the thread. Resolves also when the disk will not take it. */
  async close(patience = millis(5_000)): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await new Promise<void>((resolve) => {
      const giveUp = this.#ports.clock.arm(patience, () => {
        this.#ports.log.error('store.closed-with-work-left', {
          critical: this.backlog.criticalCount + (this.#flight?.batches.length ?? 0),
        });
        this.#abandoned = true;
        this.#thread?.kill();
        resolve();
      });
      this.#closing = () => {
        this.#inPeace = true;
        giveUp();
        resolve();
      };
      this.#pump();
    });
    this.#noteTimer?.();
    this.#retryTimer?.();
    this.#watch?.();
  }

  /** For a process that ends now: see `WriterThread.halt`. What waits is given up. */
  halt(within: Duration): boolean {
    this.#closed = true;
    this.#abandoned = true;
    return this.#thread?.halt(within) ?? true;
  }

  /** Closed, with all written that was asked for. */
  get closedInPeace(): boolean {
    return this.#inPeace;
  }

  #start(): void {
    this.#ready = false;
    this.#thread = this.#ports.start({
      message: (message) => this.#receive(message),
      ended: (reason) => this.#ended(reason),
    });
    this.#arm();
  }

  #receive(message: FromWriter): void {
    switch (message.tell) {
      case 'ready':
        this.#ready = true;
        this.#disarm();
        this.health.tell('ok', 'written');
        this.#recover(message.last);
        break;
      case 'committed':
        this.#landed(message.group, message.outcomes);
        break;
      case 'failed':
        this.#failed(message.group, message.failure);
        break;
      case 'closed':
        this.#closing?.();
        break;
    }
  }

  /** A new thread is up: what the old one wrote is settled by its mark, the rest goes again. */
  #recover(last: Mark | undefined): void {
    const flight = this.#flight;
    if (flight) {
      if (last?.group === flight.group.group) this.#landed(last.group, last.outcomes);
      else this.#send({ ...flight, sent: this.#ports.clock.monotonic() });
    }
    this.#pump();
  }

  #landed(group: number, outcomes: readonly BatchOutcome[]): void {
    const flight = this.#flight;
    if (flight?.group.group !== group) return;
    this.#flight = undefined;
    this.#disarm();
    this.#failures = 0;
    const now = this.#ports.clock.monotonic();
    flight.batches.forEach((batch, index) => {
      const outcome = outcomes[index] ?? { changes: 0 };
      if ('refused' in outcome) {
        const { code, message } = outcome.refused;
        const operations = batch.operations.map(({ op }) => op);
        this.#ports.log.error('store.batch-refused', { code, message, operations });
        batch.settled?.({ error: new BatchRefused(`${message} ${code}`.trim()) });
        return;
      }
      batch.landed?.();
      batch.settled?.({ changes: outcome.changes, elapsed: now - batch.arrived });
    });
    const took = now - flight.sent;
    if (took > SLOW)
      this.health.tell('slow', 'store.slow', `last commit took ${Math.round(took)} ms`);
    else this.health.tell('ok', 'written');
    this.#pump();
  }

  #failed(group: number, failure: { code: string; message: string }): void {
    const flight = this.#flight;
    if (flight?.group.group !== group) return;
    this.#flight = undefined;
    this.#disarm();
    const error = storageError(this.#ports.file, failure);
    this.#ports.log.error('store.commit-failed', { code: error.code, message: error.message });
    this.health.tell('failed', error.code, error.message);
    for (const batch of flight.batches) {
      batch.settled?.({ error });
      delete batch.settled;
    }
    this.backlog.putBack(flight.batches.filter((batch) => batch.retain));
    this.#retryLater(() => this.#pump());
  }

  #ended(reason: string): void {
    this.#thread = undefined;
    this.#ready = false;
    this.#disarm();
    if (this.#abandoned) return;
    if (this.#closed && this.#closing && !this.#flight && this.backlog.empty) {
      this.#closing();
      return;
    }
    this.#ports.log.error('store.writer-ended', { reason });
    this.health.tell('failed', 'store.writer-lost', reason);
    // the first new thread at once: the old one may have died of bad luck
    if (this.#failures === 0) {
      this.#failures = 1;
      this.#start();
    } else this.#retryLater(() => this.#start());
  }

  #retryLater(again: () => void): void {
    const wait = RETRY[Math.min(this.#failures, RETRY.length - 1)] ?? RETRY[0];
    this.#failures += 1;
    this.#retryTimer?.();
    this.#retryTimer = this.#ports.clock.arm(wait, () => {
      this.#retryTimer = undefined;
      again();
    });
  }

  /** Sends the next group when the thread is free. */
  #pump(): void {
    this.#noteTimer?.();
    this.#noteTimer = undefined;
    if (!this.#ready || this.#flight || this.#retryTimer) return;
    const batches = this.backlog.take();
    if (batches.length === 0) {
      if (this.#closed) this.#thread?.send({ ask: 'close' });
      return;
    }
    this.#group += 1;
    const group: Group = {
      group: this.#group,
      critical: batches.some((batch) => batch.critical),
      batches: batches.map((batch) => batch.operations),
    };
    this.#send({ group, batches, sent: this.#ports.clock.monotonic() });
  }

  #send(flight: Flight): void {
    this.#flight = flight;
    this.#arm();
    this.#thread?.send({ ask: 'commit', group: flight.group });
  }

  /** Watches the thread: first slow, then stuck. */
  #arm(): void {
    this.#disarm();
    this.#watch = this.#ports.clock.arm(SLOW, () => {
      this.health.tell('slow', 'store.slow', 'a commit is taking long');
      const rest = millis(STUCK - SLOW);
      this.#watch = this.#ports.clock.arm(rest, () => this.#stuck());
    });
  }

  /** Tries to replace the thread, and again while it is inside the driver and can't be. */
  #stuck(): void {
    this.health.tell('stuck', 'store.stuck', `no answer from the disk for ${STUCK} ms and more`);
    this.#ports.log.error('store.writer-stuck', { group: this.#flight?.group.group });
    this.#watch = this.#ports.clock.arm(STUCK, () => this.#stuck());
    this.#thread?.kill();
  }

  #disarm(): void {
    this.#watch?.();
    this.#watch = undefined;
  }
}
