import type { Socket } from 'node:net';
import type { V2gConnection, V2gConnectionListener } from '@kerbside/iso15118';

/** Bytes that may wait for a peer that does not read; past that the connection is given up. */
const MAX_QUEUED = 256 * 1024;
/** A connection on which nothing moves; the state machines' own limits are far below. */
const IDLE_LIMIT_MS = 180_000;
/** How long a closing connection may take to hand over its last bytes. */
const CLOSE_LIMIT_MS = 2000;

/** Hands over what is queued, then closes; a peer that does not take it is cut off. */
export function endSocket(socket: Socket): void {
  if (socket.destroyed || socket.writableEnded) return;
  socket.end();
  const timer = setTimeout(() => socket.destroy(), CLOSE_LIMIT_MS);
  socket.once('close', () => clearTimeout(timer));
}

/** A TCP socket as a V2G connection, and the way to name its owner. */
export function connectionOf(
  socket: Socket,
  remote: string,
): { readonly connection: V2gConnection; own(listener: V2gConnectionListener): void } {
  let reason = 'closed by the peer';
  socket.setNoDelay(true);
  socket.setTimeout(IDLE_LIMIT_MS, () => {
    reason = `nothing moved for ${IDLE_LIMIT_MS / 1000} s`;
    socket.destroy();
  });
  const connection: V2gConnection = {
    remote,
    security: 'none',
    send(bytes) {
      if (socket.destroyed || !socket.writable) return;
      socket.write(bytes);
      if (socket.writableLength > MAX_QUEUED) {
        reason = 'the peer does not read';
        socket.destroy();
      }
    },
    close() {
      if (socket.destroyed) return;
      reason = 'closed by this side';
      endSocket(socket);
    },
  };
  return {
    connection,
    own(listener) {
      socket.on('data', (bytes) => listener.onBytes(bytes));
      socket.on('error', (error) => (reason = error.message));
      socket.once('close', () => listener.onClosed(reason));
    },
  };
}
