import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Addresses by name, of both families. */
export type Zone = Readonly<Record<string, { readonly v4: string; readonly v6: string }>>;

const HEADER = 12;
const TYPE_A = 1;
const TYPE_AAAA = 28;
const NXDOMAIN = 3;
const TTL = 60;

function bytesOf(address: string): Buffer {
  if (address.includes('.')) return Buffer.from(address.split('.').map(Number));
  const [left = '', right] = address.split('::');
  const parts = (text: string) => (text ? text.split(':') : []);
  const missing = right === undefined ? 0 : 8 - parts(left).length - parts(right).length;
  const all = [...parts(left), ...Array<string>(missing).fill('0'), ...parts(right ?? '')];
  return Buffer.concat(all.map((part) => Buffer.from(part.padStart(4, '0'), 'hex')));
}

/** Answers one query of the zone; undefined for what is none. RFC 1035 */
export function answerQuery(query: Buffer, zone: Zone): Buffer | undefined {
  if (query.length < HEADER + 5 || (query.readUInt8(2) & 0xf8) !== 0) return undefined;
  const labels: string[] = [];
  let at = HEADER;
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    if (size > 63 || at + size + 1 >= query.length) return undefined;
    labels.push(query.toString('latin1', at + 1, at + 1 + size).toLowerCase());
    at += size + 1;
  }
  const end = at + 5;
  if (end > query.length) return undefined;
  const type = query.readUInt16BE(at + 1);
  const found = zone[labels.join('.')];
  const address = found && (type === TYPE_A ? found.v4 : type === TYPE_AAAA ? found.v6 : undefined);
  const head = Buffer.from(query.subarray(0, HEADER));
  // Answer, authoritative, recursion as it was asked for and available
  head.writeUInt16BE(0x8480 | (query.readUInt16BE(2) & 0x0100) | (found ? 0 : NXDOMAIN), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(address === undefined ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  const question = query.subarray(HEADER, end);
  if (address === undefined) return Buffer.concat([head, question]);
  const data = bytesOf(address);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc000 | HEADER, 0);
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(TTL, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, question, record, data]);
}

/** Serves the zone on port 53 of these addresses, UDP and TCP: an answer comes from where it was asked. */
export async function serveResolver(zone: Zone, addresses: readonly string[]): Promise<() => void> {
  const closers = await Promise.all(
    addresses.flatMap((address) => [serveUdp(zone, address), serveTcp(zone, address)]),
  );
  return () => {
    for (const close of closers) close();
  };
}

async function serveUdp(zone: Zone, address: string): Promise<() => void> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).bind(53, address, resolve);
  });
  socket.on('error', () => {});
  socket.on('message', (query, from) => {
    const answer = answerQuery(query, zone);
    if (answer) socket.send(answer, from.port, from.address);
  });
  return () => socket.close();
}

async function serveTcp(zone: Zone, address: string): Promise<() => void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      const answer = answerQuery(data.subarray(2), zone);
      if (!answer) return socket.destroy();
      const size = Buffer.alloc(2);
      size.writeUInt16BE(answer.length);
      return socket.end(Buffer.concat([size, answer]));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(53, address, resolve);
  });
  return () => server.close();
}
