import type { FactSource } from '@kerbside/charging';
import type { PrismaClient } from '../generated/client.ts';
import type { JournalRecord } from '../records.ts';
import type { Reader } from './reader.ts';
import { json, page, plain } from './rows.ts';

type JournalVerbs = Pick<Reader, 'timeline' | 'recent' | 'journal' | 'rawMessage' | 'gaps'>;

const columns = {
  id: true,
  at: true,
  evse: true,
  session: true,
  source: true,
  type: true,
  data: true,
  sinceBoot: true,
} as const;
interface EntryColumns {
  readonly id: number;
  readonly at: bigint;
  readonly evse: number | null;
  readonly session: string | null;
  readonly source: string;
  readonly type: string;
  readonly data: string;
  readonly sinceBoot: number | null;
}

function record(row: EntryColumns): JournalRecord {
  const { source, data, ...rest } = plain(row);
  return { ...rest, source: source as FactSource, data: json(data) };
}
const cursorOf = (row: EntryColumns) => String(row.id);
const place = (cursor: string | undefined) =>
  cursor === undefined || !/^\d{1,10}$/.test(cursor) ? undefined : Number(cursor);

export function journalVerbs(db: PrismaClient): JournalVerbs {
  return {
    async timeline({ session, source, limit, cursor }) {
      const after = place(cursor);
      const rows = await db.journalEntry.findMany({
        select: columns,
        where: {
          session,
          ...(source === undefined ? {} : { source }),
          ...(after === undefined ? {} : { id: { gt: after } }),
        },
        orderBy: { id: 'asc' },
        take: limit + 1,
      });
      return page(rows, limit, record, cursorOf);
    },
    async recent({ session, limit }) {
      const rows = await db.journalEntry.findMany({
        select: columns,
        where: { session },
        orderBy: { id: 'desc' },
        take: limit,
      });
      return rows.map(record).toReversed();
    },
    async journal({ evse, limit, cursor }) {
      const before = place(cursor);
      const rows = await db.journalEntry.findMany({
        select: columns,
        where: {
          ...(evse === undefined ? {} : { evse }),
          ...(before === undefined ? {} : { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take: limit + 1,
      });
      return page(rows, limit, record, cursorOf);
    },
    async rawMessage(entry) {
      const [row] = await db.$queryRaw<{ bytes: Uint8Array }[]>`
        SELECT "bytes" FROM "Capture" WHERE "entry" = ${entry}`;
      return row?.bytes;
    },
    async gaps() {
      const rows = await db.gap.findMany({ orderBy: { id: 'asc' } });
      return rows.map((row) => plain(row));
    },
  };
}
