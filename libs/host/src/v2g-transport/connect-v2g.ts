import { connect } from 'node:net';
import { PortError } from '@kerbside/kernel';
import type { V2gConnection, V2gConnectionListener } from '@kerbside/iso15118';
import { connectionOf } from './v2g-connection.ts';

const CONNECT_LIMIT_MS = 5000;

/** The car's side: connects to a charger's V2G port. `host` carries the zone of a link-local address. */
export function connectV2g(
  host: string,
  port: number,
  listener: (connection: V2gConnection) => V2gConnectionListener,
): Promise<V2gConnection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (cause: Error) => {
      socket.destroy();
      reject(new PortError('v2g.connect', `no connection to ${host}: ${cause.message}`, { cause }));
    };
    const timer = setTimeout(() => fail(new Error('timed out')), CONNECT_LIMIT_MS);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      const { connection, own } = connectionOf(socket, `[${host}]:${port}`);
      own(listener(connection));
      resolve(connection);
    });
    socket.once('close', () => clearTimeout(timer));
  });
}
