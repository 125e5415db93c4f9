import type { Socket } from 'node:net';
import { lineSplitter, type MessageSet } from '@kerbside/charging';
import { WireError } from '@kerbside/kernel';

/** Bytes that may wait in a socket before its peer counts as hung. */
const MAX_WAITING_BYTES = 1_048_576;

/** One end of a line protocol on a connected socket. */
export interface JsonLinePeer<Out> {
  /** False when the socket is gone. A peer that does not read is cut off at 1 MiB. */
  send(message: Out): boolean;
  /** Closes at once. */
  close(): void;
  /** Lines that were no message, since the start. */
  readonly badLines: number;
}

export interface JsonLineHandlers<In> {
  message(message: In): void;
  /** A line that is no message: the link lives on. */
  badLine(error: WireError): void;
  closed(reason: string): void;
}

/** Speaks a line protocol on a socket that is connected. */
export function speakJsonLines<In, Out>(
  socket: Socket,
  incoming: MessageSet<In>,
  outgoing: MessageSet<Out>,
  handlers: JsonLineHandlers<In>,
): JsonLinePeer<Out> {
  const splitter = lineSplitter();
  let badLines = 0;
  let reason = 'closed by the peer';
  socket.setNoDelay(true);
  socket.on('data', (chunk: Uint8Array) => {
    for (const line of splitter.push(chunk)) {
      if (socket.destroyed) return;
      const message = line instanceof WireError ? line : incoming.parse(line);
      if (message instanceof WireError) {
        badLines++;
        handlers.badLine(message);
      } else handlers.message(message);
    }
  });
  socket.on('error', (error) => void (reason = error.message));
  socket.on('close', () => handlers.closed(reason));
  return {
    send(message) {
      if (socket.destroyed || !socket.writable) return false;
      if (socket.writableLength > MAX_WAITING_BYTES) {
        reason = 'the peer does not read';
        socket.destroy();
        return false;
      }
      socket.write(outgoing.write(message));
      return true;
    },
    close() {
      reason = 'closed by us';
      socket.destroy();
    },
    get badLines() {
      return badLines;
    },
  };
}
