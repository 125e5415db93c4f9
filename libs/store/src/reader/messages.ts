import type { OcppMessage, PrismaClient } from '../generated/client.ts';
import type { QueuedMessage, StoredMessage } from '../records.ts';
import type { Reader } from './reader.ts';
import { page, plain } from './rows.ts';

type MessageVerbs = Pick<Reader, 'queue' | 'queueState' | 'messages'>;

const undelivered = { state: { in: ['waiting', 'rendered'] } };

export function messageVerbs(db: PrismaClient): MessageVerbs {
  /** The numbers that the back-end gave to the transactions of these messages. */
  async function numbers(rows: readonly OcppMessage[]): Promise<Map<string, number>> {
    const keys = rows.flatMap(({ transaction }) => (transaction === null ? [] : [transaction]));
    const found = await db.transaction.findMany({
      select: { key: true, ocppTransactionId: true },
      where: { key: { in: [...new Set(keys)] }, ocppTransactionId: { not: null } },
    });
    return new Map(
      found.flatMap(({ key, ocppTransactionId }) =>
        ocppTransactionId === null ? [] : [[key, ocppTransactionId]],
      ),
    );
  }

  return {
    async queue(limit) {
      const rows = await db.ocppMessage.findMany({
        where: undelivered,
        orderBy: { id: 'asc' },
        take: limit,
      });
      const known = await numbers(rows);
      return rows.map((row): QueuedMessage => {
        const { outcome: _outcome, doneAt: _doneAt, state, ...rest } = plain(row);
        const ocppTransactionId = known.get(rest.transaction ?? '');
        return {
          ...rest,
          state: state as QueuedMessage['state'],
          ...(ocppTransactionId === undefined ? {} : { ocppTransactionId }),
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
