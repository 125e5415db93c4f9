import { type Clock, equalBytes, fromHex, millis, PortError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { decodeFrame } from '../messages/codec.ts';
import type { Mme } from '../messages/catalogue.ts';
import type { FrameLink, FrameLinkStatus } from '../ports.ts';

/** How much later a frame arrives at most that others overtake. */
const OVERTAKEN_MS = 100;

export interface BusOptions {
  readonly seed?: number;
  /** Share of frames that never arrive, for each receiver on its own, 0 to 1. */
  readonly loss?: number;
  /** Share of frames that arrive twice, 0 to 1. */
  readonly duplication?: number;
  /** Share of frames that those sent up to 100 ms later overtake, 0 to 1. */
  readonly reordering?: number;
  /** Milliseconds a frame is under way, at least and at most. */
  readonly delay?: readonly [least: number, most: number];
  /** Loses the frames that it returns true for, for all receivers; asked once a frame. */
  readonly drop?: (frame: Mme) => boolean;
}

/** An Ethernet segment in memory: each frame goes to all others, with loss, delay, duplication and reordering by seed. */
export class SimulatedBus {
  readonly #clock: Clock;
  readonly #options: BusOptions;
  readonly #random: SeededRandom;
  readonly #links = new Set<SimulatedLink>();
  /** Every frame as sent, with the time; `clear` it when it grows. */
  readonly sent: { readonly at: number; readonly bytes: Uint8Array }[] = [];

  constructor(clock: Clock, options: BusOptions = {}) {
    this.#clock = clock;
    this.#options = options;
    this.#random = new SeededRandom(options.seed ?? 1);
  }

  /** A link of the segment with this address, `02:00:...`; a promiscuous one hears what is for others too. */
  join(mac: string, { promiscuous = false } = {}): SimulatedLink {
    const link = new SimulatedLink(fromHex(mac), this, promiscuous);
    this.#links.add(link);
    return link;
  }
  leave(link: SimulatedLink): void {
    this.#links.delete(link);
  }

  /** Names of the frames sent so far. */
  get names(): string[] {
    return this.sent.map(({ bytes }) => decodeFrame(bytes).name);
  }

  carry(from: SimulatedLink, frame: Uint8Array): void {
    const bytes = frame.slice();
    this.sent.push({ at: this.#clock.monotonic(), bytes });
    const { drop } = this.#options;
    if (drop?.(decodeFrame(bytes))) return;
    for (const link of this.#links) if (link !== from) this.#toOne(link, bytes);
  }

  #toOne(link: SimulatedLink, bytes: Uint8Array): void {
    const { loss = 0, duplication = 0, reordering = 0, delay = [0, 0] } = this.#options;
    const times = this.#random.next() < duplication ? 2 : 1;
    for (let i = 0; i < times; i++) {
      if (this.#random.next() < loss) continue;
      const late = reordering > 0 && this.#random.next() < reordering ? OVERTAKEN_MS : 0;
      const after = delay[0] + this.#random.next() * (delay[1] - delay[0] + late);
      this.#clock.arm(millis(after), () => {
        if (this.#links.has(link)) link.receive(bytes.slice());
      });
    }
  }
}

/** One end of a `SimulatedBus`. */
export class SimulatedLink implements FrameLink {
  readonly mac: Uint8Array;
  readonly #promiscuous: boolean;
  readonly #bus: SimulatedBus;
  readonly #receivers = new Set<(frame: Uint8Array) => void>();
  readonly #watchers = new Set<(status: FrameLinkStatus) => void>();
  #state: FrameLinkStatus['state'] = 'up';

  constructor(mac: Uint8Array, bus: SimulatedBus, promiscuous = false) {
    this.mac = mac;
    this.#bus = bus;
    this.#promiscuous = promiscuous;
  }
  send(frame: Uint8Array): void {
    if (this.#state !== 'up')
      throw new PortError('simulated.down', `the interface is ${this.#state}`);
    this.#bus.carry(this, frame);
  }
  onFrame(receive: (frame: Uint8Array) => void): () => void {
    this.#receivers.add(receive);
    return () => void this.#receivers.delete(receive);
  }
  receive(frame: Uint8Array): void {
    if (this.#state !== 'up') return;
    const forUs = ((frame[0] ?? 0) & 1) === 1 || equalBytes(frame.subarray(0, 6), this.mac);
    if (forUs || this.#promiscuous) for (const call of this.#receivers) call(frame);
  }
  onStatus(listen: (status: FrameLinkStatus) => void): () => void {
    this.#watchers.add(listen);
    return () => void this.#watchers.delete(listen);
  }
  /** The interface goes or comes back. */
  become(state: FrameLinkStatus['state']): void {
    this.#state = state;
    for (const listen of this.#watchers) listen({ state, what: `the interface is ${state}` });
  }
  close(): void {
    this.#receivers.clear();
    this.#bus.leave(this);
  }
}
