import { createServer, type Server, type Socket } from 'node:net';
import { PortError, millis, type Cancel, type Clock } from '@kerbside/kernel';
import { ipv6FromText, type V2gTransport, type V2gTransportListener } from '@kerbside/iso15118';
import { watchLinkLocal } from '../sdp/link-local-watch.ts';
import { connectionOf, endSocket } from './v2g-connection.ts';

/** Where cars connect: the link-local address of one interface, or a fixed host such as `::1`. */
export type V2gPlace = { readonly interface: string } | { readonly host: string };

const RETRY_INTERVAL = millis(1000);
/** More connections than this at once are closed before anything is read from them. */
const MAX_CONNECTIONS = 4;

/** TCP without TLS on an ephemeral port of one interface; follows the interface when it goes and comes back. */
export function createTcpV2gTransport(place: V2gPlace, clock: Clock): V2gTransport {
  let server: Server | undefined;
  let stopWatch: Cancel = () => {};
  let cancelRetry: Cancel = () => {};
  const sockets = new Set<Socket>();

  /** Stops listening. A car that was just refused still gets to read why, unless its interface is gone. */
  function drop(how: 'gently' | 'at-once'): void {
    cancelRetry();
    const old = server;
    server = undefined;
    old?.close();
    for (const socket of sockets) {
      if (how === 'at-once') socket.destroy();
      else endSocket(socket);
    }
    sockets.clear();
  }

  function accept(socket: Socket, listener: V2gTransportListener): void {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const remote = `[${socket.remoteAddress ?? '?'}]:${socket.remotePort ?? 0}`;
    const { connection, own } = connectionOf(socket, remote);
    socket.on('error', () => {});
    const owner = listener.onConnection(connection);
    if (owner) own(owner);
    else socket.destroy();
  }

  function listen(listener: V2gTransportListener, host: string): void {
    drop('at-once');
    const made = createServer((socket) => accept(socket, listener));
    server = made;
    made.maxConnections = MAX_CONNECTIONS;
    made.on('error', (cause) => {
      if (server !== made) return;
      drop('at-once');
      listener.onEndpoint(undefined);
      listener.onFailure(
        new PortError('v2g.listen', `V2G cannot listen on ${host}: ${cause.message}`, { cause }),
      );
      cancelRetry = clock.arm(RETRY_INTERVAL, () => listen(listener, host));
    });
    made.listen({ host, port: 0, ipv6Only: true }, () => {
      const bound = made.address();
      if (server !== made || bound === null || typeof bound === 'string') return;
      const address = ipv6FromText(host);
      listener.onEndpoint({ address, port: bound.port, security: 'none' });
    });
  }

  return {
    open(listener) {
      if ('host' in place) return listen(listener, place.host);
      stopWatch = watchLinkLocal(place.interface, clock, (usable) => {
        if (usable) return listen(listener, `${usable.address}%${place.interface}`);
        drop('at-once');
        listener.onEndpoint(undefined);
        return undefined;
      });
      return undefined;
    },
    close() {
      stopWatch();
      drop('gently');
    },
  };
}
