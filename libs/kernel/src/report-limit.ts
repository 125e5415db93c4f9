import type { Clock } from './clock.ts';

/** Lets a bounded number of reports a second pass, and says afterwards how many did not. */
export class ReportLimit {
  readonly #clock: Clock;
  readonly #suppressed: (count: number) => void;
  readonly #perSecond: number;
  #windowStart: number;
  #passed = 0;
  #held = 0;

  constructor(clock: Clock, perSecond: number, suppressed: (count: number) => void) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#suppressed = suppressed;
    this.#windowStart = clock.monotonic();
  }

  passes(): boolean {
    const now = this.#clock.monotonic();
    if (now - this.#windowStart >= 1000) {
      if (this.#held > 0) this.#suppressed(this.#held);
      this.#windowStart = now;
      this.#passed = 0;
      this.#held = 0;
    }
    if (++this.#passed <= this.#perSecond) return true;
    this.#held++;
    return false;
  }
}
