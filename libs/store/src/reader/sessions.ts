import type { OpenTransaction, SessionKind } from '@kerbside/charging';
import { wattHours } from '@kerbside/kernel';
import type { PrismaClient } from '../generated/client.ts';
import type { Session, Transaction } from '../generated/client.ts';
import type { SessionRecord, TransactionRecord } from '../records.ts';
import { beganCursor, parseBeganCursor } from './began-cursor.ts';
import type { Reader } from './reader.ts';
import { page, plain } from './rows.ts';

type SessionVerbs = Pick<Reader, 'sessions' | 'session' | 'openTransactions'>;

export function sessionVerbs(db: PrismaClient): SessionVerbs {
  async function withTransactions(sessions: readonly Session[]): Promise<SessionRecord[]> {
    const transactions = await db.transaction.findMany({
      where: { session: { in: sessions.map(({ id }) => id) } },
      orderBy: [{ started: 'asc' }, { key: 'asc' }],
    });
    return sessions.map((row) => sessionRecord(row, transactions));
  }

  return {
    async sessions({ evse, limit, cursor }) {
      const rows = await db.session.findMany({
        where: {
          ...(evse === undefined ? {} : { evse }),
          ...parseBeganCursor(cursor),
        },
        orderBy: [{ began: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      const records = await withTransactions(rows);
      return page(records, limit, (record) => record, beganCursor);
    },
    async session(id) {
      const row = await db.session.findUnique({ where: { id } });
      return row ? (await withTransactions([row]))[0] : undefined;
    },
    async openTransactions() {
      const rows = await db.transaction.findMany({
        where: { stopped: null },
        orderBy: [{ started: 'asc' }, { key: 'asc' }],
      });
      return rows.map(openTransaction);
    },
  };
}

function openTransaction(row: Transaction): OpenTransaction {
  const { key, session, evse, connector, idToken, meterStart, lastMeter, lastMeterAt } = row;
  return {
    transaction: key,
    session,
    evse,
    connector,
    idToken,
    meterStart: wattHours(meterStart),
    lastMeter: wattHours(lastMeter),
    lastAt: Number(lastMeterAt),
  };
}

function sessionRecord(row: Session, transactions: readonly Transaction[]): SessionRecord {
  const { kind, internetUp, internetDown, internetSeconds, internetPorts, ...rest } = plain(row);
  return {
    ...rest,
    ...(internetPorts === undefined
      ? {}
      : {
          internet: {
            bytesUp: internetUp ?? 0,
            bytesDown: internetDown ?? 0,
            seconds: internetSeconds ?? 0,
            ports: JSON.parse(internetPorts) as number[],
          },
        }),
    ...(kind === undefined ? {} : { kind: kind as SessionKind }),
    transactions: transactions.filter(({ session }) => session === row.id).map(transactionRecord),
  };
}

function transactionRecord(row: Transaction): TransactionRecord {
  const { key, connector, started, stopped, meterStart, meterStop, lastMeter, ...rest } =
    plain(row);
  const { reason, ocppTransactionId, delivered } = rest;
  return {
    key,
    connector,
    started,
    ...(stopped === undefined ? {} : { stopped }),
    meterStart,
    ...(meterStop === undefined ? {} : { meterStop }),
    lastMeter,
    ...(reason === undefined ? {} : { reason }),
    ...(ocppTransactionId === undefined ? {} : { ocppTransactionId }),
    delivered,
  };
}
