import { type Cancel, type Clock, PortError, seconds } from '@kerbside/kernel';
import { equalBytes } from '@kerbside/kernel';
import { type FrameLink, type FrameLinkStatus, isForUs, isFrom } from '@kerbside/slac';
import { systemClock } from '../system/system-clock.ts';
import { EAGAIN, EINTR, ENOBUFS, libc, systemError } from './libc.ts';
import {
  addressOf,
  indexOf,
  isUp,
  openPacketSocket,
  packetCounts,
  type PacketSocket,
  type PacketSocketOptions,
} from './packet-socket.ts';
import { Receivers } from './receivers.ts';
import type { PollWatcher, WatchKind } from './watcher.ts';

const MSG_DONTWAIT = 0x40;
/** Frames read at one go, so that a flood leaves time for everything else. */
const BATCH = 32;
/** Errors within `ERROR_WINDOW` after which the descriptor is left alone until the next look. */
const MOST_ERRORS = 8;
const ERROR_WINDOW = seconds(1);
const LOOK_AGAIN = seconds(1);
/** How often the address is looked at while all is well: nothing in the socket tells of its change. */
const LOOK_AT_ADDRESS = seconds(2);

/** What a link went through since it was opened. */
export interface PacketFrameCounts {
  /** Times that the process was woken. */
  readonly wakeups: number;
  /** Frames that passed the filter in the kernel. */
  readonly passed: number;
  /** Of these, frames that the kernel had no room for. */
  readonly dropped: number;
}
export interface PacketFrameLink extends FrameLink {
  onStatus(listen: (status: FrameLinkStatus) => void): () => void;
  counts(): PacketFrameCounts;
}
export interface PacketFrameLinkOptions {
  readonly iface: string;
  /** Also gives frames for other hosts, as a modem hears them. */
  readonly hearAll?: boolean;
  /** The same, and makes the interface hear them. */
  readonly promiscuous?: boolean;
  /** How the socket is watched; `auto` takes a thread where koffi cannot use the event loop. */
  readonly watch?: WatchKind | 'auto';
  readonly onStatus?: (status: FrameLinkStatus) => void;
  readonly clock?: Clock;
}

/**
 * Opens frames of EtherType 0x88E1 on an interface. Throws `PortError` (`frame-link.EPERM`,
 * `frame-link.ENODEV`) when that cannot be; afterwards an interface that goes down or is deleted is
 * reported once, and used again when it is back; `mac` follows its address within 2 s. Main thread only; close it before the thread ends.
 */
export function openPacketFrameLink(options: PacketFrameLinkOptions): PacketFrameLink {
  return new Link(options);
}

class Link implements PacketFrameLink {
  readonly #iface: string;
  readonly #open: PacketSocketOptions;
  readonly #watch: WatchKind | 'auto';
  readonly #listeners = new Set<(status: FrameLinkStatus) => void>();
  readonly #clock: Clock;
  readonly #receivers = new Receivers();
  readonly #buffer = new Uint8Array(2048);
  #socket: PacketSocket;
  #watcher: PollWatcher | undefined;
  #state: FrameLinkStatus['state'] = 'up';
  /** The look ahead while there is trouble. */
  #look: Cancel | undefined;
  #addressLook: Cancel | undefined;
  readonly #counts = { wakeups: 0, passed: 0, dropped: 0 };
  #errors = 0;
  /** When the first of `#errors` was. */
  #errorsSince = 0;
  #stopped = false;
  /** Nobody watches the socket: it wants to be opened anew. */
  #deaf = false;
  #closed = false;

  constructor(options: PacketFrameLinkOptions) {
    this.#iface = options.iface;
    const promiscuous = options.promiscuous ?? false;
    const hearAll = promiscuous || (options.hearAll ?? false);
    this.#open = { iface: options.iface, hearAll, promiscuous };
    this.#watch = options.watch ?? 'auto';
    if (options.onStatus) this.#listeners.add(options.onStatus);
    this.#clock = options.clock ?? systemClock;
    this.#socket = openPacketSocket(this.#open);
    this.#listen();
    this.#lookAtAddressLater();
    if (!isUp(this.#socket.fd, this.#iface)) this.#trouble();
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

  onStatus(listen: (status: FrameLinkStatus) => void): () => void {
    this.#listeners.add(listen);
    return () => void this.#listeners.delete(listen);
  }

  counts(): PacketFrameCounts {
    if (!this.#closed) this.#count();
    return { ...this.#counts };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#look?.();
    this.#addressLook?.();
    this.#receivers.clear();
    this.#listeners.clear();
    this.#drop();
  }

  #listen(): void {
    const { fd } = this.#socket;
    this.#watcher = libc().watch(
      fd,
      this.#watch,
      (status) => this.#onReady(fd, status),
      (why) => this.#onEnded(fd, why),
    );
    this.#stopped = false;
    this.#deaf = false;
  }
  /** The kernel's counts begin anew whenever they are read. */
  #count(): void {
    const { passed, dropped } = packetCounts(this.#socket.fd);
    this.#counts.passed += passed;
    this.#counts.dropped += dropped;
  }
  #drop(): void {
    this.#count();
    this.#watcher?.close();
    this.#watcher = undefined;
    libc().close(this.#socket.fd);
  }

  #onReady(fd: number, status: number): void {
    this.#counts.wakeups++;
    for (let i = 0; i < BATCH && !this.#closed && fd === this.#socket.fd; i++) {
      const length = Number(libc().recv(fd, this.#buffer, this.#buffer.length, MSG_DONTWAIT));
      if (length >= 0) {
        this.#take(this.#buffer.slice(0, length));
        continue;
      }
      const errno = libc().errno();
      if (errno === EAGAIN) break;
      if (errno === EINTR) continue;
      this.#countError();
      this.#trouble();
    }
    if (this.#closed || fd !== this.#socket.fd) return;
    if (this.#errors > MOST_ERRORS) this.#pause();
    else if (status < 0) this.#watcher?.restart(); // an error ended the watch
  }

  #onEnded(fd: number, why: string): void {
    if (this.#closed || fd !== this.#socket.fd) return;
    this.#deaf = true;
    this.#is('gone', `what watches the interface has ended (${why}); opening it again`);
    if (!this.#look) this.#lookLater();
  }

  #countError(): void {
    const now = this.#clock.monotonic();
    if (this.#errors === 0 || now - this.#errorsSince >= ERROR_WINDOW) {
      this.#errors = 0;
      this.#errorsSince = now;
    }
    this.#errors++;
  }
  /** Leaves the descriptor alone until the next look, which always comes. */
  #pause(): void {
    this.#watcher?.stop();
    this.#stopped = true;
    if (!this.#look) this.#lookLater();
  }

  #take(frame: Uint8Array): void {
    const { mac } = this.#socket;
    // The kernel's filter says the same, but for the moment in which an address changes.
    if (this.#open.hearAll ? !isFrom(frame, mac) && frame.length >= 14 : isForUs(frame, mac))
      this.#receivers.give(frame);
  }

  /** The interface may be down or deleted: looked after now, and every second until it is back. */
  #trouble(): void {
    if (this.#look || this.#closed) return;
    this.#check();
    if (this.#state !== 'up') this.#lookLater();
  }
  #lookLater(): void {
    if (this.#closed) return; // by a listener that was told of the trouble
    this.#look = this.#clock.arm(LOOK_AGAIN, () => {
      this.#look = undefined;
      if (this.#stopped) this.#watcher?.restart();
      this.#stopped = false;
      this.#errors = 0;
      this.#check();
      if (this.#state !== 'up') this.#lookLater();
    });
  }
  #lookAtAddressLater(): void {
    this.#addressLook = this.#clock.arm(LOOK_AT_ADDRESS, () => {
      this.#lookAtAddressLater();
      this.#trouble();
    });
  }
  #check(): void {
    const index = indexOf(this.#iface);
    if (index === 0) return this.#is('gone', 'the interface is gone; waiting for its return');
    const { fd, index: before, mac } = this.#socket;
    const now = index === before ? addressOf(fd, this.#iface) : undefined;
    // Another interface of the name, or another address, wants another filter.
    const same = now !== undefined && equalBytes(now, mac) && !this.#deaf;
    if (!same && !this.#reopen()) return;
    if (isUp(this.#socket.fd, this.#iface)) this.#is('up', 'the interface is up again');
    else this.#is('down', 'the interface is down; waiting for it');
  }
  /** A deleted interface's socket never recovers, also not when the name returns. */
  #reopen(): boolean {
    try {
      const socket = openPacketSocket(this.#open);
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
    for (const listen of this.#listeners) listen({ state, what: `${this.#iface}: ${what}` });
  }
}
