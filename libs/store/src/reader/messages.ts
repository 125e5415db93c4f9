import type { OcppMessage, PrismaClient } from '../generated/client.ts';
import type { QueuedMessage, StoredMessage } from '../records.ts';
import type { Reader } from './reader.ts';
import { page, plain } from './rows.ts';

type MessageVerbs = Pick<Reader, 'queue' | 'queueState' | 'messages'>;

const undelivered = { state: { in: ['waiting', 'rendered'] } };

export function messageVerbs(db: PrismaClient): MessageVerbs {
  /** The session of each transaction of these messages, and the number that the back-end gave it. */
  async function transactionsOf(rows: readonly OcppMessage[]) {
    const keys = rows.flatMap(({ transaction }) => (transaction === null ? [] : [transaction]));
    const found = await db.transaction.findMany({
      select: { key: true, session: true, ocppTransactionId: true },
      where: { key: { in: [...new Set(keys)] } },
    });
    return new Map(
      found.map(({ key, session, ocppTransactionId }) => [
        key,
        { session, ...(ocppTransactionId === null ? {} : { ocppTransactionId }) },
      ]),
    );
  }

  return {
    async queue(limit) {
      const rows = await db.ocppMessage.findMany({
        where: undelivered,
        orderBy: { id: 'asc' },
        take: limit,
      });
      const known = await transactionsOf(rows);
      return rows.map((row): QueuedMessage => {
        const { outcome: _outcome, doneAt: _doneAt, state, ...rest } = plain(row);
        return {
          ...rest,
          state: state as QueuedMessage['state'],
          ...known.get(rest.transaction ?? ''),
        };
      });
    },
    async queueState() {
      const [length, first] = await Promise.all([
        db.ocppMessage.count({ where: undelivered }),
        db.ocppMessage.findFirst({
          select: { at: true },
          where: undelivered,
          orderBy: { id: 'asc' },
        }),
      ]);
      return { length, ...(first ? { oldest: Number(first.at) } : {}) };
    },
    async messages({ limit, cursor }) {
      const before = cursor !== undefined && /^\d{1,10}$/.test(cursor) ? Number(cursor) : undefined;
      const rows = await db.ocppMessage.findMany({
        where: before === undefined ? {} : { id: { lt: before } },
        orderBy: { id: 'desc' },
        take: limit + 1,
      });
      return page(
        rows,
        limit,
        (row): StoredMessage => {
          const { fact: _fact, state, ...rest } = plain(row);
          return { ...rest, state: state as StoredMessage['state'] };
        },
        (row) => String(row.id),
      );
    },
  };
}
