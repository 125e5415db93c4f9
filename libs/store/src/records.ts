import type { FactSource, SessionKind } from '@kerbside/charging';

/** A message for the back-end that is not confirmed yet. */
export interface QueuedMessage {
  /** Its place in the queue. */
  readonly id: number;
  readonly at: number;
  readonly transaction?: string;
  readonly evse?: number;
  readonly action: string;
  /** What the message is rendered from, JSON. */
  readonly fact: string;
  /** As it is sent, once it was rendered. */
  readonly payload?: string;
  /** Message id of the last try. */
  readonly messageId?: string;
  readonly attempts: number;
  readonly nextAttemptAt?: number;
  readonly state: 'waiting' | 'rendered';
  readonly entry?: number;
  /** What the back-end called the message's transaction. */
  readonly ocppTransactionId?: number;
  /** The session of its transaction. */
  readonly session?: string;
}

/** A message that the back-end never took; it is kept as long as messages are. */
export interface GivenUpMessage {
  readonly at: number;
  readonly action: string;
  readonly evse?: number;
  readonly session?: string;
  readonly transaction?: string;
  /** When it was given up, and why. */
  readonly doneAt: number;
  readonly outcome: string;
}

/** One entry of the journal; secrets are masked. */
export interface JournalRecord {
  readonly id: number;
  readonly at: number;
  readonly evse?: number;
  readonly session?: string;
  readonly source: FactSource;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Milliseconds since the machine started; given where the clock was not right, and `at` is no true time. */
  readonly sinceBoot?: number;
}

export interface TransactionRecord {
  readonly key: string;
  readonly connector: number;
  readonly started: number;
  readonly stopped?: number;
  readonly meterStart: number;
  readonly meterStop?: number;
  readonly lastMeter: number;
  readonly reason?: string;
  readonly ocppTransactionId?: number;
  readonly delivered: boolean;
}

/** What a car used of the internet service in one session. */
export interface InternetRecord {
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly seconds: number;
  /** TCP ports of the last connection. */
  readonly ports: readonly number[];
}

export interface SessionRecord {
  readonly id: string;
  readonly evse: number;
  readonly kind?: SessionKind;
  readonly began: number;
  readonly ended?: number;
  readonly endReason?: string;
  /** Masked. */
  readonly token?: string;
  /** Delivered in all its transactions, Wh. */
  readonly energy: number;
  readonly evccId?: string;
  readonly evMac?: string;
  readonly internet?: InternetRecord;
  readonly transactions: readonly TransactionRecord[];
}

export interface AuditRecord {
  readonly id: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An attempt to match a car, as a list shows it. */
export interface SlacAttemptRecord {
  readonly id: string;
  readonly evse: number;
  readonly session?: string;
  readonly began: number;
  readonly summary: Readonly<Record<string, unknown>>;
}
export interface SlacAttemptPage extends Page<SlacAttemptRecord> {
  /** Of all that are kept and fit the question, by result. */
  readonly totals: Readonly<Record<string, number>>;
  /** How long those that matched lasted, milliseconds; absent where none did. */
  readonly medianMs?: number;
}

/** One page of a list; `next` continues it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** A message to the back-end, confirmed or not. */
export interface StoredMessage extends Omit<QueuedMessage, 'state' | 'fact'> {
  readonly state: 'waiting' | 'rendered' | 'done' | 'dropped';
  /** Why it was dropped, or how the back-end answered. */
  readonly outcome?: string;
  readonly doneAt?: number;
}
