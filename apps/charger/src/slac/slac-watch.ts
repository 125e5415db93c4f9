import { type Cancel, type Clock, millis } from '@kerbside/kernel';
import {
  type Attempt,
  createAttemptRecorder,
  type EvseSlac,
  type EvseSlacConfig,
  type EvseSlacReport,
  evseSettings,
  type LastGood,
  waitingOf,
} from '@kerbside/slac';
import type { SlacAttempt, SlacLive } from '@kerbside/contracts';
import { toSlacAttempt, toSlacLive } from './slac-view.ts';

/** Matching as the outside subscribes to it. */
export type SlacEvent =
  /** The first car asked for parameters. */
  | { readonly event: 'started'; readonly attempt: string; readonly evMac: string }
  /** It comes along: its attenuation is known, or it has the key. */
  | {
      readonly event: 'ongoing';
      readonly attempt: string;
      readonly evMac: string;
      readonly step: 'attenuation' | 'confirmed';
    }
  /** It has a result: matched, failed or ended. */
  | { readonly event: 'finished'; readonly attempt: Attempt };

export interface SlacWatchOptions {
  readonly evse: number;
  readonly clock: Clock;
  /** A new id for each attempt. */
  readonly id: () => string;
  readonly session: () => string | undefined;
  /** As it is now. */
  readonly config: () => Partial<EvseSlacConfig>;
  readonly interfaceName: string | undefined;
  readonly lastGood: LastGood | undefined;
  /** Each attempt with its result, and again when more became known. */
  readonly keep: (attempt: Attempt, reference: LastGood | undefined) => void;
  readonly report: (report: EvseSlacReport) => void;
}

const told = new Set<EvseSlacReport['kind']>(['matching-started', 'attenuation', 'confirmed']);

/** Changes within this time are told as one. */
const TELL_AFTER = millis(150);
/** What comes after the result, such as repeated requests, is kept with it after this time. */
const AMEND_AFTER = millis(2000);

/** Watches SLAC of one EVSE, never on its way: what is reported is looked at after the car was answered. */
export class SlacWatch {
  readonly evse: number;
  readonly #options: SlacWatchOptions;
  readonly #started: number;
  readonly #recorder;
  readonly #changed = new Set<() => void>();
  readonly #listeners = new Set<(event: SlacEvent) => void>();
  #slac: EvseSlac | undefined;
  #trouble: { readonly reason: string; readonly since: number } | undefined;
  #waiting: (() => void)[] = [];
  #begun: string | undefined;
  #telling: Cancel | undefined;
  #amending: Cancel | undefined;

  constructor(options: SlacWatchOptions) {
    this.evse = options.evse;
    this.#options = options;
    this.#started = options.clock.now();
    this.#recorder = createAttemptRecorder({
      id: options.id,
      settings: () => evseSettings(options.config()),
    });
    if (options.lastGood) this.#recorder.lastGoodIs(options.lastGood);
  }

  /** The charger's side of SLAC is there, or could not be opened. */
  opened(slac: EvseSlac): void {
    this.#slac = slac;
    this.#trouble = undefined;
    this.#tellLater();
  }
  closed(reason: string | undefined): void {
    if (reason === undefined || this.#trouble?.reason === reason) return;
    this.#trouble = { reason, since: this.#options.clock.now() };
    this.#slac = undefined;
    this.#tellLater();
  }

  /** Takes a report at once, and looks at it a moment later. */
  observe(report: EvseSlacReport): void {
    const { clock, session } = this.#options;
    const time = { at: clock.monotonic(), wall: clock.now() };
    const of = session();
    if (this.#waiting.length === 0) clock.arm(millis(0), () => this.#look());
    this.#waiting.push(() => this.#take(report, time, of));
  }
  #look(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }

  #take(report: EvseSlacReport, time: { at: number; wall: number }, session: string | undefined) {
    if (report.kind === 'interface')
      this.#trouble = report.ok ? undefined : { reason: report.what, since: time.wall };
    // A new attempt takes the place of the one before, whose last words are not kept yet.
    if (this.#amending && (report.kind === 'waiting' || report.kind === 'resumed')) this.#keep();
    const recorded = this.#recorder.observe(report, time, session);
    this.#options.report(report);
    this.#tellEvents(report, recorded === 'finished');
    if (recorded === 'finished') this.#keep();
    else if (recorded === 'amended')
      this.#amending ??= this.#options.clock.arm(AMEND_AFTER, () => this.#keep());
    if (recorded === 'began') this.#begun = undefined;
    this.#tellLater();
  }

  #keep(): void {
    this.#amending?.();
    this.#amending = undefined;
    const { current, lastGood } = this.#recorder;
    if (current && current.result !== 'running')
      this.#options.keep(current, lastGood?.attempt === current.id ? lastGood : undefined);
  }

  #tellEvents(report: EvseSlacReport, finished: boolean): void {
    // an attempt is put together only for what is told
    if (!finished && !told.has(report.kind)) return;
    const attempt = this.#recorder.current;
    if (!attempt || this.#listeners.size === 0) return;
    const { id } = attempt;
    const tell = (event: SlacEvent) => {
      for (const listener of this.#listeners) listener(event);
    };
    if (report.kind === 'matching-started' && this.#begun !== id) {
      this.#begun = id;
      tell({ event: 'started', attempt: id, evMac: report.evMac });
    } else if (report.kind === 'attenuation' || report.kind === 'confirmed')
      tell({ event: 'ongoing', attempt: id, evMac: report.evMac, step: report.kind });
    if (finished) tell({ event: 'finished', attempt });
  }

  onEvent(listener: (event: SlacEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** Calls back some time after a change; several changes are one. */
  onChange(listener: () => void): void {
    this.#changed.add(listener);
  }
  #tellLater(): void {
    this.#telling ??= this.#options.clock.arm(TELL_AFTER, () => {
      this.#telling = undefined;
      for (const listener of this.#changed) listener();
    });
  }

  /** The attempt that runs, or the last one since the start. */
  get attempt(): Attempt | undefined {
    return this.#recorder.current;
  }
  attemptView(): SlacAttempt | undefined {
    return this.attempt && toSlacAttempt(this.attempt, this.evse);
  }
  live(): SlacLive {
    const { clock, interfaceName } = this.#options;
    const status = this.#slac?.state;
    const now = { now: clock.monotonic(), wall: clock.now() };
    return toSlacLive(status, {
      evse: this.evse,
      started: this.#started,
      interfaceName,
      trouble: this.#trouble,
      waiting: status && waitingOf(status, now),
      attempt: this.attempt,
    });
  }

  /** Keeps what is not kept yet; the charger stops. */
  stop(): void {
    this.#look();
    this.#telling?.();
    if (this.#amending) this.#keep();
  }
}
