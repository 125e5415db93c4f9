interface Bucket {
  failures: number;
  until: number;
}

/**
 * Slows guessing down: after three failures each further one doubles a pause, 1 s to 60 s, per key.
 * It never locks for good, and forgets a key after a quarter of an hour of peace.
 */
export class AttemptLimiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(monotonic: () => number) {
    this.#now = monotonic;
  }

  /** Seconds to wait before the next try; 0 when it may go ahead. */
  waitSeconds(key: string): number {
    const bucket = this.#buckets.get(key);
    return bucket ? Math.max(0, (bucket.until - this.#now()) / 1000) : 0;
  }

  failed(key: string): void {
    this.#sweep();
    const bucket = this.#buckets.get(key) ?? { failures: 0, until: 0 };
    bucket.failures += 1;
    const pause = bucket.failures < 3 ? 0 : Math.min(60, 2 ** (bucket.failures - 3));
    bucket.until = this.#now() + pause * 1000;
    this.#buckets.set(key, bucket);
  }

  succeeded(key: string): void {
    this.#buckets.delete(key);
  }

  #sweep(): void {
    const stale = this.#now() - 15 * 60_000;
    for (const [key, bucket] of this.#buckets) if (bucket.until < stale) this.#buckets.delete(key);
    // a flood of different keys costs bounded memory: the oldest go
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size < 10_000) break;
      this.#buckets.delete(key);
    }
  }
}
