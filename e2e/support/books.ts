import type { Session, TimelineEntry } from '@kerbside/contracts';
import type { Api, Bench, CsmsTransaction } from './bench.ts';

/** One transaction as the charger's journal has it. */
export type JournalTransaction = Session['transactions'][number] & {
  readonly evse: number;
  readonly session: string;
};

/** All sessions, the oldest first. */
export async function allSessions(api: Api): Promise<Session[]> {
  const sessions: Session[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await api.call<{ items: Session[]; next?: string }>(
      'GET',
      `/sessions?limit=100${query}`,
    );
    sessions.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return sessions.toReversed();
}

export async function journalTransactions(api: Api): Promise<JournalTransaction[]> {
  return (await allSessions(api))
    .flatMap(({ evse, id, transactions }) =>
      transactions.map((transaction) => ({ ...transaction, evse, session: id })),
    )
    .toSorted((a, b) => a.started.localeCompare(b.started));
}

/** What is wrong between the journal and the back-end: each transaction must stand in both, once, ended, alike. */
export function bookErrors(
  journal: readonly JournalTransaction[],
  billed: readonly CsmsTransaction[],
): string[] {
  const errors: string[] = [];
  const say = (text: string) => void errors.push(text);
  if (journal.length !== billed.length)
    say(`${journal.length} transactions in the journal, ${billed.length} in the CSMS`);
  const starts = billed.map((one) => `${one.connector} ${one.timestamp} ${one.meterStart}`);
  if (new Set(starts).size !== starts.length) say('a start stands twice in the CSMS');
  const byId = new Map(billed.map((one) => [one.id, one]));
  for (const one of journal) {
    const of = `${one.key} (CSMS ${one.ocppTransactionId})`;
    const bill = byId.get(one.ocppTransactionId ?? -1);
    if (!bill) {
      say(`${of}: not in the CSMS`);
      continue;
    }
    byId.delete(bill.id);
    if (!one.delivered) say(`${of}: not delivered`);
    if (bill.connector !== one.evse) say(`${of}: connector ${bill.connector}`);
    if (bill.meterStart !== Math.round(one.meterStart)) say(`${of}: meterStart`);
    if (one.stopped === undefined || bill.meterStop === undefined) say(`${of}: never stopped`);
    else if (bill.meterStop !== Math.round(one.meterStop ?? Number.NaN)) say(`${of}: meterStop`);
  }
  for (const id of byId.keys()) say(`CSMS ${id}: not in the journal, or twice`);
  for (const evse of new Set(billed.map(({ connector }) => connector))) {
    const own = billed.filter(({ connector }) => connector === evse);
    const inOrder = own.toSorted((a, b) => a.id - b.id);
    for (const [at, { timestamp, meterStart }] of inOrder.entries()) {
      const before = inOrder[at - 1];
      if (before && (before.stopTimestamp ?? '') > timestamp)
        say(`EVSE ${evse}: start before stop`);
      if (before && (before.meterStop ?? 0) > meterStart) say(`EVSE ${evse}: register runs back`);
    }
  }
  return errors;
}

/** What was not in a transaction though it flowed, and what was counted twice, per EVSE in Wh. */
export function registerErrors(
  journal: readonly JournalTransaction[],
  meters: ReadonlyMap<number, { readonly from: number; readonly to: number }>,
): string[] {
  const errors: string[] = [];
  for (const [evse, { from, to }] of meters) {
    let at = from;
    let sum = 0;
    for (const { key, meterStart, meterStop } of journal.filter((one) => one.evse === evse)) {
      // a reading is rounded by the meter: a watt-hour in ten
      if (Math.abs(meterStart - at) > 0.2)
        errors.push(`EVSE ${evse}, ${key}: starts at ${meterStart}, the one before ended at ${at}`);
      at = meterStop ?? Number.NaN;
      sum += at - meterStart;
    }
    if (!(Math.abs(at - to) <= 0.2)) errors.push(`EVSE ${evse}: ${at} at the end, meter ${to}`);
    if (!(Math.abs(sum - (to - from)) <= 0.5))
      errors.push(`EVSE ${evse}: transactions ${sum} Wh, meter ${to - from} Wh`);
  }
  return errors;
}

interface Frame {
  readonly direction: 'in' | 'out';
  readonly text: string;
}

/** The transaction messages of a station, in the order in which they first came, as `id action`. */
export async function deliveredOrder(bench: Bench, station = 'KERBSIDE-1'): Promise<string[]> {
  const items: (Frame & { id: number })[] = [];
  for (;;) {
    const route = `/api/v1/stations/${station}/messages?limit=500&after=${items.at(-1)?.id ?? 0}`;
    const page = ((await (await fetch(`${bench.csms}${route}`)).json()) as { items: typeof items })
      .items;
    if (page.length === 0) break;
    items.push(...page);
  }
  const pending = new Map<string, string>();
  const seen = new Set<string>();
  const order: string[] = [];
  for (const { direction, text } of items) {
    const [type, id, action, payload] = JSON.parse(text) as [number, string, string, object];
    if (direction === 'out') {
      const start = type === 3 && pending.get(id);
      // the payload of an answer stands where the action of a call does
      if (start)
        order.push(`${(action as unknown as { transactionId: number }).transactionId} Start`);
      pending.delete(id);
      continue;
    }
    if (type !== 2) continue;
    const { transactionId } = payload as { transactionId?: number };
    const whole = JSON.stringify(payload);
    if (action === 'StartTransaction') {
      if (!seen.has(whole)) pending.set(id, whole);
    } else if (transactionId !== undefined && !seen.has(`${action}${whole}`)) {
      seen.add(`${action}${whole}`);
      order.push(`${transactionId} ${action === 'StopTransaction' ? 'Stop' : 'Values'}`);
    }
  }
  return order.filter((entry, at) => !entry.endsWith(' Start') || order.indexOf(entry) === at);
}

/** What is out of order: nothing of a transaction comes before its start or after its stop. */
export function orderErrors(order: readonly string[]): string[] {
  const errors: string[] = [];
  const state = new Map<string, 'open' | 'ended'>();
  for (const entry of order) {
    const [id = '', what] = entry.split(' ');
    if (what === 'Start') state.set(id, 'open');
    // the log holds the newest frames alone: what began before it is not judged
    else if (state.size === 0) continue;
    else if (state.get(id) !== 'open')
      errors.push(`${entry} while ${state.get(id) ?? 'not begun'}`);
    if (what === 'Stop') state.set(id, 'ended');
  }
  return errors;
}

export const ofType = (entries: readonly TimelineEntry[], type: string) =>
  entries.filter((entry) => entry.type === type);
