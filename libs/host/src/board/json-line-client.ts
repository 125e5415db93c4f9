import { connect } from 'node:net';
import type { MessageSet } from '@kerbside/charging';
import { type Cancel, type Clock, type Duration, millis, type WireError } from '@kerbside/kernel';
import { type JsonLinePeer, speakJsonLines } from './json-line-socket.ts';

/** Where a line protocol is served. */
export type LineAddress =
  { readonly path: string } | { readonly host: string; readonly port: number };

export interface JsonLineClientOptions<In, Out> {
  readonly address: LineAddress;
  readonly incoming: MessageSet<In>;
  readonly outgoing: MessageSet<Out>;
  readonly clock: Clock;
  readonly reconnectAfter?: Duration;
  up(): void;
  down(reason: string): void;
  message(message: In): void;
  badLine?(error: WireError): void;
}

export interface JsonLineClient<Out> {
  /** False while there is no connection: the message is dropped, never queued. */
  send(message: Out): boolean;
  /** Drops the connection; a new one follows. */
  restart(): void;
  close(): void;
  readonly connected: boolean;
}

/** Keeps one connection to a line protocol's server, and connects again for ever until closed. */
export function openJsonLineClient<In, Out>(
  options: JsonLineClientOptions<In, Out>,
): JsonLineClient<Out> {
  const { address, clock } = options;
  let peer: JsonLinePeer<Out> | undefined;
  let connected = false;
  let closed = false;
  let cancel: Cancel | undefined;

  function open(): void {
    const socket = connect(address);
    socket.on('connect', () => {
      connected = true;
      options.up();
    });
    peer = speakJsonLines(socket, options.incoming, options.outgoing, {
      message: (message) => options.message(message),
      badLine: (error) => options.badLine?.(error),
      closed(reason) {
        const was = connected;
        connected = false;
        if (was && !closed) options.down(reason);
        if (!closed) cancel = clock.arm(options.reconnectAfter ?? millis(250), open);
      },
    });
  }
  open();

  return {
    send: (message) => connected && peer !== undefined && peer.send(message),
    restart: () => peer?.close(),
    close() {
      closed = true;
      cancel?.();
      peer?.close();
    },
    get connected() {
      return connected;
    },
  };
}
