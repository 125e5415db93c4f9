import { createHash } from 'node:crypto';
import type {
  BootNotificationRequest,
  CsmsStart,
  CsmsStore,
  CsmsToken,
  MeterValuesRequest,
  StatusNotificationRequest,
  StopTransactionRequest,
} from '@kerbside/ocpp';
import type { Connection } from '@kerbside/store';
import { inTransaction } from './open-database.ts';

interface TokenRow {
  readonly idTag: string;
  readonly status: CsmsToken['status'];
  readonly expiry: number | null;
  readonly parentIdTag: string | null;
}

const tokenOf = ({ idTag, status, expiry, parentIdTag }: TokenRow): CsmsToken => ({
  idTag,
  status,
  expiry: expiry ?? undefined,
  parentIdTag: parentIdTag ?? undefined,
});

/** What the manager keeps, in SQLite; each method returns after its commit is synced. */
export class SqliteCsmsStore implements CsmsStore {
  readonly #db: Connection;
  readonly #statements;

  constructor(db: Connection) {
    this.#db = db;
    this.#statements = {
      seen: db.prepare(
        `INSERT INTO "Station" ("id", "seenAt") VALUES (?, ?)
         ON CONFLICT ("id") DO UPDATE SET "seenAt" = excluded."seenAt"`,
      ),
      boot: db.prepare(
        `INSERT INTO "Station" ("id", "vendor", "model", "serial", "firmware", "bootedAt", "seenAt")
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT ("id") DO UPDATE SET "vendor" = excluded."vendor", "model" = excluded."model",
           "serial" = excluded."serial", "firmware" = excluded."firmware",
           "bootedAt" = excluded."bootedAt", "seenAt" = excluded."seenAt"`,
      ),
      booted: db.prepare(`SELECT "bootedAt" FROM "Station" WHERE "id" = ?`),
      status: db.prepare(
        `INSERT INTO "ConnectorStatus"
           ("station", "connector", "status", "errorCode", "info", "vendorErrorCode", "at")
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT ("station", "connector") DO UPDATE SET "status" = excluded."status",
           "errorCode" = excluded."errorCode", "info" = excluded."info",
           "vendorErrorCode" = excluded."vendorErrorCode", "at" = excluded."at"`,
      ),
      token: db.prepare(`SELECT * FROM "Token" WHERE "idTag" = ?`),
      putToken: db.prepare(
        `INSERT INTO "Token" ("idTag", "status", "expiry", "parentIdTag") VALUES (?, ?, ?, ?)
         ON CONFLICT ("idTag") DO UPDATE SET "status" = excluded."status",
           "expiry" = excluded."expiry", "parentIdTag" = excluded."parentIdTag"`,
      ),
      seedToken: db.prepare(
        `INSERT INTO "Token" ("idTag", "status", "expiry") VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
      ),
      removeToken: db.prepare(`DELETE FROM "Token" WHERE "idTag" = ?`),
      findStart: db.prepare(
        `SELECT "id" FROM "Transaction" WHERE "station" = ? AND "connector" = ? AND "idTag" = ?
         AND "timestamp" = ? AND "meterStart" = ?`,
      ),
      start: db.prepare(
        `INSERT INTO "Transaction"
           ("station", "connector", "idTag", "timestamp", "meterStart", "status", "startedAt")
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING "id"`,
      ),
      findTransaction: db.prepare(
        `SELECT "stopTimestamp" FROM "Transaction" WHERE "id" = ? AND "station" = ?`,
      ),
      stop: db.prepare(
        `UPDATE "Transaction" SET "stopTimestamp" = ?, "meterStop" = ?, "reason" = ?,
           "stopIdTag" = ?, "stoppedAt" = ? WHERE "id" = ?`,
      ),
      orphanStop: db.prepare(
        `INSERT INTO "OrphanStop" ("station", "transactionId", "timestamp", "meterStop", "reason",
           "idTag", "transactionData", "receivedAt") VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      ),
      meterValue: db.prepare(
        `INSERT INTO "MeterValue" ("station", "connector", "transaction", "timestamp",
           "sampledValue", "hash", "receivedAt") VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      ),
    };
  }

  /** The station has connected, or its connection has ended. */
  seen(station: string, at: number): void {
    this.#statements.seen.run(station, at);
  }

  async boot(station: string, request: BootNotificationRequest, at: number): Promise<void> {
    const serial = request.chargePointSerialNumber ?? request.chargeBoxSerialNumber ?? null;
    const { chargePointVendor, chargePointModel, firmwareVersion = null } = request;
    this.#statements.boot.run(
      station,
      chargePointVendor,
      chargePointModel,
      serial,
      firmwareVersion,
      at,
      at,
    );
  }

  async hasBooted(station: string): Promise<boolean> {
    const row = this.#statements.booted.get(station) as { bootedAt: number | null } | undefined;
    return row !== undefined && row.bootedAt !== null;
  }

  async status(station: string, request: StatusNotificationRequest, at: number): Promise<void> {
    const { connectorId, status, errorCode, info = null, vendorErrorCode = null } = request;
    const said = request.timestamp === undefined ? at : Date.parse(request.timestamp);
    const when = Number.isNaN(said) ? at : said;
    this.#statements.status.run(
      station,
      connectorId,
      status,
      errorCode,
      info,
      vendorErrorCode,
      when,
    );
  }

  async token(idTag: string): Promise<CsmsToken | undefined> {
    const row = this.#statements.token.get(idTag.toUpperCase()) as TokenRow | undefined;
    return row && tokenOf(row);
  }

  putToken({
    idTag,
    status,
    expiry = null,
    parentIdTag = null,
  }: {
    readonly idTag: string;
    readonly status: CsmsToken['status'];
    readonly expiry?: number | null;
    readonly parentIdTag?: string | null;
  }): void {
    this.#statements.putToken.run(idTag.toUpperCase(), status, expiry, parentIdTag);
  }

  /** Adds tokens that are not there; those that somebody changed stay as they are. */
  seedTokens(tokens: readonly CsmsToken[]): void {
    inTransaction(this.#db, () => {
      for (const { idTag, status, expiry } of tokens)
        this.#statements.seedToken.run(idTag, status, expiry ?? null);
    });
  }

  removeToken(idTag: string): boolean {
    return this.#statements.removeToken.run(idTag.toUpperCase()).changes > 0;
  }

  async start({ station, request, status, at }: CsmsStart): Promise<number> {
    const { connectorId, idTag, timestamp, meterStart } = request;
    const key = [station, connectorId, idTag, timestamp, meterStart] as const;
    return inTransaction(this.#db, () => {
      const known = this.#statements.findStart.get(...key) as { id: number } | undefined;
      const row = known ?? (this.#statements.start.get(...key, status, at) as { id: number });
      return row.id;
    });
  }

  async stop(station: string, request: StopTransactionRequest, at: number) {
    const { transactionId, timestamp, meterStop, reason = 'Local', idTag = null } = request;
    return inTransaction(this.#db, () => {
      const known = this.#statements.findTransaction.get(transactionId, station) as
        { stopTimestamp: string | null } | undefined;
      if (!known) {
        const data = request.transactionData;
        this.#statements.orphanStop.run(
          station,
          transactionId,
          timestamp,
          meterStop,
          reason,
          idTag,
          data === undefined ? null : JSON.stringify(data),
          at,
        );
        return 'unknown' as const;
      }
      if (known.stopTimestamp !== null) return 'repeated' as const;
      this.#statements.stop.run(timestamp, meterStop, reason, idTag, at, transactionId);
      for (const value of request.transactionData ?? [])
        this.#addMeterValue(station, undefined, transactionId, value, at);
      return 'stopped' as const;
    });
  }

  async meterValues(station: string, request: MeterValuesRequest, at: number): Promise<void> {
    inTransaction(this.#db, () => {
      const { connectorId, transactionId } = request;
      const ours =
        transactionId !== undefined &&
        this.#statements.findTransaction.get(transactionId, station) !== undefined;
      for (const value of request.meterValue)
        this.#addMeterValue(station, connectorId, ours ? transactionId : undefined, value, at);
    });
  }

  #addMeterValue(
    station: string,
    connector: number | undefined,
    transaction: number | undefined,
    value: MeterValuesRequest['meterValue'][number],
    at: number,
  ): void {
    const sampled = JSON.stringify(value.sampledValue);
    const identity = JSON.stringify([connector, transaction, value.timestamp, sampled]);
    const hash = createHash('sha256').update(identity).digest('hex');
    this.#statements.meterValue.run(
      station,
      connector ?? 0,
      transaction ?? null,
      value.timestamp,
      sampled,
      hash,
      at,
    );
  }
}
