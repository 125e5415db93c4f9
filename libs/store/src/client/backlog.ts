import { type GapRow, type Operation, sizeOf } from '../operations.ts';

/** A batch that waits for the writer. */
export interface Waiting {
  /** Order of arrival over both lanes. */
  readonly order: number;
  readonly critical: boolean;
  /** Goes only when nothing else waits. */
  readonly background?: boolean;
  /** Stays in the backlog when the disk fails, until it is written. */
  readonly retain: boolean;
  readonly operations: readonly Operation[];
  readonly bytes: number;
  readonly arrived: number;
  /** Told once: the first outcome counts, a retained batch may be written long after. */
  settled?: (outcome: Settlement) => void;
  /** Told when it is on disk, whenever that is. */
  readonly landed?: (() => void) | undefined;
}
export type Settlement =
  { readonly changes: number; readonly elapsed: number } | { readonly error: unknown };

/** Bytes of notes that may wait; beyond, notes are dropped and one gap is kept. */
export const NOTE_BYTES = 8 * 1024 * 1024;
/** Rows of notes in one transaction: some 3 ms, the longest that a critical batch waits for them. */
export const NOTE_ROWS = 250;
const CRITICAL_BATCHES = 256;

/** What waits for the writer: critical batches, never dropped, and notes, bounded. */
export class Backlog {
  #order = 0;
  #critical: Waiting[] = [];
  #notes: Waiting[] = [];
  #background: Waiting[] = [];
  #noteBytes = 0;
  #noteRows = 0;
  #gap: { from: number; until: number; entries: number; bytes: number } | undefined;

  get criticalCount(): number {
    return this.#critical.length;
  }
  get noteRows(): number {
    return this.#noteRows;
  }
  get noteBytes(): number {
    return this.#noteBytes;
  }
  get empty(): boolean {
    return this.#critical.length + this.#notes.length + this.#background.length === 0 && !this.#gap;
  }
  /** Arrival of the oldest critical batch, monotonic milliseconds. */
  get oldestCritical(): number | undefined {
    return this.#critical[0]?.arrived;
  }

  addCritical(batch: Omit<Waiting, 'order' | 'critical' | 'bytes'>): void {
    const bytes = batch.operations.reduce((sum, operation) => sum + sizeOf(operation), 0);
    this.#critical.push({ ...batch, order: this.#order++, critical: true, bytes });
  }

  addBackground(batch: Pick<Waiting, 'operations' | 'arrived' | 'settled'>): void {
    const order = this.#order++;
    const lane = { critical: false, background: true, retain: false };
    this.#background.push({ ...batch, ...lane, order, bytes: 0 });
  }

  /** False when the notes were dropped, because too much waits already. */
  addNotes(operations: readonly Operation[], arrived: number, wall: number): boolean {
    const bytes = operations.reduce((sum, operation) => sum + sizeOf(operation), 0);
    // once notes are dropped, they are until half of the room is free: one gap, not a thousand
    const full = this.#gap
      ? this.#noteBytes > NOTE_BYTES / 2
      : this.#noteBytes + bytes > NOTE_BYTES;
    if (full) {
      const gap = (this.#gap ??= { from: wall, until: wall, entries: 0, bytes: 0 });
      gap.until = wall;
      gap.entries += operations.length;
      gap.bytes += bytes;
      return false;
    }
    this.#closeGap();
    this.#pushNotes(operations, bytes, arrived);
    return true;
  }

  #pushNotes(operations: readonly Operation[], bytes: number, arrived: number): void {
    const order = this.#order++;
    this.#notes.push({ order, critical: false, retain: true, operations, bytes, arrived });
    this.#noteBytes += bytes;
    this.#noteRows += operations.length;
  }

  #closeGap(): void {
    if (!this.#gap) return;
    const gap: GapRow = { ...this.#gap, reason: 'backlog' };
    this.#gap = undefined;
    this.#pushNotes([{ op: 'gap.add', ...gap }], 160, 0);
  }

  /**
   * Takes what the next transaction writes, in order of arrival: criticals, and notes as room is;
   * one background batch when there are neither.
   */
  take(): Waiting[] {
    if (this.#gap && this.#noteBytes <= NOTE_BYTES / 2) this.#closeGap();
    const criticals = this.#critical.splice(0, CRITICAL_BATCHES);
    const until = criticals.at(-1)?.order ?? Number.POSITIVE_INFINITY;
    const notes: Waiting[] = [];
    let rows = 0;
    for (const note of this.#notes) {
      if (note.order > until || (rows > 0 && rows + note.operations.length > NOTE_ROWS)) break;
      notes.push(note);
      rows += note.operations.length;
    }
    this.#notes.splice(0, notes.length);
    for (const note of notes) {
      this.#noteBytes -= note.bytes;
      this.#noteRows -= note.operations.length;
    }
    if (criticals.length + notes.length === 0) return this.#background.splice(0, 1);
    return [...criticals, ...notes].toSorted((a, b) => a.order - b.order);
  }

  /** Puts batches back that were not written; they go first next time. */
  putBack(batches: readonly Waiting[]): void {
    this.#critical.unshift(...batches.filter((batch) => batch.critical));
    const notes = batches.filter((batch) => !batch.critical);
    this.#notes.unshift(...notes);
    for (const note of notes) {
      this.#noteBytes += note.bytes;
      this.#noteRows += note.operations.length;
    }
  }
}
