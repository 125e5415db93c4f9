import type { Clock } from '@kerbside/kernel';

const TELL_MS = 1000;

/** Thins the messages of the charge loop to one entry a second that carries their number. */
export class LoopCounter {
  readonly #tell: (name: string, count: number, raw: Uint8Array) => void;
  #name = '';
  #count = 0;
  #raw: Uint8Array = new Uint8Array();
  #since = 0;

  constructor(tell: (name: string, count: number, raw: Uint8Array) => void) {
    this.#tell = tell;
  }

  count(name: string, raw: Uint8Array, clock: Clock): void {
    if (name !== this.#name) this.flush();
    const now = clock.monotonic();
    if (this.#count === 0) this.#since = now;
    this.#name = name;
    this.#count += 1;
    this.#raw = raw;
    if (now - this.#since >= TELL_MS) this.flush();
  }

  flush(): void {
    if (this.#count > 0) this.#tell(this.#name, this.#count, this.#raw);
    this.#count = 0;
  }
}
