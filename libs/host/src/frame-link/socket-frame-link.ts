import { connect, type Socket } from 'node:net';
import { type Cancel, type Clock, millis, PortError } from '@kerbside/kernel';
import { type FrameLink, type FrameLinkStatus, isForUs, isFrom } from '@kerbside/slac';
import { systemClock } from '../system/system-clock.ts';
import { readMessages, writeMessage } from './frame-stream.ts';
import { Receivers } from './receivers.ts';

const TRY_AGAIN = millis(300);

export interface SocketFrameLinkOptions {
  /** The host's address on this link, six bytes; a function is asked anew for each frame. */
  readonly mac: Uint8Array | (() => Uint8Array);
  /** Also gives frames for other hosts, as a modem hears them. */
  readonly hearAll?: boolean;
  readonly onStatus?: (status: FrameLinkStatus) => void;
  readonly clock?: Clock;
}

/**
 * Frames over the Unix socket of a frame hub. It connects by itself, and again when the hub comes
 * back; until then `send` throws `PortError`.
 */
export function openSocketFrameLink(path: string, options: SocketFrameLinkOptions): FrameLink {
  return new SocketFrameLink(path, options);
}

const always = (mac: Uint8Array) => () => mac;

class SocketFrameLink implements FrameLink {
  readonly #mac: () => Uint8Array;
  readonly #path: string;
  readonly #options: SocketFrameLinkOptions;
  readonly #clock: Clock;
  readonly #receivers = new Receivers();
  #socket: Socket | undefined;
  #connected = false;
  #retry: Cancel | undefined;
  #closed = false;
  #state: FrameLinkStatus['state'] | undefined;

  constructor(path: string, options: SocketFrameLinkOptions) {
    this.#mac = typeof options.mac === 'function' ? options.mac : always(options.mac.slice());
    this.#path = path;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#connect();
  }

  get mac(): Uint8Array {
    return this.#mac();
  }
  send(frame: Uint8Array): void {
    if (!this.#socket || !this.#connected)
      throw new PortError('frame-link.ENOTCONN', `${this.#path}: the frame hub is not there`);
    writeMessage(this.#socket, frame);
  }
  onFrame(receive: (frame: Uint8Array) => void): () => void {
    return this.#receivers.add(receive);
  }
  close(): void {
    this.#closed = true;
    this.#retry?.();
    this.#receivers.clear();
    this.#socket?.destroy();
  }

  #connect(): void {
    const socket = connect({ path: this.#path });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#connected = true;
      writeMessage(socket, this.mac);
      this.#is('up', 'connected');
    });
    readMessages(socket, (frame) => {
      const takes = this.#options.hearAll ? !isFrom(frame, this.mac) : isForUs(frame, this.mac);
      if (takes) this.#receivers.give(frame);
    });
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => {
      this.#connected = false;
      if (this.#closed) return;
      this.#is('down', 'the frame hub is not there; trying again');
      this.#retry = this.#clock.arm(TRY_AGAIN, () => this.#connect());
    });
  }
  #is(state: FrameLinkStatus['state'], what: string): void {
    if (state === this.#state || this.#closed) return;
    this.#state = state;
    this.#options.onStatus?.({ state, what: `${this.#path}: ${what}` });
  }
}
