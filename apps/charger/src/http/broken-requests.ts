import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Clock, seconds } from '@kerbside/kernel';
import type { TellRefusal } from './refusals.ts';

/** What Node.js answers to each by itself. */
const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
/** The peer or its network went away: nothing bad came in. */
const GONE: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** For the peer to read the answer and to go; whatever it sends meanwhile, it gets no more. RFC 9112 9.6 */
const LINGER = seconds(1);

/** Tells of what is no HTTP at all, which reaches no handler, and answers it as Node.js does. */
export function tellBrokenRequests(server: Server, clock: Clock, refused: TellRefusal): void {
  // what follows on the same connection belongs to the same mistake
  const told = new WeakSet<Socket>();
  const answering = new WeakMap<Socket, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) =>
    answering.set(socket, response),
  );
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    if (told.has(socket)) return;
    told.add(socket);
    const code = error.code ?? 'http-broken';
    const status = STATUS[code] ?? '400 Bad Request';
    const from = socket.remoteAddress;
    if (!GONE.has(code))
      refused({
        on: 'http',
        code,
        status: Number.parseInt(status, 10),
        ...(from === undefined ? {} : { from }),
      });
    const current = answering.get(socket);
    const halfway = current?.headersSent === true && !current.writableEnded;
    if (!socket.writable || GONE.has(code) || halfway) return void socket.destroy(error);
    // not the socket's own timeout, which each byte that comes in puts off
    socket.once(
      'close',
      clock.arm(LINGER, () => socket.destroy()),
    );
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
}
