import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@kerbside/kernel';
import type { Gateway } from '@kerbside/ocpp';
import { WebSocket, WebSocketServer } from 'ws';

const SUBPROTOCOL = 'ocpp1.6';
const MAX_PAYLOAD = 1024 * 1024;
const PING_EVERY_MS = 30_000;
const identityForm = /^[A-Za-z0-9\-_=+@. ]{1,48}$/;
/** First segments of paths that are no stations. */
const reserved: ReadonlySet<string> = new Set(['ocpp', 'api']);

/** The identity at the end of `/ocpp/<id>` or `/<id>`; undefined for any other path. */
export function identityOf(url: string | undefined): string | undefined {
  const segments = (url ?? '').split('?', 1)[0]?.split('/').filter(Boolean) ?? [];
  const last = segments.at(-1);
  const known = segments.length === 2 ? segments[0] === 'ocpp' : segments.length === 1;
  if (!known || last === undefined) return undefined;
  try {
    const identity = decodeURIComponent(last);
    return identityForm.test(identity) && !reserved.has(identity) ? identity : undefined;
  } catch {
    return undefined;
  }
}

export interface StationServer {
  /** Takes the WebSocket upgrades of a server. */
  serve(server: Server): void;
  close(): void;
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The sockets of the stations. */
export function createStationServer(gateway: Gateway, log: Logger): StationServer {
  const wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const alive = new WeakMap<WebSocket, boolean>();

  function accept(socket: WebSocket, station: string): void {
    socket.on('error', (error) => log.warn('csms.socket-error', { station, error: error.message }));
    if (socket.protocol !== SUBPROTOCOL) {
      // OCPP-J 1.6 section 3.1.2: the handshake is finished without a subprotocol, then closed.
      log.warn('csms.no-subprotocol', { station });
      socket.close(1002, `the subprotocol ${SUBPROTOCOL} is needed`);
      return;
    }
    alive.set(socket, true);
    socket.on('pong', () => alive.set(socket, true));
    const connection = gateway.accept(station, {
      send(text) {
        if (socket.readyState === WebSocket.OPEN) socket.send(text, () => {});
      },
      close: (code, reason) => socket.close(code, reason),
    });
    socket.on('message', (data, isBinary) => {
      alive.set(socket, true);
      // OCPP-J knows text frames only; a binary one is answered as junk.
      connection.text(isBinary ? '' : (data as Buffer).toString('utf8'));
    });
    socket.on('close', () => connection.closed());
  }

  const pinging = setInterval(() => {
    for (const socket of wss.clients) {
      if (alive.get(socket) === false) socket.terminate();
      else {
        alive.set(socket, false);
        socket.ping();
      }
    }
  }, PING_EVERY_MS);
  pinging.unref();

  return {
    serve(server) {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const station = identityOf(request.url);
        if (station === undefined) refuse(socket, '404 Not Found');
        else wss.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, station));
      });
    },
    close() {
      clearInterval(pinging);
      for (const socket of wss.clients) socket.terminate();
      wss.close();
    },
  };
}
