import { millis, type Cancel, type Clock, type WattHours } from '@kerbside/kernel';
import type { PowerLineMatch } from './power-line-match.ts';
import type { Nap } from './stay-plan.ts';

/** What a car keeps while its V2G session is paused. */
export interface Paused {
  /** To name when it comes back. ISO 15118-2 [V2G2-740] */
  readonly sessionId: Uint8Array;
  /** The network that it is in; undefined where the link needs no matching. */
  readonly match: PowerLineMatch | undefined;
}

export interface SleepOptions {
  readonly clock: Clock;
  readonly nap: Nap | undefined;
  /** Pauses the session, where there is one. */
  pause(): boolean;
  pilot(state: 'B' | 'C'): void;
  waking(): void;
  /** The toggle is over. */
  toggled(): void;
}

/** TP_EV_vald_state_duration: 200 to 400 ms. ISO 15118-3 */
const TOGGLE_STATE = millis(300);

/** The sleep of a car whose V2G session is paused, and how it wakes. */
export class Sleep {
  readonly #options: SleepOptions;
  #kept: Paused | undefined;
  #toggling: Cancel | undefined;
  #napped = false;
  #cancelNap: Cancel = () => {};

  constructor(options: SleepOptions) {
    this.#options = options;
  }

  get asleep(): boolean {
    return this.#kept !== undefined;
  }
  /** The pilot is on its way from B to C and B: nothing is begun meanwhile. */
  get toggling(): boolean {
    return this.#toggling !== undefined;
  }

  fall(kept: Paused): void {
    this.#kept = kept;
    const { clock, nap } = this.#options;
    if (nap) this.#cancelNap = clock.arm(nap.lasts, () => void this.wake());
  }

  /** The plan's own pause, once, at its energy. */
  consider(energy: WattHours): void {
    const { nap, pause } = this.#options;
    if (nap && !this.#napped && energy >= nap.at) this.#napped = pause();
  }

  /** Wakes the charger by a BCB toggle. False: the car does not sleep, or wakes already. ISO 15118-3 */
  wake(): boolean {
    if (!this.asleep || this.toggling) return false;
    const { clock, pilot, toggled, waking } = this.#options;
    this.#cancelNap();
    waking();
    pilot('C');
    this.#toggling = clock.arm(TOGGLE_STATE, () => {
      this.#toggling = undefined;
      pilot('B');
      toggled();
    });
    return true;
  }

  /** The car is awake: what it kept. */
  take(): Paused | undefined {
    this.#cancelNap();
    const kept = this.#kept;
    this.#kept = undefined;
    return kept;
  }

  /** The pause is over without a return. */
  drop(): void {
    if (this.#toggling) {
      this.#toggling();
      this.#toggling = undefined;
      this.#options.pilot('B');
    }
    this.take()?.match?.close();
  }
}
