import type { TimelineEntry, TimelineSource } from '@kerbside/contracts';
import {
  callId,
  exchangeName,
  isBadResult,
  messageName,
  repeatsOf,
  resultOf,
} from './entry-data.ts';

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
  return OCPP_LOOPS.has(after) || sameCall(row.last, entry);
}

const sameCall = (a: TimelineEntry, b: TimelineEntry): boolean =>
  b.source === 'ocpp' && callId(b) !== undefined && callId(a) === callId(b);

function grow(row: Row, entry: TimelineEntry): Row {
  const before = messageName(row.last);
  const after = messageName(entry);
  const half =
    before !== undefined && after !== undefined && isResponse(after) && !isResponse(before);
  const repeats = repeatsOf(entry);
  return {
    ...row,
    entries: [...row.entries, entry],
    last: entry,
    count: row.count + (half || sameCall(row.last, entry) ? 0 : repeats),
  };
}

/** Entries in order of time to lines; a run of messages in one source is one line, whatever else goes on meanwhile. */
export function rowsOf(entries: readonly TimelineEntry[]): Row[] {
  const rows: Row[] = [];
  const lastOfKind = new Map<string, number>();
  for (const entry of entries) {
    const kind = `${entry.source} ${messageName(entry) === undefined ? entry.type : 'message'}`;
    const at = lastOfKind.get(kind);
    const row = at === undefined ? undefined : rows[at];
    if (at !== undefined && row && continues(row, entry)) {
      rows[at] = grow(row, entry);
      continue;
    }
    lastOfKind.set(kind, rows.length);
    rows.push({
      key: entry.id,
      source: entry.source,
      entries: [entry],
      first: entry,
      last: entry,
      count: repeatsOf(entry),
    });
  }
  return rows;
}
