import { type Cancel, type Clock, PortError, seconds } from '@kerbside/kernel';
import type { FrameLink } from '@kerbside/slac';
import { systemClock } from '../system/system-clock.ts';
import { isForUs, isFrom } from './frame-filter.ts';
import { EAGAIN, EINTR, ENOBUFS, libc, type PollWatcher, systemError } from './libc.ts';
import { indexOf, isUp, openPacketSocket, type PacketSocket } from './packet-socket.ts';
import { Receivers } from './receivers.ts';

const MSG_DONTWAIT = 0x40;
/** Frames read at one go, so that a flood leaves time for everything else. */
const BATCH = 32;
/** Errors of one second after which the descriptor is left alone until the next look. */
const MOST_ERRORS = 8;
const LOOK_AGAIN = seconds(1);

/** The state of a link's interface: told at each change, once. */
export interface FrameLinkStatus {
  readonly state: 'up' | 'down' | 'gone';
  readonly what: string;
}
export interface PacketFrameLinkOptions {
  readonly iface: string;
  /** Also gives frames for other hosts, as a modem hears them. */
  readonly hearAll?: boolean;
  readonly onStatus?: (status: FrameLinkStatus) => void;
  readonly clock?: Clock;
}

/**
 * Opens frames of EtherType 0x88E1 on an interface. Throws `PortError` (`frame-link.EPERM`,
 * `frame-link.ENODEV`) when that cannot be; afterwards an interface that goes down or is deleted is
 * reported once, and used again when it is back. Main thread only; close it before the thread ends.
 */
export function openPacketFrameLink(options: PacketFrameLinkOptions): FrameLink {
  return new PacketFrameLink(options);
}

class PacketFrameLink implements FrameLink {
  readonly #iface: string;
  readonly #hearAll: boolean;
  readonly #onStatus: (status: FrameLinkStatus) => void;
  readonly #clock: Clock;
  readonly #receivers = new Receivers();
  readonly #buffer = new Uint8Array(2048);
  #socket: PacketSocket;
  #watcher: PollWatcher | undefined;
  #state: FrameLinkStatus['state'] = 'up';
  #look: Cancel | undefined;
  #errors = 0;
  #closed = false;

  constructor(options: PacketFrameLinkOptions) {
    this.#iface = options.iface;
    this.#hearAll = options.hearAll ?? false;
    this.#onStatus = options.onStatus ?? (() => {});
    this.#clock = options.clock ?? systemClock;
    this.#socket = openPacketSocket(this.#iface);
    this.#listen();
  }

  get mac(): Uint8Array {
    return this.#socket.mac;
  }

  send(frame: Uint8Array): void {
    if (this.#closed) throw new PortError('frame-link.closed', `${this.#iface}: closed`);
    const sent = libc().send(this.#socket.fd, frame, frame.length, MSG_DONTWAIT);
    if (Number(sent) >= 0) return;
    const errno = libc().errno();
    if (errno !== EAGAIN && errno !== ENOBUFS) this.#trouble();
    throw systemError('send', this.#iface, errno);
  }

  onFrame(receive: (frame: Uint8Array) => void): () => void {
    return this.#receivers.add(receive);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#look?.();
    this.#receivers.clear();
    this.#drop();
  }

  #listen(): void {
    this.#watcher = libc().poll(this.#socket.fd, (status) => this.#onReady(status));
  }
  #drop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    libc().close(this.#socket.fd);
  }

  #onReady(status: number): void {
    const { fd } = this.#socket;
    for (let i = 0; i < BATCH && !this.#closed && fd === this.#socket.fd; i++) {
      const length = Number(libc().recv(fd, this.#buffer, this.#buffer.length, MSG_DONTWAIT));
      if (length >= 0) {
        this.#take(this.#buffer.slice(0, length));
        continue;
      }
      const errno = libc().errno();
      if (errno === EAGAIN) break;
      if (errno === EINTR) continue;
      this.#errors++;
      this.#trouble();
    }
    if (this.#closed || fd !== this.#socket.fd) return;
    if (this.#errors > MOST_ERRORS) this.#watcher?.stop();
    else if (status < 0) this.#watcher?.restart(); // an error ended the watch
  }

  #take(frame: Uint8Array): void {
    const { mac } = this.#socket;
    if (this.#hearAll ? !isFrom(frame, mac) && frame.length >= 14 : isForUs(frame, mac))
      this.#receivers.give(frame);
  }

  /** The interface is down or deleted: looked after now and every second until it is back. */
  #trouble(): void {
    if (this.#look || this.#closed) return;
    this.#check();
    if (this.#state !== 'up') this.#lookLater();
  }
  #lookLater(): void {
    this.#look = this.#clock.arm(LOOK_AGAIN, () => {
      this.#look = undefined;
      if (this.#errors > MOST_ERRORS) this.#watcher?.restart();
      this.#errors = 0;
      this.#check();
      if (this.#state !== 'up') this.#lookLater();
    });
  }
  #check(): void {
    const index = indexOf(this.#iface);
    if (index === 0) return this.#is('gone', 'the interface is gone; waiting for its return');
    if (index !== this.#socket.index && !this.#reopen()) return;
    if (isUp(this.#socket.fd, this.#iface)) this.#is('up', 'the interface is up again');
    else this.#is('down', 'the interface is down; waiting for it');
  }
  /** A deleted interface's socket never recovers, also not when the name returns. */
  #reopen(): boolean {
    try {
      const socket = openPacketSocket(this.#iface);
      this.#drop();
      this.#socket = socket;
      this.#listen();
      return true;
    } catch (error) {
      this.#is('gone', error instanceof Error ? error.message : String(error));
      return false;
    }
  }
  #is(state: FrameLinkStatus['state'], what: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onStatus({ state, what: `${this.#iface}: ${what}` });
  }
}
