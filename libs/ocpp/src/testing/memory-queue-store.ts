import type {
  AssignedTransaction,
  QueuedMessage,
  QueueRow,
  QueueStore,
  TransactionKey,
} from '../ports.ts';

type Row = { -readonly [K in keyof QueuedMessage]: QueuedMessage[K] } & {
  end?: 'done' | 'dropped';
};

/** A queue on a disk that is only memory: it outlives the stations that a test kills. */
export class MemoryQueueStore implements QueueStore {
  readonly rows: Row[] = [];
  readonly ids = new Map<TransactionKey, number>();
  readonly drops: { seq: number; reason: string }[] = [];
  #seq = 0;
  /** A test's hook before each change: it may throw (a full disk) or wait (a slow one). */
  beforeCommit: (what: string) => void | Promise<void> = () => {};

  /** What the ledger does in its own commit. */
  append(rows: readonly QueueRow[]): void {
    for (const row of rows) this.rows.push({ ...row, seq: ++this.#seq, attempts: 0 });
  }

  async head(): Promise<QueuedMessage | undefined> {
    const row = this.rows.find(({ end }) => end === undefined);
    if (!row) return undefined;
    const { end: _, ...message } = row;
    const transactionId = this.ids.get(row.transaction);
    return { ...message, ...(transactionId === undefined ? {} : { transactionId }) };
  }

  async length(): Promise<number> {
    return this.rows.filter(({ end }) => end === undefined).length;
  }

  async markRendered(seq: number, payload: string): Promise<void> {
    await this.beforeCommit('markRendered');
    this.#row(seq).rendered = payload;
  }

  async markAttempt(seq: number, attempts: number): Promise<void> {
    await this.beforeCommit('markAttempt');
    this.#row(seq).attempts = attempts;
  }

  async markDone(seq: number, assigned?: AssignedTransaction): Promise<void> {
    await this.beforeCommit('markDone');
    this.#row(seq).end = 'done';
    if (assigned) this.ids.set(assigned.transaction, assigned.transactionId);
  }

  async drop(seq: number, reason: string): Promise<void> {
    await this.beforeCommit('drop');
    this.#row(seq).end = 'dropped';
    this.drops.push({ seq, reason });
  }

  async transactionId(transaction: TransactionKey): Promise<number | undefined> {
    return this.ids.get(transaction);
  }

  async transactionKey(transactionId: number): Promise<TransactionKey | undefined> {
    for (const [key, id] of this.ids) if (id === transactionId) return key;
    return undefined;
  }

  #row(seq: number): Row {
    const row = this.rows.find((each) => each.seq === seq);
    if (!row || row.end) throw new Error(`no open row ${seq}`);
    return row;
  }
}
