import type { PrismaClient } from '../generated/client.ts';
import type { Reader } from './reader.ts';
import { beganCursor, parseBeganCursor } from './began-cursor.ts';
import { json, page, plain } from './rows.ts';

export function slacVerbs(db: PrismaClient): Pick<Reader, 'slacAttempts' | 'slacAttempt'> {
  return {
    async slacAttempts({ evse, evMac, limit, cursor }) {
      const fits = { evse, ...(evMac === undefined ? {} : { evMac }) };
      const [rows, counts] = await Promise.all([
        db.slacAttempt.findMany({
          select: { id: true, evse: true, session: true, began: true, summary: true },
          where: { ...fits, ...parseBeganCursor(cursor) },
          orderBy: [{ began: 'desc' }, { id: 'desc' }],
          take: limit + 1,
        }),
        db.slacAttempt.groupBy({ by: ['result'], where: fits, _count: { id: true } }),
      ]);
      const records = rows.map((row) => ({ ...plain(row), summary: json(row.summary) }));
      return {
        ...page(records, limit, (record) => record, beganCursor),
        totals: Object.fromEntries(counts.map(({ result, _count }) => [result, _count.id])),
      };
    },
    async slacAttempt({ evse, id }) {
      const row = await db.slacAttempt.findFirst({ select: { data: true }, where: { id, evse } });
      return row ? json(row.data) : undefined;
    },
  };
}
