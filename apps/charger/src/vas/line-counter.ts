import { type LinuxNetworkControl, readLeases, readNeighbours } from '@kerbside/host';
import { type Cancel, type Clock, type Logger, millis, seconds } from '@kerbside/kernel';
import { rulesOf, usageOf } from '@kerbside/vas';
import type { Line } from './vas-line.ts';

const LAST_COUNT_LIMIT = seconds(1);
const COUNT_EVERY = seconds(2);
/** With a quota the counters are looked at more often. */
const COUNT_WITH_QUOTA_EVERY = seconds(1);

export interface LineCounterParts {
  readonly control: LinuxNetworkControl | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** The lines whose network is up. */
  up(): readonly Line[];
  /** Bytes of a session, both ways; undefined: as many as it wants. */
  quota(): number | undefined;
  exhausted(line: Line, used: number, quota: number): void;
  /** After each count. */
  counted(): void;
}

/** Counts what cars use while they are online, and sees their leases and neighbours. */
export class LineCounter {
  readonly #parts: LineCounterParts;
  #stopped = false;
  #counting = false;
  #cancel: Cancel = () => {};

  constructor(parts: LineCounterParts) {
    this.#parts = parts;
  }

  /** Counts now, and again while a line is up. */
  start(): void {
    this.#countAfter(millis(0));
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #countAfter(time: ReturnType<typeof millis>): void {
    this.#cancel();
    if (this.#stopped) return;
    this.#cancel = this.#parts.clock.arm(time, () => void this.#count());
  }

  async #count(): Promise<void> {
    if (this.#counting) return;
    this.#counting = true;
    const { up, log } = this.#parts;
    try {
      await this.#countOnce();
      await this.#observe();
    } catch (error) {
      log.warn('vas.counters', { error: String(error) });
    } finally {
      this.#counting = false;
    }
    const quota = this.#parts.quota();
    for (const line of up()) {
      const used = line.spent + line.usage.bytesUp + line.usage.bytesDown;
      if (quota !== undefined && used >= quota) this.#parts.exhausted(line, used, quota);
    }
    this.#parts.counted();
    if (up().length > 0)
      this.#countAfter(quota === undefined ? COUNT_EVERY : COUNT_WITH_QUOTA_EVERY);
  }

  async #countOnce(): Promise<void> {
    const saved = (await this.#parts.control?.counters()) ?? [];
    for (const line of this.#parts.up()) {
      line.usage = usageOf(line.evse, saved);
      line.rules = rulesOf(line.evse, saved);
    }
  }

  /** The last count of a connection; a tool that hangs does not keep a car online. Never rejects. */
  last(): Promise<void> {
    const { clock, log } = this.#parts;
    return new Promise((resolve) => {
      const cancel = clock.arm(LAST_COUNT_LIMIT, resolve);
      this.#countOnce()
        .catch((error: unknown) => log.warn('vas.counters', { error: String(error) }))
        .finally(() => {
          cancel();
          resolve();
        });
    });
  }

  async #observe(): Promise<void> {
    const { control } = this.#parts;
    const ip = control?.tools.ip;
    if (!control || ip === undefined) return;
    for (const line of this.#parts.up()) {
      line.leases = readLeases(control.leaseFile(line.evse)).map((lease) => ({ ...lease }));
      if (line.interface !== undefined)
        line.neighbours = (await readNeighbours(ip, line.interface)).map((one) => ({ ...one }));
    }
  }
}
