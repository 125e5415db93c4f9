import type { Connection } from '@kerbside/store';

const instant = (at: unknown): string | undefined =>
  typeof at === 'number' ? new Date(at).toISOString() : undefined;

type Row = Readonly<Record<string, unknown>>;

/** Leaves out what the database has no value for. */
const present = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined),
  );

const station = ({ bootedAt, seenAt, ...row }: Row): Row =>
  present({ ...row, bootedAt: instant(bootedAt), seenAt: instant(seenAt) });

function transaction({ startedAt, stoppedAt, ...row }: Row): Row {
  const { meterStart, meterStop } = row;
  return present({
    ...row,
    energy:
      typeof meterStop === 'number' && typeof meterStart === 'number'
        ? meterStop - meterStart
        : undefined,
    startReceivedAt: instant(startedAt),
    stopReceivedAt: instant(stoppedAt),
  });
}

export interface TransactionFilter {
  readonly station?: string | undefined;
  readonly open?: boolean | undefined;
  readonly limit: number;
  /** Ids below this. */
  readonly before?: number | undefined;
}

/** What the REST API shows. */
export class Queries {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  #all(sql: string, ...values: readonly unknown[]): Row[] {
    return this.#db.prepare(sql).all(...values) as Row[];
  }

  stations(): Row[] {
    return this.#all(`SELECT * FROM "Station" ORDER BY "id"`).map(station);
  }

  station(id: string): Row | undefined {
    const row = this.#all(`SELECT * FROM "Station" WHERE "id" = ?`, id)[0];
    if (!row) return undefined;
    const connectors = this.#all(
      `SELECT "connector", "status", "errorCode", "info", "vendorErrorCode", "at"
       FROM "ConnectorStatus" WHERE "station" = ? ORDER BY "connector"`,
      id,
    ).map(({ at, ...each }) => present({ ...each, at: instant(at) }));
    return { ...station(row), connectors };
  }

  transactions({ station: id, open, limit, before }: TransactionFilter): Row[] {
    return this.#all(
      `SELECT * FROM "Transaction" WHERE (? IS NULL OR "station" = ?) AND (? IS NULL OR "id" < ?)
       AND (? IS NULL OR ("stopTimestamp" IS NULL) = ?) ORDER BY "id" DESC LIMIT ?`,
      id ?? null,
      id ?? null,
      before ?? null,
      before ?? null,
      open === undefined ? null : 1,
      open ? 1 : 0,
      limit,
    ).map(transaction);
  }

  transaction(id: number): Row | undefined {
    const row = this.#all(`SELECT * FROM "Transaction" WHERE "id" = ?`, id)[0];
    if (!row) return undefined;
    const meterValues = this.#all(
      `SELECT "timestamp", "sampledValue" FROM "MeterValue" WHERE "transaction" = ? ORDER BY "id"`,
      id,
    ).map(({ timestamp, sampledValue }) => ({
      timestamp,
      sampledValue: JSON.parse(String(sampledValue)) as unknown,
    }));
    return { ...transaction(row), meterValues };
  }

  /** Stops of transactions that are not known here, newest first. */
  orphanStops({ station: id, limit, before }: TransactionFilter): Row[] {
    return this.#all(
      `SELECT * FROM "OrphanStop" WHERE (? IS NULL OR "station" = ?) AND (? IS NULL OR "id" < ?)
       ORDER BY "id" DESC LIMIT ?`,
      id ?? null,
      id ?? null,
      before ?? null,
      before ?? null,
      limit,
    ).map(({ transactionData, receivedAt, ...row }) =>
      present({
        ...row,
        transactionData:
          transactionData === null ? undefined : (JSON.parse(String(transactionData)) as unknown),
        receivedAt: instant(receivedAt),
      }),
    );
  }

  tokens(): Row[] {
    return this.#all(`SELECT * FROM "Token" ORDER BY "idTag"`).map(({ expiry, ...row }) =>
      present({ ...row, expiryDate: instant(expiry) }),
    );
  }

  /** Oldest first, from `after` on; without it the newest. */
  messages(id: string, limit: number, after: number | undefined): Row[] {
    const rows =
      after === undefined
        ? this.#all(
            `SELECT "id", "at", "direction", "text" FROM "Message" WHERE "station" = ? ORDER BY "id" DESC LIMIT ?`,
            id,
            limit,
          ).toReversed()
        : this.#all(
            `SELECT "id", "at", "direction", "text" FROM "Message" WHERE "station" = ? AND "id" > ? ORDER BY "id" LIMIT ?`,
            id,
            after,
            limit,
          );
    return rows.map(({ at, ...row }) => ({ ...row, at: instant(at) }));
  }
}
