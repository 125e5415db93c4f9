import type { AuditEntry, Session, TimelineEntry } from '@kerbside/contracts';
import type { AuditRecord, JournalRecord, Page, Reader, SessionRecord } from '@kerbside/store';
import type { History, Page as ViewPage } from '../sessions/history.ts';

const iso = (at: number) => new Date(at).toISOString();
const maybe = <K extends string, T>(key: K, value: T | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };

export function toTimelineEntry(record: JournalRecord): TimelineEntry {
  const { id, at, evse, session, source, type, data, sinceBoot } = record;
  return {
    id,
    at: iso(at),
    ...maybe('evse', evse),
    ...maybe('session', session),
    source,
    type,
    data: { ...data },
    ...maybe('sinceBoot', sinceBoot),
  };
}

function toSession(record: SessionRecord): Session {
  return {
    id: record.id,
    evse: record.evse,
    ...maybe('kind', record.kind),
    began: iso(record.began),
    ...maybe('ended', record.ended === undefined ? undefined : iso(record.ended)),
    ...maybe('endReason', record.endReason),
    ...maybe('token', record.token),
    energy: record.energy,
    ...maybe('evccId', record.evccId),
    ...maybe('evMac', record.evMac),
    ...maybe(
      'internet',
      record.internet && { ...record.internet, ports: [...record.internet.ports] },
    ),
    transactions: record.transactions.map((transaction) => ({
      key: transaction.key,
      started: iso(transaction.started),
      ...maybe('stopped', transaction.stopped === undefined ? undefined : iso(transaction.stopped)),
      meterStart: transaction.meterStart,
      ...maybe('meterStop', transaction.meterStop),
      ...maybe('reason', transaction.reason),
      ...maybe('ocppTransactionId', transaction.ocppTransactionId),
      delivered: transaction.delivered,
    })),
  };
}

const toAudit = (record: AuditRecord): AuditEntry => ({
  ...record,
  at: iso(record.at),
  detail: { ...record.detail },
});

function page<A, B>(from: Page<A>, map: (item: A) => B): ViewPage<B> {
  return { items: from.items.map(map), ...maybe('next', from.next) };
}

/** What the database's reader knows, as the API shows it. */
export function history(reader: Reader): History {
  return {
    sessions: async (query) => page(await reader.sessions(query), toSession),
    async session(id) {
      const record = await reader.session(id);
      return record && toSession(record);
    },
    async lastSession(evse) {
      const record = (await reader.sessions({ limit: 1, evse })).items[0];
      return record && toSession(record);
    },
    timeline: async (session, query) =>
      page(await reader.timeline({ ...query, session }), toTimelineEntry),
    recent: async (session, limit) =>
      (await reader.recent({ session, limit })).map(toTimelineEntry),
    journal: async (query) => page(await reader.journal(query), toTimelineEntry),
    audit: async (query) => page(await reader.audit(query), toAudit),
  };
}
