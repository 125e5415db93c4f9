import type { Clock } from '@kerbside/kernel';

/** Reports a second that pass one by one; a matching process causes fewer than 60 in all. */
const PER_SECOND = 80;

/** Lets a bounded number of reports a second pass, and says afterwards how many did not. */
export class ReportLimit {
  readonly #clock: Clock;
  readonly #suppressed: (count: number) => void;
  #windowStart: number;
  #passed = 0;
  #held = 0;

  constructor(clock: Clock, suppressed: (count: number) => void) {
    this.#clock = clock;
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
    if (++this.#passed <= PER_SECOND) return true;
    this.#held++;
    return false;
  }
}
