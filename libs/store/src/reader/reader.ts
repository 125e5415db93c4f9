import type { FactSource, OpenTransaction } from '@kerbside/charging';
import type {
  AccountRow,
  CachedAuthorization,
  GapRow,
  PausedV2gSession,
  Setting,
  TokenRow,
} from '../operations.ts';
import type {
  AuditRecord,
  JournalRecord,
  Page,
  QueuedMessage,
  SessionRecord,
  SlacAttemptPage,
  StoredMessage,
} from '../records.ts';

export interface PageQuery {
  /** 1 to 500. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

/** Questions to the database, answered on the reader's thread. Each rejects with a PortError. */
export interface Reader {
  /** Newest first. */
  sessions(query: PageQuery & { readonly evse?: number | undefined }): Promise<Page<SessionRecord>>;
  session(id: string): Promise<SessionRecord | undefined>;
  /** The journal of one session, oldest first. */
  timeline(
    query: PageQuery & { readonly session: string; readonly source?: FactSource | undefined },
  ): Promise<Page<JournalRecord>>;
  /** The newest entries of a session, oldest first. */
  recent(query: {
    readonly session: string;
    readonly limit: number;
  }): Promise<readonly JournalRecord[]>;
  /** The journal of everything, newest first. */
  journal(query: PageQuery & { readonly evse?: number | undefined }): Promise<Page<JournalRecord>>;
  /** The message of an entry as it was on the wire, while it is kept. */
  rawMessage(entry: number): Promise<Uint8Array | undefined>;
  openTransactions(): Promise<readonly OpenTransaction[]>;
  /** The first messages that the back-end has not confirmed, in order. */
  queue(limit: number): Promise<readonly QueuedMessage[]>;
  queueState(): Promise<{ readonly length: number; readonly oldest?: number }>;
  /** All messages to the back-end that are kept, newest first. */
  messages(query: PageQuery): Promise<Page<StoredMessage>>;
  pausedV2gSessions(): Promise<readonly PausedV2gSession[]>;
  settings(): Promise<readonly Setting[]>;
  accounts(): Promise<readonly Omit<AccountRow, 'passwordHash'>[]>;
  tokens(): Promise<readonly Omit<TokenRow, 'secretHash'>[]>;
  /** Newest first. */
  audit(query: PageQuery): Promise<Page<AuditRecord>>;
  authorization(idToken: string): Promise<CachedAuthorization | undefined>;
  gaps(): Promise<readonly GapRow[]>;
  /** Newest first. */
  slacAttempts(
    query: PageQuery & { readonly evse: number; readonly evMac?: string | undefined },
  ): Promise<SlacAttemptPage>;
  /** All of one attempt. */
  slacAttempt(query: {
    readonly evse: number;
    readonly id: string;
  }): Promise<Readonly<Record<string, unknown>> | undefined>;
}

export type ReaderVerb = keyof Reader;
export const READER_VERBS = [
  'sessions',
  'session',
  'timeline',
  'recent',
  'journal',
  'rawMessage',
  'openTransactions',
  'queue',
  'queueState',
  'messages',
  'pausedV2gSessions',
  'settings',
  'accounts',
  'tokens',
  'audit',
  'authorization',
  'gaps',
  'slacAttempts',
  'slacAttempt',
] as const satisfies readonly ReaderVerb[];

export type ToReader =
  | { readonly id: number; readonly verb: ReaderVerb; readonly argument: unknown }
  /** The thread ends itself, between two questions: ended from outside, the driver may abort us all. */
  | { readonly end: true };
export type FromReader =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: { readonly code: string; readonly message: string } };
