import type { Cancel, Clock } from '../clock.ts';
import type { Duration } from '../duration.ts';

interface Armed {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** A clock that moves only when told: `advance` fires what falls due, in order, at its own time. */
export class ManualClock implements Clock {
  #monotonic = 0;
  #order = 0;
  readonly #armed = new Set<Armed>();
  readonly #epoch: number;

  constructor(epoch = Date.UTC(2026, 0, 1)) {
    this.#epoch = epoch;
  }

  now(): number {
    return this.#epoch + this.#monotonic;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  arm(after: Duration, fire: () => void): Cancel {
    const armed: Armed = { at: this.#monotonic + after, order: this.#order++, fire };
    this.#armed.add(armed);
    return () => void this.#armed.delete(armed);
  }

  get pending(): number {
    return this.#armed.size;
  }

  advance(by: Duration): void {
    const until = this.#monotonic + by;
    for (;;) {
      const due = [...this.#armed]
        .filter((armed) => armed.at <= until)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!due) break;
      this.#armed.delete(due);
      this.#monotonic = Math.max(this.#monotonic, due.at);
      due.fire();
    }
    this.#monotonic = until;
  }

  /** Advances in steps, letting promises settle in between. */
  async run(by: Duration, step: number = 10): Promise<void> {
    const until = this.#monotonic + by;
    while (this.#monotonic < until) {
      this.advance(Math.min(step, until - this.#monotonic) as Duration);
      await settle();
    }
  }
}

/** Lets everything that waits on settled promises run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
