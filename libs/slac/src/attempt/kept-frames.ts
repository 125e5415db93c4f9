import type { AttemptFrame } from './attempt.ts';
import { roundMs } from './steps.ts';

/** Of more frames than this the first and the last are kept; a matching process has fewer than 70. */
const FIRST = 140;
const LAST = 60;

/** The frames of an attempt, a bounded number whatever is sent. */
export class KeptFrames {
  readonly #first: AttemptFrame[] = [];
  #last: AttemptFrame[] = [];
  #count = 0;
  #lastAt = 0;

  /** The number of the frame that comes next. */
  get next(): number {
    return this.#count + 1;
  }
  get leftOut(): number {
    return this.#count - this.#first.length - this.#last.length;
  }
  get frames(): readonly AttemptFrame[] {
    return [...this.#first, ...this.#last];
  }

  add(frame: Omit<AttemptFrame, 'n' | 'sinceMs'>): void {
    const kept = { n: ++this.#count, sinceMs: roundMs(frame.at - this.#lastAt), ...frame };
    this.#lastAt = frame.at;
    if (this.#first.length < FIRST) this.#first.push(kept);
    else {
      this.#last.push(kept);
      if (this.#last.length > LAST) this.#last = this.#last.slice(-LAST);
    }
  }
}
