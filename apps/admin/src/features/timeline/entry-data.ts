import type { TimelineEntry } from '@kerbside/contracts';

type Data = TimelineEntry['data'];

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function first(data: Data, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(data[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Name of the message that an entry of SLAC, V2G, OCPP or VAS is about. */
export const messageName = (entry: TimelineEntry): string | undefined =>
  first(entry.data, ['name', 'message', 'action', 'request']);

/** The name without Req/Res, .REQ/.CNF: what both halves of an exchange share. */
export const exchangeName = (name: string): string =>
  name.replace(/(Req|Res|[._](REQ|CNF|IND|RSP))$/, '');

/** Response code or status. */
export const resultOf = (entry: TimelineEntry): string | undefined => {
  const payload = objectOf(entry.data['payload']);
  const own = first(entry.data, [
    'responseCode',
    'result',
    'status',
    'outcome',
    'errorCode',
    'code',
  ]);
  return own ?? first(payload, ['status']) ?? first(objectOf(payload['idTagInfo']), ['status']);
};

/** Milliseconds that the exchange took. */
export const tookOf = (entry: TimelineEntry): number | undefined =>
  numberOf(entry.data['tookMs']) ??
  numberOf(entry.data['durationMs']) ??
  numberOf(entry.data['took']);

export function isBadResult(result: string | undefined): boolean {
  return (
    result !== undefined &&
    /^(failed|error|reject|blocked|invalid|expired|concurrenttx|timeout|unknown|denied|notsupported|faulted|.*error$)/i.test(
      result,
    )
  );
}

const HEX = /^([0-9a-f]{2}[ :]?){6,}$/i;
/** Byte strings of an entry by field name: raw frames, EXI. */
export function bytesOf(data: Data): readonly (readonly [name: string, hex: string])[] {
  return Object.entries(data).flatMap(([name, value]) =>
    typeof value === 'string' && HEX.test(value) && /exi|raw|hex|bytes|frame|payload/i.test(name)
      ? [[name, value.replaceAll(/[ :]/g, '').toLowerCase()] as const]
      : [],
  );
}

/** `0000  80 9a 02 …`: sixteen bytes a line. */
export function hexDump(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16)
    lines.push(`${at.toString(16).padStart(4, '0')}  ${bytes.slice(at, at + 16).join(' ')}`);
  return lines.join('\n');
}

/** A nested object of the data, or an empty one. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** Id that an OCPP call and its answer share. */
export const callId = (entry: TimelineEntry): unknown =>
  entry.data['messageId'] ?? entry.data['id'];

/** How many messages an entry stands for: loops are thinned to one entry a second. */
export const repeatsOf = (entry: TimelineEntry): number => numberOf(entry.data['repeated']) ?? 1;
