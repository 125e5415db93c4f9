import type { PrismaClient } from '../generated/client.ts';
import type { Reader } from './reader.ts';
import { beganCursor, parseBeganCursor } from './began-cursor.ts';
import { json, page, plain } from './rows.ts';

/** Median of how long the matched attempts lasted, milliseconds; of two in the middle their mean. */
async function medianOf(
  db: PrismaClient,
  evse: number,
  evMac: string | null,
): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ median: number | null }[]>`
    SELECT AVG("lasted") AS "median" FROM (
      SELECT "lasted", ROW_NUMBER() OVER (ORDER BY "lasted") AS "n", COUNT(*) OVER () AS "total" FROM (
        SELECT CAST(json_extract("summary", '$.lasted') AS REAL) AS "lasted" FROM "SlacAttempt"
        WHERE "evse" = ${evse} AND "result" = 'matched' AND (${evMac} IS NULL OR "evMac" = ${evMac})
      ) WHERE "lasted" IS NOT NULL
    ) WHERE "n" IN (("total" + 1) / 2, ("total" + 2) / 2)`;
  return row?.median ?? undefined;
}

export function slacVerbs(db: PrismaClient): Pick<Reader, 'slacAttempts' | 'slacAttempt'> {
  return {
    async slacAttempts({ evse, evMac, limit, cursor }) {
      const fits = { evse, ...(evMac === undefined ? {} : { evMac }) };
      const [rows, counts, medianMs] = await Promise.all([
        db.slacAttempt.findMany({
          select: { id: true, evse: true, session: true, began: true, summary: true },
          where: { ...fits, ...parseBeganCursor(cursor) },
          orderBy: [{ began: 'desc' }, { id: 'desc' }],
          take: limit + 1,
        }),
        db.slacAttempt.groupBy({ by: ['result'], where: fits, _count: { id: true } }),
        medianOf(db, evse, evMac ?? null),
      ]);
      const records = rows.map((row) => ({ ...plain(row), summary: json(row.summary) }));
      return {
        ...page(records, limit, (record) => record, beganCursor),
        totals: Object.fromEntries(counts.map(({ result, _count }) => [result, _count.id])),
        ...(medianMs === undefined ? {} : { medianMs }),
      };
    },
    async slacAttempt({ evse, id }) {
      const row = await db.slacAttempt.findFirst({ select: { data: true }, where: { id, evse } });
      return row ? json(row.data) : undefined;
    },
  };
}
