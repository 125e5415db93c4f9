import type { Logger } from '@kerbside/kernel';
import type { QueueStore } from '../../../ports.ts';

/** Knows how long the queue is: counts it on request, once at a time, and tells of changes. */
export class QueueCounter {
  #length = 0;
  #counting = false;
  #again = false;
  readonly #queue: QueueStore;
  readonly #log: Logger;
  readonly #changed: (length: number) => void;

  constructor(queue: QueueStore, log: Logger, changed: (length: number) => void) {
    this.#queue = queue;
    this.#log = log;
    this.#changed = changed;
  }

  get length(): number {
    return this.#length;
  }

  count(): void {
    this.#again = true;
    if (!this.#counting) void this.#run();
  }

  async #run(): Promise<void> {
    this.#counting = true;
    while (this.#again) {
      this.#again = false;
      try {
        const length = await this.#queue.length();
        const changed = length !== this.#length;
        this.#length = length;
        if (changed) this.#changed(length);
      } catch (error) {
        this.#log.error('ocpp.queue-store-failed', { error: String(error) });
      }
    }
    this.#counting = false;
  }
}
