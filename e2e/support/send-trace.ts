/** One transaction message of OCPP in a system-call trace, and what was on disk when it left. */
export interface TracedSend {
  readonly action: string;
  /** Its payload, word for word, stood in a write to the WAL before. */
  readonly written: boolean;
  /** A sync of the WAL that began after that write had returned when the message left. */
  readonly synced: boolean;
}

const TRANSACTION = new Set(['StartTransaction', 'StopTransaction', 'MeterValues']);

interface Call {
  readonly text: string;
  readonly from: number;
  readonly until: number;
}

/** The calls of a trace made by `strace -f -y -x`: what is not plain text stands in hex, in the order in which they began. */
function callsOf(trace: string): Call[] {
  const calls: Call[] = [];
  const unfinished = new Map<string, { text: string; from: number }>();
  trace.split('\n').forEach((line, at) => {
    const match = /^(\d+)\s+(.*)$/.exec(line);
    if (!match) return;
    const [, thread = '', rest = ''] = match;
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(thread, { text: rest, from: at });
      return;
    }
    const begun = rest.startsWith('<... ') ? unfinished.get(thread) : undefined;
    calls.push({
      text: begun ? `${begun.text} ${rest}` : rest,
      from: begun?.from ?? at,
      until: at,
    });
  });
  return calls.toSorted((a, b) => a.from - b.from);
}

/** All bytes that a call was given, its buffers one after the other. */
function bytesOf(call: string): Buffer {
  const parts = [...call.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map((match) => match[1] ?? '');
  return Buffer.from(parts.join('').replaceAll('\\x', ''), 'hex');
}

/** The text frames of a WebSocket client: masked, not fragmented. RFC 6455 section 5.2 */
function textFrames(bytes: Buffer): string[] {
  const frames: string[] = [];
  let at = 0;
  while (at + 6 <= bytes.length && (bytes[at] as number) >> 4 === 8) {
    const isText = bytes[at] === 0x81;
    let length = (bytes[at + 1] as number) & 0x7f;
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) return frames;
    const mask = bytes.subarray(at, at + 4);
    at += 4;
    const payload = bytes.subarray(at, at + length);
    at += length;
    if (isText)
      frames.push(Buffer.from(payload.map((byte, i) => byte ^ (mask[i & 3] as number))).toString());
  }
  return frames;
}

/** The transaction messages in a trace of a charger, in order. */
export function transactionSends(trace: string): TracedSend[] {
  const calls = callsOf(trace);
  const writes = calls.filter(({ text }) => /^pwrite64\(\d+<[^>]*-wal>/.test(text));
  const pages = writes.map((call) => ({ ...call, bytes: bytesOf(call.text) }));
  const syncs = calls.filter(({ text }) => /^f(data)?sync\(\d+<[^>]*-wal>.* = 0$/.test(text));
  const sends: TracedSend[] = [];
  for (const call of calls) {
    if (!/^(write|writev|sendto|sendmsg)\(\d+<(TCP|socket)/.test(call.text)) continue;
    for (const frame of textFrames(bytesOf(call.text))) {
      const [type, , action, payload] = JSON.parse(frame) as [number, string, string, unknown];
      if (type !== 2 || !TRANSACTION.has(action)) continue;
      const text = Buffer.from(JSON.stringify(payload));
      const page = pages.find(({ bytes, until }) => until < call.from && bytes.includes(text));
      const synced =
        page !== undefined &&
        syncs.some(({ from, until }) => from > page.until && until < call.from);
      sends.push({ action, written: page !== undefined, synced });
    }
  }
  return sends;
}
