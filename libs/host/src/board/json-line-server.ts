import { connect, createServer, type Server, type Socket } from 'node:net';
import { unlinkSync } from 'node:fs';
import type { MessageSet } from '@kerbside/charging';
import { PortError } from '@kerbside/kernel';
import { type JsonLineHandlers, type JsonLinePeer, speakJsonLines } from './json-line-socket.ts';
import type { LineAddress } from './json-line-client.ts';

export interface JsonLineServer {
  close(): Promise<void>;
  /** The TCP port in use; undefined on a Unix socket. */
  readonly port: number | undefined;
}

/** Serves a line protocol; a stale Unix socket file is replaced, one that somebody serves is an error. */
export async function serveJsonLines<In, Out>(options: {
  readonly address: LineAddress;
  readonly incoming: MessageSet<In>;
  readonly outgoing: MessageSet<Out>;
  accept(peer: JsonLinePeer<Out>): JsonLineHandlers<In>;
}): Promise<JsonLineServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    let handlers: JsonLineHandlers<In> | undefined;
    const peer = speakJsonLines(socket, options.incoming, options.outgoing, {
      message: (message) => handlers?.message(message),
      badLine: (error) => handlers?.badLine(error),
      closed: (reason) => handlers?.closed(reason),
    });
    handlers = options.accept(peer);
  });
  const { address } = options;
  try {
    await listen(server, address);
  } catch (error) {
    if (!('path' in address) || !isInUse(error) || (await answers(address.path)))
      throw new PortError('socket.listen', `cannot serve ${place(address)}`, { cause: error });
    unlinkSync(address.path);
    await listen(server, address);
  }
  return {
    get port() {
      const bound = server.address();
      return bound !== null && typeof bound === 'object' ? bound.port : undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const place = (address: LineAddress): string =>
  'path' in address ? address.path : `${address.host}:${address.port}`;

const isInUse = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

function listen(server: Server, address: LineAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
