import { createRequire } from 'node:module';

/** What we use of `raw-socket`, which is compiled at set-up and may not be there. */
interface RawSocket {
  on(event: 'message', listener: (data: Buffer, from: string) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  send(
    data: Buffer,
    offset: number,
    length: number,
    to: string,
    done: (error: Error | null) => void,
  ): void;
  close(): void;
}
interface RawSockets {
  createSocket(options: { protocol: number; addressFamily: number }): RawSocket;
  readonly AddressFamily: { readonly IPv4: number; readonly IPv6: number };
  readonly Protocol: { readonly ICMP: number; readonly ICMPv6: number };
}

/** Why raw sockets can't be had, or the module. */
function load(): RawSockets | { readonly missing: string } {
  try {
    return createRequire(import.meta.url)('raw-socket') as RawSockets;
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { missing: `raw-socket is not there: ${first}` };
  }
}

export type RawResult =
  | { readonly seen: true; readonly detail: string }
  | { readonly seen: false; readonly detail: string }
  /** It can't be told here. */
  | { readonly seen: undefined; readonly detail: string };

const ROUTER_ADVERTISEMENT = 134;
const ECHO_REQUEST = 8;
const ECHO_REPLY = 0;

/** Waits until a router advertisement is on the wire. RFC 4861 4.2 */
export function watchAdvertisement(limitMs: number): Promise<RawResult> {
  return onSocket('ICMPv6', limitMs, 'no router advertisement', (socket, done) => {
    socket.on('message', (data, from) => {
      if (data[0] === ROUTER_ADVERTISEMENT) done({ seen: true, detail: `from ${from}` });
    });
  });
}

/** Sends an echo request to an IPv4 address and waits for the reply. RFC 792 */
export function ping(address: string, limitMs: number): Promise<RawResult> {
  const id = process.pid & 0xffff;
  const began = performance.now();
  return onSocket('ICMP', limitMs, `no answer of ${address}`, (socket, done) => {
    const request = Buffer.alloc(16);
    request.writeUInt8(ECHO_REQUEST, 0);
    request.writeUInt16BE(id, 4);
    request.writeUInt16BE(1, 6);
    request.writeUInt16BE(checksum(request), 2);
    socket.on('message', (packet, from) => {
      const reply = packet.subarray(((packet[0] ?? 0) & 0x0f) * 4);
      if (from !== address || reply[0] !== ECHO_REPLY || reply.length < 8) return;
      if (reply.readUInt16BE(4) !== id) return;
      done({ seen: true, detail: `${address}, ${(performance.now() - began).toFixed(1)} ms` });
    });
    socket.send(request, 0, request.length, address, (error) => {
      if (error) done({ seen: false, detail: error.message });
    });
  });
}

/** The Internet checksum. RFC 1071 */
function checksum(data: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 1 < data.length; at += 2) sum += data.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function onSocket(
  protocol: 'ICMP' | 'ICMPv6',
  limitMs: number,
  nothing: string,
  use: (socket: RawSocket, done: (result: RawResult) => void) => void,
): Promise<RawResult> {
  const raw = load();
  if ('missing' in raw) return Promise.resolve({ seen: undefined, detail: raw.missing });
  return new Promise((resolve) => {
    let socket: RawSocket | undefined;
    let timer: NodeJS.Timeout | undefined;
    const done = (result: RawResult) => {
      clearTimeout(timer);
      socket?.close();
      socket = undefined;
      resolve(result);
    };
    try {
      socket = raw.createSocket({
        protocol: raw.Protocol[protocol],
        addressFamily: raw.AddressFamily[protocol === 'ICMP' ? 'IPv4' : 'IPv6'],
      });
    } catch (error) {
      // Without CAP_NET_RAW.
      return done({ seen: undefined, detail: `no raw socket: ${String(error)}` });
    }
    timer = setTimeout(() => done({ seen: false, detail: nothing }), limitMs);
    socket.on('error', (error) => done({ seen: undefined, detail: error.message }));
    use(socket, done);
  });
}
