import { readFileSync } from 'node:fs';

/** The bytes that one side of a TCP connection sent, in order. */
export interface TcpStream {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Every direction of every TCP connection over IPv6 of a capture (pcap or pcapng, Ethernet). */
export function tcpStreams(file: string): TcpStream[] {
  const buffer = readFileSync(file);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const flows = new Map<string, Segment[]>();
  for (const [at, length] of view.getUint32(0) === 0x0a0d0d0a ? pcapng(view) : pcap(view)) {
    const segment = tcpSegment(new DataView(view.buffer, view.byteOffset + at, length));
    if (!segment) continue;
    const known = flows.get(segment.flow);
    if (known) known.push(segment);
    else flows.set(segment.flow, [segment]);
  }
  return [...flows].map(([name, segments]) => ({ name, bytes: reassembled(segments) }));
}

interface Segment {
  readonly flow: string;
  readonly syn: boolean;
  readonly sequence: number;
  readonly data: Uint8Array;
}

function* pcap(view: DataView): Generator<readonly [at: number, length: number]> {
  const little = [0xd4c3b2a1, 0x4d3cb2a1].includes(view.getUint32(0));
  for (let at = 24; at + 16 <= view.byteLength;) {
    const length = view.getUint32(at + 8, little);
    yield [at + 16, length];
    at += 16 + length;
  }
}

function* pcapng(view: DataView): Generator<readonly [at: number, length: number]> {
  const little = view.getUint32(8) === 0x4d3c2b1a;
  for (let at = 0; at + 12 <= view.byteLength;) {
    const type = view.getUint32(at, little);
    if (type === 6) yield [at + 28, view.getUint32(at + 20, little)];
    at += view.getUint32(at + 4, little);
  }
}

const ETHERNET = 14;
const IPV6 = 40;

function tcpSegment(frame: DataView): Segment | undefined {
  if (frame.byteLength < ETHERNET + IPV6 + 20 || frame.getUint16(12) !== 0x86dd) return undefined;
  if (frame.getUint8(ETHERNET + 6) !== 6) return undefined; // no extension header in V2G
  const tcp = ETHERNET + IPV6;
  const end = tcp + frame.getUint16(ETHERNET + 4);
  const data = tcp + (frame.getUint8(tcp + 12) >> 4) * 4;
  const bytes = (from: number, to: number): Uint8Array =>
    new Uint8Array(frame.buffer, frame.byteOffset + from, Math.max(0, to - from));
  const flow = Buffer.from(bytes(ETHERNET + 8, tcp + 4)).toString('hex');
  const syn = (frame.getUint8(tcp + 13) & 2) !== 0;
  return {
    flow,
    syn,
    sequence: frame.getUint32(tcp + 4),
    data: bytes(data, Math.min(end, frame.byteLength)),
  };
}

/** Puts segments into order; what was sent again is dropped, and after a gap there is nothing. */
function reassembled(segments: readonly Segment[]): Uint8Array {
  const first = segments.find(({ syn }) => syn);
  const start = first ? (first.sequence + 1) >>> 0 : (segments[0]?.sequence ?? 0);
  const placed = segments
    .map(({ sequence, data }) => ({ at: (sequence - start) | 0, data }))
    .filter(({ data }) => data.length > 0)
    .toSorted((a, b) => a.at - b.at);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { at: from, data } of placed) {
    if (from > at) break;
    if (from + data.length <= at) continue;
    parts.push(data.subarray(at - from));
    at = from + data.length;
  }
  return Buffer.concat(parts);
}
