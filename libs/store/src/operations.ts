import type { AuthorizationStatus, FactSource, SessionKind, StopReason } from '@kerbside/charging';

/** One entry of the journal as it is written; `id` is its place in the order of all facts. */
export interface EntryRow {
  readonly id: number;
  /** Wall time, milliseconds since 1970, as all times here. */
  readonly at: number;
  readonly evse?: number | undefined;
  readonly session?: string | undefined;
  readonly source: FactSource;
  readonly type: string;
  /** JSON object without secrets. */
  readonly data: string;
  /** Milliseconds since the machine started; given where the clock was not right yet, and `at` is no true time. */
  readonly sinceBoot?: number | undefined;
  /** The message as it was on the wire. */
  readonly raw?: Uint8Array | undefined;
}

/** A message for the back-end as it joins the queue; `id` is its place in the queue. */
export interface MessageRow {
  readonly id: number;
  readonly at: number;
  readonly transaction?: string | undefined;
  readonly evse?: number | undefined;
  readonly action: string;
  /** What the message is rendered from when it reaches the head, JSON. */
  readonly fact: string;
  /** The journal entry it tells of: kept until the message is delivered. */
  readonly entry?: number | undefined;
}

export interface PausedV2gSession {
  readonly evse: number;
  readonly session: string;
  readonly transaction?: string | undefined;
  readonly protocol: string;
  /** SessionID of the V2G messages, hex. */
  readonly v2gSession: string;
  readonly pausedAt: number;
  /** What the protocol needs to resume, JSON. */
  readonly data: string;
}

export interface Setting {
  readonly key: string;
  /** JSON */
  readonly value: string;
  /** Where the value came from, such as `file`, `operator`, `csms`. */
  readonly source: string;
  readonly changedAt: number;
  readonly changedBy: string;
}

export interface AccountRow {
  readonly name: string;
  readonly role: string;
  readonly passwordHash: string;
  readonly created: number;
  readonly lastLogin?: number | undefined;
}

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string;
  readonly scopes: readonly string[];
  readonly created: number;
  readonly expires?: number | undefined;
  readonly lastUsed?: number | undefined;
}

export interface LoginRow {
  /** SHA-256 of the cookie, hex. */
  readonly hash: string;
  readonly account: string;
  readonly created: number;
  readonly lastSeen: number;
}

export interface AuditRow {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  /** JSON object without secrets. */
  readonly detail: string;
}

/** What a back-end said of a token, kept for the time without it. */
export interface CachedAuthorization {
  readonly idToken: string;
  readonly status: AuthorizationStatus;
  readonly parentIdToken?: string | undefined;
  readonly expires?: number | undefined;
  readonly updatedAt: number;
}

/** A stretch of the journal whose notes were dropped. */
export interface GapRow {
  readonly from: number;
  readonly until: number;
  readonly entries: number;
  readonly bytes: number;
  readonly reason: string;
}

/** One attempt to match a car; the same id again replaces it. */
export interface SlacAttemptRow {
  readonly id: string;
  readonly evse: number;
  readonly session?: string | undefined;
  readonly began: number;
  readonly result: string;
  readonly evMac?: string | undefined;
  /** What a list shows, JSON. */
  readonly summary: string;
  /** All of it, JSON without secrets. */
  readonly data: string;
  /** What later attempts of the EVSE are compared with, JSON. */
  readonly reference?: string | undefined;
}

export type PruneTarget =
  'captures' | 'journal' | 'messages' | 'sessions' | 'audit' | 'logins' | 'gaps' | 'attempts';

/** Everything that can be written, as structured-clonable values: the verbs of the writer thread. */
export type Operation =
  | ({ readonly op: 'entry.add' } & EntryRow)
  | {
      readonly op: 'session.begin';
      readonly session: string;
      readonly evse: number;
      readonly at: number;
    }
  | {
      /** Fields that are absent keep their value. */
      readonly op: 'session.describe';
      readonly session: string;
      readonly kind?: SessionKind | undefined;
      readonly evMac?: string | undefined;
      readonly evccId?: string | undefined;
      /** Masked. */
      readonly token?: string | undefined;
    }
  | {
      /** Added to what the session used before. */
      readonly op: 'session.internet';
      readonly session: string;
      readonly bytesUp: number;
      readonly bytesDown: number;
      readonly seconds: number;
      /** JSON array. */
      readonly ports: string;
    }
  | {
      readonly op: 'session.end';
      readonly session: string;
      readonly at: number;
      readonly reason: StopReason;
    }
  | {
      readonly op: 'transaction.start';
      readonly transaction: string;
      readonly session: string;
      readonly evse: number;
      readonly connector: number;
      readonly idToken: string;
      readonly at: number;
      /** Import register, Wh. */
      readonly meter: number;
    }
  | {
      readonly op: 'transaction.meter';
      readonly transaction: string;
      readonly at: number;
      readonly meter: number;
    }
  | {
      readonly op: 'transaction.stop';
      readonly transaction: string;
      readonly at: number;
      readonly meter: number;
      readonly reason: StopReason;
    }
  | {
      /** The back-end of OCPP 1.6 gave the transaction its number. */
      readonly op: 'transaction.identify';
      readonly transaction: string;
      readonly ocppTransactionId: number;
    }
  | ({ readonly op: 'message.add' } & MessageRow)
  | {
      /** Once only: a message that has a payload keeps it. */
      readonly op: 'message.render';
      readonly id: number;
      readonly payload: string;
      readonly messageId?: string | undefined;
    }
  | {
      readonly op: 'message.attempt';
      readonly id: number;
      readonly messageId?: string | undefined;
      readonly attempts: number;
      readonly nextAttemptAt?: number | undefined;
    }
  | {
      readonly op: 'message.done';
      readonly id: number;
      readonly at: number;
      readonly outcome?: string | undefined;
    }
  | {
      readonly op: 'message.drop';
      readonly id: number;
      readonly at: number;
      readonly outcome: string;
    }
  | ({ readonly op: 'paused.put' } & PausedV2gSession)
  | { readonly op: 'paused.delete'; readonly evse: number }
  | ({ readonly op: 'setting.put' } & Setting)
  | { readonly op: 'setting.delete'; readonly key: string }
  | ({ readonly op: 'account.put' } & AccountRow)
  /** With the account go its logins. */
  | { readonly op: 'account.delete'; readonly name: string }
  | ({ readonly op: 'token.put' } & TokenRow)
  | { readonly op: 'token.delete'; readonly id: string }
  | ({ readonly op: 'login.put' } & LoginRow)
  | { readonly op: 'login.delete'; readonly hash: string }
  | ({ readonly op: 'audit.add' } & AuditRow)
  | ({ readonly op: 'authorization.put' } & CachedAuthorization)
  | { readonly op: 'authorization.delete'; readonly idToken: string }
  | { readonly op: 'authorization.clear' }
  | ({ readonly op: 'gap.add' } & GapRow)
  | ({ readonly op: 'attempt.put' } & SlacAttemptRow)
  | {
      /** Deletes the oldest rows from before `before`, `limit` at most; undelivered facts stay. */
      readonly op: 'prune';
      readonly what: PruneTarget;
      readonly before: number;
      readonly limit: number;
    };

export type OperationName = Operation['op'];
export type OperationOf<N extends OperationName> = Extract<Operation, { op: N }>;

/** Bytes that an operation holds in memory while it waits, estimated. */
export function sizeOf(operation: Operation): number {
  const fixed = 160;
  switch (operation.op) {
    case 'entry.add':
      return fixed + operation.data.length + (operation.raw?.byteLength ?? 0);
    case 'message.add':
      return fixed + operation.fact.length;
    case 'message.render':
      return fixed + operation.payload.length;
    case 'audit.add':
      return fixed + operation.detail.length;
    case 'paused.put':
      return fixed + operation.data.length;
    case 'setting.put':
      return fixed + operation.value.length;
    case 'attempt.put':
      return fixed + operation.summary.length + operation.data.length;
    default:
      return fixed;
  }
}
