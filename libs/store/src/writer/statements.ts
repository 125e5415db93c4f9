import type { Connection, Statement } from '../database/connection.ts';
import type { OperationName, OperationOf, PruneTarget } from '../operations.ts';

/** Performs one operation; returns the number of rows it changed. */
type Executors = { readonly [N in OperationName]: (operation: OperationOf<N>) => number };

type Value = string | number | Uint8Array | null | undefined;

const ENERGY = `UPDATE "Session" SET "energy" = (
  SELECT COALESCE(SUM(COALESCE("meterStop", "lastMeter") - "meterStart"), 0)
  FROM "Transaction" WHERE "session" = "Session"."id"
) WHERE "id" = (SELECT "session" FROM "Transaction" WHERE "key" = ?)`;

const UNDELIVERED = `("state" IN ('waiting', 'rendered'))`;
const NEEDED_SESSIONS = `SELECT "id" FROM "Session" WHERE "ended" IS NULL
  UNION SELECT "session" FROM "Transaction" WHERE "stopped" IS NULL
  UNION SELECT t."session" FROM "Transaction" t JOIN "OcppMessage" m ON m."transaction" = t."key"
    WHERE m."state" IN ('waiting', 'rendered')
  UNION SELECT "session" FROM "PausedV2gSession"`;
const NEEDED_ENTRIES = `SELECT "entry" FROM "OcppMessage" WHERE "entry" IS NOT NULL AND ${UNDELIVERED}`;

/** So many attempts of each EVSE are kept, however old. */
export const KEPT_ATTEMPTS = 20;

/** Each deletes the oldest rows before ?1, ?2 at most. What is not delivered, or still open, stays. */
const PRUNE: Record<PruneTarget, string> = {
  captures: `DELETE FROM "Capture" WHERE "entry" IN (
    SELECT "entry" FROM "Capture" WHERE "at" < ?1 ORDER BY "at" LIMIT ?2)`,
  journal: `DELETE FROM "JournalEntry" WHERE "id" IN (
    SELECT "id" FROM "JournalEntry" WHERE "at" < ?1
      AND ("session" IS NULL OR "session" NOT IN (${NEEDED_SESSIONS}))
      AND "id" NOT IN (${NEEDED_ENTRIES})
    ORDER BY "at" LIMIT ?2)`,
  messages: `DELETE FROM "OcppMessage" WHERE "id" IN (
    SELECT "id" FROM "OcppMessage" WHERE "state" IN ('done', 'dropped') AND "at" < ?1
    ORDER BY "id" LIMIT ?2)`,
  sessions: `DELETE FROM "Session" WHERE "id" IN (
    SELECT "id" FROM "Session" WHERE "began" < ?1 AND "id" NOT IN (${NEEDED_SESSIONS})
    ORDER BY "began" LIMIT ?2)`,
  audit: `DELETE FROM "AuditEntry" WHERE "id" IN (
    SELECT "id" FROM "AuditEntry" WHERE "at" < ?1 ORDER BY "at" LIMIT ?2)`,
  logins: `DELETE FROM "WebSession" WHERE "hash" IN (
    SELECT "hash" FROM "WebSession" WHERE "lastSeen" < ?1 LIMIT ?2)`,
  gaps: `DELETE FROM "Gap" WHERE "id" IN (
    SELECT "id" FROM "Gap" WHERE "until" < ?1 ORDER BY "id" LIMIT ?2)`,
  attempts: `DELETE FROM "SlacAttempt" WHERE "id" IN (
    SELECT "id" FROM (SELECT "id", "began",
      ROW_NUMBER() OVER (PARTITION BY "evse" ORDER BY "began" DESC, "id" DESC) AS "age"
      FROM "SlacAttempt")
    WHERE "began" < ?1 AND "age" > ${KEPT_ATTEMPTS} ORDER BY "began" LIMIT ?2)`,
};

/** The verbs of the writer: one prepared statement or two for each operation. */
export function prepareExecutors(db: Connection): Executors {
  const statement = (sql: string) => {
    // prepared at first use: most of them are not needed in the first seconds
    let prepared: Statement | undefined;
    return (...values: readonly Value[]): number => {
      prepared ??= db.prepare(sql);
      return prepared.run(...values.map((value) => value ?? null)).changes;
    };
  };
  const insert = (table: string, columns: readonly string[], conflict: string) =>
    statement(
      `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) ` +
        `VALUES (${columns.map(() => '?').join(', ')}) ${conflict}`,
    );
  /** Inserts, or replaces every column of the row with the same key. */
  const put = (table: string, [key, ...others]: readonly [string, ...string[]]) =>
    insert(
      table,
      [key, ...others],
      `ON CONFLICT("${key}") DO UPDATE SET ` +
        others.map((name) => `"${name}" = excluded."${name}"`).join(', '),
    );
  const remove = (table: string, key: string) =>
    statement(`DELETE FROM "${table}" WHERE "${key}" = ?`);

  const once = 'ON CONFLICT DO NOTHING';
  const energy = statement(ENERGY);
  const addEntry = insert(
    'JournalEntry',
    ['id', 'at', 'evse', 'session', 'source', 'type', 'data', 'sinceBoot'],
    '',
  );
  const addCapture = insert('Capture', ['entry', 'at', 'bytes'], '');
  const beginSession = insert('Session', ['id', 'evse', 'began'], once);
  const describeSession = statement(
    `UPDATE "Session" SET "kind" = COALESCE(?, "kind"), "evMac" = COALESCE(?, "evMac"),
     "evccId" = COALESCE(?, "evccId"), "token" = COALESCE(?, "token") WHERE "id" = ?`,
  );
  const usedInternet = statement(
    `UPDATE "Session" SET "internetUp" = COALESCE("internetUp", 0) + ?,
     "internetDown" = COALESCE("internetDown", 0) + ?,
     "internetSeconds" = COALESCE("internetSeconds", 0) + ?, "internetPorts" = ? WHERE "id" = ?`,
  );
  const endSession = statement(
    `UPDATE "Session" SET "ended" = ?, "endReason" = ? WHERE "id" = ? AND "ended" IS NULL`,
  );
  const startTransaction = insert(
    'Transaction',
    [
      'key',
      'session',
      'evse',
      'connector',
      'idToken',
      'started',
      'meterStart',
      'lastMeter',
      'lastMeterAt',
    ],
    once,
  );
  const meter = statement(
    `UPDATE "Transaction" SET "lastMeter" = ?, "lastMeterAt" = ?
     WHERE "key" = ? AND "stopped" IS NULL`,
  );
  const stopTransaction = statement(
    `UPDATE "Transaction" SET "stopped" = ?1, "meterStop" = ?2, "lastMeter" = ?2,
     "lastMeterAt" = ?1, "reason" = ?3 WHERE "key" = ?4 AND "stopped" IS NULL`,
  );
  const identify = statement(`UPDATE "Transaction" SET "ocppTransactionId" = ? WHERE "key" = ?`);
  const addMessage = insert(
    'OcppMessage',
    ['id', 'at', 'transaction', 'evse', 'action', 'fact', 'entry'],
    '',
  );
  const renderMessage = statement(
    `UPDATE "OcppMessage" SET "payload" = ?, "messageId" = ?, "state" = 'rendered'
     WHERE "id" = ? AND "payload" IS NULL AND "state" = 'waiting'`,
  );
  const attemptMessage = statement(
    `UPDATE "OcppMessage" SET "messageId" = COALESCE(?, "messageId"), "attempts" = ?, "nextAttemptAt" = ?
     WHERE "id" = ? AND ${UNDELIVERED}`,
  );
  const finishMessage = statement(
    `UPDATE "OcppMessage" SET "state" = ?, "doneAt" = ?, "outcome" = ?, "nextAttemptAt" = NULL
     WHERE "id" = ? AND ${UNDELIVERED}`,
  );
  const delivered = statement(
    `UPDATE "Transaction" SET "delivered" = 1
     WHERE "key" = (SELECT "transaction" FROM "OcppMessage" WHERE "id" = ?) AND "stopped" IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM "OcppMessage" m
       WHERE m."transaction" = "Transaction"."key" AND m."state" <> 'done')`,
  );
  const putPaused = put('PausedV2gSession', [
    'evse',
    'session',
    'transaction',
    'protocol',
    'v2gSession',
    'pausedAt',
    'data',
  ]);
  const deletePaused = remove('PausedV2gSession', 'evse');
  const putSetting = put('Setting', ['key', 'value', 'source', 'changedAt', 'changedBy']);
  const deleteSetting = remove('Setting', 'key');
  const putAccount = put('Account', ['name', 'role', 'passwordHash', 'created', 'lastLogin']);
  const deleteAccount = remove('Account', 'name');
  const deleteLoginsOf = remove('WebSession', 'account');
  const putToken = put('ApiToken', [
    'id',
    'name',
    'secretHash',
    'scopes',
    'created',
    'expires',
    'lastUsed',
  ]);
  const deleteToken = remove('ApiToken', 'id');
  const putLogin = put('WebSession', ['hash', 'account', 'created', 'lastSeen']);
  const deleteLogin = remove('WebSession', 'hash');
  const addAudit = insert('AuditEntry', ['at', 'actor', 'action', 'object', 'detail'], '');
  const putAuthorization = put('AuthorizationCache', [
    'idToken',
    'status',
    'parentIdToken',
    'expires',
    'updatedAt',
  ]);
  const deleteAuthorization = remove('AuthorizationCache', 'idToken');
  const clearAuthorizations = statement('DELETE FROM "AuthorizationCache"');
  const addGap = insert('Gap', ['from', 'until', 'entries', 'bytes', 'reason'], '');
  const putAttempt = put('SlacAttempt', [
    'id',
    'evse',
    'session',
    'began',
    'result',
    'evMac',
    'summary',
    'data',
    'reference',
  ]);
  const prune = Object.fromEntries(
    Object.entries(PRUNE).map(([what, sql]) => [what, statement(sql)]),
  ) as Record<PruneTarget, (...values: readonly Value[]) => number>;
  const transactionsOfNoSession = statement(
    `DELETE FROM "Transaction" WHERE "stopped" IS NOT NULL AND "started" < ?
     AND "session" NOT IN (SELECT "id" FROM "Session")`,
  );

  return {
    'entry.add': (o) =>
      addEntry(o.id, o.at, o.evse, o.session, o.source, o.type, o.data, o.sinceBoot) +
      (o.raw === undefined ? 0 : addCapture(o.id, o.at, o.raw)),
    'session.begin': (o) => beginSession(o.session, o.evse, o.at),
    'session.describe': (o) => describeSession(o.kind, o.evMac, o.evccId, o.token, o.session),
    'session.internet': (o) => usedInternet(o.bytesUp, o.bytesDown, o.seconds, o.ports, o.session),
    'session.end': (o) => endSession(o.at, o.reason, o.session),
    'transaction.start': (o) => {
      const changed = startTransaction(
        o.transaction,
        o.session,
        o.evse,
        o.connector,
        o.idToken,
        o.at,
        o.meter,
        o.meter,
        o.at,
      );
      return changed + energy(o.transaction);
    },
    'transaction.meter': (o) => meter(o.meter, o.at, o.transaction) + energy(o.transaction),
    'transaction.stop': (o) =>
      stopTransaction(o.at, o.meter, o.reason, o.transaction) + energy(o.transaction),
    'transaction.identify': (o) => identify(o.ocppTransactionId, o.transaction),
    'message.add': (o) => addMessage(o.id, o.at, o.transaction, o.evse, o.action, o.fact, o.entry),
    'message.render': (o) => renderMessage(o.payload, o.messageId, o.id),
    'message.attempt': (o) => attemptMessage(o.messageId, o.attempts, o.nextAttemptAt, o.id),
    'message.done': (o) => finishMessage('done', o.at, o.outcome, o.id) + delivered(o.id),
    'message.drop': (o) => finishMessage('dropped', o.at, o.outcome, o.id),
    'paused.put': (o) =>
      putPaused(o.evse, o.session, o.transaction, o.protocol, o.v2gSession, o.pausedAt, o.data),
    'paused.delete': (o) => deletePaused(o.evse),
    'setting.put': (o) => putSetting(o.key, o.value, o.source, o.changedAt, o.changedBy),
    'setting.delete': (o) => deleteSetting(o.key),
    'account.put': (o) => putAccount(o.name, o.role, o.passwordHash, o.created, o.lastLogin),
    'account.delete': (o) => deleteLoginsOf(o.name) + deleteAccount(o.name),
    'token.put': (o) =>
      putToken(
        o.id,
        o.name,
        o.secretHash,
        JSON.stringify(o.scopes),
        o.created,
        o.expires,
        o.lastUsed,
      ),
    'token.delete': (o) => deleteToken(o.id),
    'login.put': (o) => putLogin(o.hash, o.account, o.created, o.lastSeen),
    'login.delete': (o) => deleteLogin(o.hash),
    'audit.add': (o) => addAudit(o.at, o.actor, o.action, o.object, o.detail),
    'authorization.put': (o) =>
      putAuthorization(o.idToken, o.status, o.parentIdToken, o.expires, o.updatedAt),
    'authorization.delete': (o) => deleteAuthorization(o.idToken),
    'authorization.clear': () => clearAuthorizations(),
    'gap.add': (o) => addGap(o.from, o.until, o.entries, o.bytes, o.reason),
    'attempt.put': (o) =>
      putAttempt(
        o.id,
        o.evse,
        o.session,
        o.began,
        o.result,
        o.evMac,
        o.summary,
        o.data,
        o.reference,
      ),
    prune: (o) => {
      const rows = prune[o.what](o.before, o.limit);
      if (rows > 0 && o.what === 'sessions') transactionsOfNoSession(o.before);
      // gives pages back to the disk, some of them each time
      if (rows > 0) db.exec('PRAGMA incremental_vacuum(64)');
      return rows;
    },
  };
}
