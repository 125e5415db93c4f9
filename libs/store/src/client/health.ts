import type { Clock } from '@kerbside/kernel';

export type StoreState = 'ok' | 'slow' | 'stuck' | 'failed';

export interface StoreHealth {
  readonly state: StoreState;
  /** Wall time, milliseconds since 1970. */
  readonly since: number;
  /** Stable key, such as `store.disk-full`; `written` while all is well. */
  readonly reason: string;
  readonly detail?: string;
  /** Critical batches and bytes of notes that wait for the disk. */
  readonly waiting: { readonly critical: number; readonly noteBytes: number };
}

type Told = Omit<StoreHealth, 'waiting'>;

/** Keeps what the store says of itself; a state keeps its `since` while it lasts. */
export class HealthBoard {
  #told: Told;
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#told = { state: 'ok', since: clock.now(), reason: 'written' };
  }

  get told(): Told {
    return this.#told;
  }

  tell(state: StoreState, reason: string, detail?: string): void {
    const same = this.#told.state === state && this.#told.reason === reason;
    if (same && this.#told.detail === detail) return;
    const since = same ? this.#told.since : this.#clock.now();
    this.#told = { state, since, reason, ...(detail === undefined ? {} : { detail }) };
    for (const listener of this.#listeners) listener();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
