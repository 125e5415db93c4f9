import type { Cancel, Clock } from './clock.ts';
import { type Duration, minutes, seconds } from './duration.ts';

export interface TrickleRate {
  /** Reports that pass at once. */
  readonly burst: number;
  /** Time after which one more may pass. */
  readonly every: Duration;
  /** Reports that pass in 24 hours, whatever their spacing. */
  readonly daily: number;
}

/** Of one peer that sends what is no valid input: enough to find its mistake, too little to fill a disk. */
export const BAD_INPUT_RATE: TrickleRate = { burst: 10, every: minutes(1), daily: 100 };

const DAY = minutes(24 * 60);
/** The first count follows soon; each later one of the same day after twice the time. */
const FIRST_COUNT_AFTER = seconds(1);
const LONGEST_UNTIL_COUNT = minutes(60);

/** Lets a burst of reports pass, then a trickle, and says how many did not, also when no more come. */
export class TrickleLimit {
  readonly #clock: Clock;
  readonly #rate: TrickleRate;
  readonly #suppressed: (count: number) => void;
  #tokens: number;
  #filled: number;
  #dayBegan: number;
  #passedToday = 0;
  #held = 0;
  #countAfter: Duration = FIRST_COUNT_AFTER;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, rate: TrickleRate, suppressed: (count: number) => void) {
    this.#clock = clock;
    this.#rate = rate;
    this.#suppressed = suppressed;
    this.#tokens = rate.burst;
    this.#filled = this.#dayBegan = clock.monotonic();
  }

  passes(): boolean {
    this.#refill();
    if (this.#tokens >= 1 && this.#passedToday < this.#rate.daily) {
      this.#tokens--;
      this.#passedToday++;
      return true;
    }
    this.#held++;
    this.#cancel ??= this.#clock.arm(this.#countAfter, () => this.flush());
    return false;
  }

  /** Says now how many were held, and leaves no timer. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#held === 0) return;
    const held = this.#held;
    this.#held = 0;
    this.#countAfter = Math.min(2 * this.#countAfter, LONGEST_UNTIL_COUNT) as Duration;
    this.#suppressed(held);
  }

  /** Whether it can be forgotten: a new one would let the same pass. */
  get spent(): boolean {
    return this.#held === 0 && this.#clock.monotonic() - this.#dayBegan >= DAY;
  }

  #refill(): void {
    const now = this.#clock.monotonic();
    const { burst, every } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#filled) / every);
    this.#filled = now;
    if (now - this.#dayBegan < DAY) return;
    this.#dayBegan = now;
    this.#passedToday = 0;
    this.#countAfter = FIRST_COUNT_AFTER;
  }
}
