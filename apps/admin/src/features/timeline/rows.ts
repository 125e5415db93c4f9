import type { TimelineEntry, TimelineSource } from '@kerbside/contracts';
import { exchangeName, isBadResult, messageName, resultOf } from './entry-data.ts';

/** One line of the time line: an entry, an exchange of request and response, or a loop that repeats. */
export interface Row {
  readonly key: number;
  readonly source: TimelineSource;
  readonly entries: readonly TimelineEntry[];
  readonly first: TimelineEntry;
  readonly last: TimelineEntry;
  /** How often it happened; request and response count as one. */
  readonly count: number;
}

const V2G_LOOPS: ReadonlySet<string> = new Set([
  'CurrentDemand',
  'ChargingStatus',
  'MeteringReceipt',
  'CableCheck',
  'PreCharge',
  'WeldingDetection',
  'Authorization',
  'ContractAuthentication',
  'ChargeParameterDiscovery',
  'AC_ChargeLoop',
  'DC_ChargeLoop',
]);
const OCPP_LOOPS: ReadonlySet<string> = new Set(['MeterValues', 'Heartbeat']);

const isResponse = (name: string) => /(Res|[._](CNF|RSP))$/.test(name);

/** Whether an entry carries on what the last row of its source began. */
function continues(row: Row, entry: TimelineEntry): boolean {
  if (isBadResult(resultOf(entry)) && row.count > 1) return false;
  if (isBadResult(resultOf(row.last))) return false;
  if (entry.type === 'meter.sampled') return row.last.type === 'meter.sampled';
  const [before, after] = [messageName(row.last), messageName(entry)];
  if (before === undefined || after === undefined) return false;
  if (exchangeName(before) !== exchangeName(after)) return false;
  const answer = isResponse(after) && !isResponse(before);
  if (entry.source === 'v2g') return answer || V2G_LOOPS.has(exchangeName(after));
  if (entry.source === 'slac') return answer || before === after;
  if (entry.source !== 'ocpp') return false;
  const id = entry.data['messageId'];
  return OCPP_LOOPS.has(after) || (id !== undefined && id === row.last.data['messageId']);
}

function grow(row: Row, entry: TimelineEntry): Row {
  const before = messageName(row.last);
  const after = messageName(entry);
  const half =
    before !== undefined && after !== undefined && isResponse(after) && !isResponse(before);
  const sameCall =
    entry.source === 'ocpp' &&
    entry.data['messageId'] !== undefined &&
    entry.data['messageId'] === row.last.data['messageId'];
  return {
    ...row,
    entries: [...row.entries, entry],
    last: entry,
    count: row.count + (half || sameCall ? 0 : 1),
  };
}

/** Entries in order of time to lines; a run in one source is one line, whatever other sources do meanwhile. */
export function rowsOf(entries: readonly TimelineEntry[]): Row[] {
  const rows: Row[] = [];
  const lastOfSource = new Map<TimelineSource, number>();
  for (const entry of entries) {
    const at = lastOfSource.get(entry.source);
    const row = at === undefined ? undefined : rows[at];
    if (at !== undefined && row && continues(row, entry)) {
      rows[at] = grow(row, entry);
      continue;
    }
    lastOfSource.set(entry.source, rows.length);
    rows.push({
      key: entry.id,
      source: entry.source,
      entries: [entry],
      first: entry,
      last: entry,
      count: 1,
    });
  }
  return rows;
}
