import { type OpenTransaction } from '@kerbside/charging';
import { wattHours } from '@kerbside/kernel';
import type {
  AccountRow,
  CachedAuthorization,
  LoginRow,
  PausedV2gSession,
  Setting,
  TokenRow,
} from '../operations.ts';
import type { GivenUpMessage, QueuedMessage } from '../records.ts';
import type { Connection } from './connection.ts';

/** What the charger needs before its first step, read once, before the threads start. */
export interface StartState {
  /** Started and not stopped when the program ended. */
  readonly openTransactions: readonly OpenTransaction[];
  /** Sessions without an end, oldest first. */
  readonly openSessions: readonly {
    readonly session: string;
    readonly evse: number;
    readonly began: number;
  }[];
  /** Messages that the back-end has not confirmed, in order. */
  readonly queue: readonly QueuedMessage[];
  /** How many messages are on record that were given up, and the newest of them, oldest first. */
  readonly givenUp: { readonly count: number; readonly newest: readonly GivenUpMessage[] };
  /** What the back-end called the transactions that are open or not wholly delivered. */
  readonly transactionNumbers: readonly {
    readonly transaction: string;
    readonly ocppTransactionId: number;
  }[];
  readonly pausedV2gSessions: readonly PausedV2gSession[];
  readonly settings: readonly Setting[];
  readonly accounts: readonly AccountRow[];
  readonly tokens: readonly TokenRow[];
  readonly logins: readonly LoginRow[];
  readonly authorizations: readonly CachedAuthorization[];
  /** The newest attenuation of a match, by EVSE, JSON. */
  readonly slacReferences: readonly { readonly evse: number; readonly reference: string }[];
  /** The next free place in the journal and in the queue. */
  readonly nextEntry: number;
  readonly nextMessage: number;
}

/** The newest given-up messages that are kept in memory. */
export const GIVEN_UP_SHOWN = 20;

type Row = Record<string, unknown>;

/** Rows without what the driver adds to them, NULLs left out. */
function rows<T>(db: Connection, sql: string): T[] {
  return (db.prepare(sql).all() as Row[]).map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).filter(([name, value]) => value !== null && name !== '_metadata'),
      ) as T,
  );
}

export function readStartState(db: Connection): StartState {
  const next = (table: string) =>
    ((
      db.prepare(`SELECT "seq" FROM sqlite_sequence WHERE "name" = ?`).get(table) as
        { seq: number } | undefined
    )?.seq ?? 0) + 1;
  return {
    openTransactions: rows<OpenTransaction>(
      db,
      `SELECT "key" AS "transaction", "session", "evse", "connector", "idToken", "meterStart",
       "lastMeter", "lastMeterAt" AS "lastAt" FROM "Transaction" WHERE "stopped" IS NULL ORDER BY "started", "key"`,
    ).map((row) => ({
      ...row,
      meterStart: wattHours(row.meterStart),
      lastMeter: wattHours(row.lastMeter),
    })),
    openSessions: rows(
      db,
      `SELECT "id" AS "session", "evse", "began" FROM "Session" WHERE "ended" IS NULL
       ORDER BY "began"`,
    ),
    queue: rows(
      db,
      `SELECT m."id", m."at", m."transaction", m."evse", m."action", m."fact", m."payload",
       m."messageId", m."attempts", m."nextAttemptAt", m."state", m."entry",
       t."ocppTransactionId", t."session"
       FROM "OcppMessage" m LEFT JOIN "Transaction" t ON t."key" = m."transaction"
       WHERE m."state" IN ('waiting', 'rendered') ORDER BY m."id"`,
    ),
    givenUp: {
      count: rows<{ count: number }>(
        db,
        `SELECT COUNT(*) AS "count" FROM "OcppMessage" WHERE "state" = 'dropped'`,
      )[0]!.count,
      newest: rows<GivenUpMessage>(
        db,
        `SELECT m."at", m."action", m."evse", t."session", m."transaction", m."doneAt", m."outcome"
         FROM "OcppMessage" m LEFT JOIN "Transaction" t ON t."key" = m."transaction"
         WHERE m."state" = 'dropped' ORDER BY m."id" DESC LIMIT ${GIVEN_UP_SHOWN}`,
      ).toReversed(),
    },
    transactionNumbers: rows(
      db,
      `SELECT "key" AS "transaction", "ocppTransactionId" FROM "Transaction"
       WHERE "ocppTransactionId" IS NOT NULL AND ("stopped" IS NULL OR "delivered" = 0)`,
    ),
    pausedV2gSessions: rows(db, 'SELECT * FROM "PausedV2gSession" ORDER BY "evse"'),
    settings: rows(db, 'SELECT * FROM "Setting" ORDER BY "key"'),
    accounts: rows(db, 'SELECT * FROM "Account" ORDER BY "name"'),
    tokens: rows<Omit<TokenRow, 'scopes'> & { scopes: string }>(
      db,
      'SELECT * FROM "ApiToken" ORDER BY "created"',
    ).map((row) => ({ ...row, scopes: JSON.parse(row.scopes) as string[] })),
    logins: rows(db, 'SELECT * FROM "WebSession"'),
    authorizations: rows(db, 'SELECT * FROM "AuthorizationCache"'),
    slacReferences: rows<{ evse: number; reference: string; began: number }>(
      db,
      `SELECT "evse", "reference", MAX("began") AS "began" FROM "SlacAttempt"
       WHERE "reference" IS NOT NULL GROUP BY "evse" ORDER BY "evse"`,
    ).map(({ evse, reference }) => ({ evse, reference })),
    nextEntry: next('JournalEntry'),
    nextMessage: next('OcppMessage'),
  };
}
