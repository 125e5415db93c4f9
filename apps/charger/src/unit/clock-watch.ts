import { type Cancel, type Clock, seconds } from '@kerbside/kernel';
import type { HealthReport } from '../diagnostics/health.service.ts';

/** No true time is before this: the program did not exist yet. A clock that lost its power starts in 1970. */
const EARLIEST = Date.UTC(2026, 0, 1);
const LOOK_AGAIN = seconds(10);
/** Somebody set the clock. Time sources slew both clocks alike; a leap second is less. */
const JUMP = seconds(2);

export interface ClockWatchOptions {
  readonly clock: Clock;
  /** Undefined where nobody knows. */
  synchronised(): boolean | undefined;
  /** Milliseconds since the machine started. */
  sinceBoot(): number;
  /** A clock that no time source keeps is a fault here; on a bench it is a remark. */
  readonly mustBeSynchronised: boolean;
  changed(report: HealthReport): void;
  /** The times of facts can be trusted from now on: what was marked before can be dated by it. */
  right(sinceBoot: number): void;
}

/** Whether the time of this machine can be trusted, looked at again and again. */
export class ClockWatch {
  readonly #options: ClockWatchOptions;
  #synchronised: boolean | undefined;
  /** Wall minus monotonic time when a time source last kept the clock. */
  #keptOffset: number | undefined;
  #wasRight = true;
  #cancel: Cancel = () => {};

  constructor(options: ClockWatchOptions) {
    this.#options = options;
    this.#askKernel();
    this.#wasRight = this.#isRight();
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.#cancel();
  }

  /** For the mark of a fact: milliseconds since the machine started while its clock is not right. */
  mark(): number | undefined {
    return this.#isRight() ? undefined : this.#options.sinceBoot();
  }

  get health(): HealthReport {
    const { clock, mustBeSynchronised } = this.#options;
    if (clock.now() < EARLIEST)
      return {
        status: 'failed',
        reason: 'clock-implausible',
        detail: new Date(clock.now()).toISOString(),
      };
    if (this.#synchronised === undefined) return { status: 'ok', reason: 'clock-state-unknown' };
    if (this.#synchronised) return { status: 'ok' };
    const status = mustBeSynchronised ? 'degraded' : 'ok';
    return { status, reason: 'clock-not-synchronised' };
  }

  #isRight(): boolean {
    const { clock, mustBeSynchronised } = this.#options;
    if (clock.now() < EARLIEST) return false;
    if (!mustBeSynchronised || this.#synchronised !== false) return true;
    // a time source that went away leaves a clock that runs on: only one that was set since is in doubt
    return this.#keptOffset !== undefined && Math.abs(this.#offset - this.#keptOffset) <= JUMP;
  }

  get #offset(): number {
    const { clock } = this.#options;
    return clock.now() - clock.monotonic();
  }

  #askKernel(): void {
    this.#synchronised = this.#options.synchronised();
    if (this.#synchronised === true && this.#options.clock.now() >= EARLIEST)
      this.#keptOffset = this.#offset;
  }

  #look(): void {
    const { clock, changed, right, sinceBoot } = this.#options;
    this.#askKernel();
    const isRight = this.#isRight();
    if (isRight && !this.#wasRight) right(sinceBoot());
    this.#wasRight = isRight;
    changed(this.health);
    this.#cancel = clock.arm(LOOK_AGAIN, () => this.#look());
  }
}
