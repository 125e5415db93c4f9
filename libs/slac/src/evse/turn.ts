import { type Duration, millis, type Moment, type Step } from '@kerbside/kernel';
import type { Sendable } from '../messages/catalogue.ts';
import { type CauseCode, causeOf } from './causes.ts';
import type { EvseSlacSettings } from './config.ts';
import type { EvseSlacReport, Pairing } from './report.ts';
import { type ToleranceCode, tolerances } from './tolerance.ts';
import {
  type Deadline,
  type EvseEffect,
  type EvseState,
  type Match,
  type ModemState,
  type ModemTimer,
  type ProcessTimer,
  processTimers,
  runOf,
  sameRun,
  type Session,
  type SessionTimer,
} from './state.ts';

/** One step in the making: the state as changed so far, and the effects in order. */
export class Turn {
  state: EvseState;
  readonly config: EvseSlacSettings;
  readonly now: number;
  readonly #wall: number;
  readonly #effects: EvseEffect[] = [];
  #draft: EvseState | undefined;
  #deadlines: Map<string, Deadline> | undefined;

  constructor(state: EvseState, config: EvseSlacSettings, moment: Moment) {
    this.state = state;
    this.config = config;
    this.now = moment.now;
    this.#wall = moment.wall;
  }

  done(): Step<EvseState, EvseEffect> {
    return { state: this.state, effects: this.#effects };
  }

  get timers(): EvseSlacSettings['timers'] {
    return this.config.timers;
  }
  get mac(): string {
    return this.state.mac;
  }
  /** The state that the step began with is left as it is; all changes go into one copy of it. */
  set(change: Partial<EvseState>): void {
    this.#draft ??= { ...this.state };
    this.state = Object.assign(this.#draft, change);
  }
  enter(at: EvseState['at'], change: Partial<EvseState> = {}): void {
    this.set({ ...change, at, since: this.now, sinceWall: this.#wall });
  }
  setModem(change: Partial<ModemState>): void {
    this.set({ modem: { ...this.state.modem, ...change } });
  }
  setMatch(change: Partial<Match>): void {
    if (this.state.match) this.set({ match: { ...this.state.match, ...change } });
  }

  send(frame: Sendable): void {
    this.#effects.push({ do: 'send', frame });
  }
  report(report: EvseSlacReport, { changesState = false } = {}): void {
    this.#effects.push({ do: 'report', report, changesState });
  }
  askKey(): void {
    this.#effects.push({ do: 'ask', id: 'network-key', question: 'network-key' });
  }
  arm(timer: ProcessTimer | ModemTimer, after: Duration): void {
    this.#arm(timer, after);
  }
  #arm(timer: string, after: Duration): void {
    this.#effects.push({ do: 'arm', timer, after });
    this.#changedDeadlines().set(timer, { until: this.now + after, limitMs: after });
  }
  /** What does not run needs no cancelling: `deadlines` holds what does. */
  #cancel(timer: string): void {
    if (!this.state.deadlines.has(timer)) return;
    this.#effects.push({ do: 'cancel', timer });
    this.fellDue(timer);
  }
  /** A timer runs no more. */
  fellDue(timer: string): void {
    this.#changedDeadlines().delete(timer);
  }
  #changedDeadlines(): Map<string, Deadline> {
    if (!this.#deadlines) {
      this.#deadlines = new Map(this.state.deadlines);
      this.set({ deadlines: this.#deadlines });
    }
    return this.#deadlines;
  }
  cancel(timer: ProcessTimer | ModemTimer): void {
    this.#cancel(timer);
  }

  session(pairing: Pairing): Session | undefined {
    return this.state.sessions.find((session) => sameRun(session, pairing));
  }
  put(session: Session): void {
    const others = this.state.sessions.filter((other) => !sameRun(other, session));
    this.set({ sessions: [...others, session] });
  }
  armSession(session: Pairing, timer: SessionTimer, after: Duration): void {
    this.#arm(`${timer} ${runOf(session)}`, after);
  }
  cancelSession(session: Pairing, timer: SessionTimer): void {
    this.#cancel(`${timer} ${runOf(session)}`);
  }
  stopTimersOf(session: Pairing): void {
    const run = runOf(session);
    for (const timer of this.state.deadlines.keys()) if (timer.endsWith(run)) this.#cancel(timer);
  }

  /** Forgets a session; one that still ran ends with `code`. */
  drop(session: Session, code: CauseCode): void {
    this.stopTimersOf(session);
    this.set({ sessions: this.state.sessions.filter((other) => !sameRun(other, session)) });
    if (session.at !== 'failed') this.#reportFailed(session, code);
  }
  #reportFailed({ evMac, runId }: Session, code: CauseCode): void {
    this.report({ kind: 'session-failed', evMac, runId, cause: causeOf(code) });
  }

  /** A session came to its end; when it was the last one, the vehicle may try again [V2G3-A09-124]. */
  failSession(session: Session, code: CauseCode): void {
    this.stopTimersOf(session);
    this.put({ ...session, at: 'failed', since: this.now });
    this.#reportFailed(session, code);
    this.set({ failure: causeOf(code) });
    if (this.state.sessions.some((other) => other.at !== 'failed')) return;
    // [V2G3-A09-125] C_conn_max_match processes within TT_matching_repetition of the first that failed.
    const before = this.state.repetition;
    const until = before?.until ?? this.now + this.timers.TT_matching_repetition;
    const failed = (before?.failed ?? 0) + 1;
    this.set({ repetition: { failed, until } });
    const again = failed < this.config.maxMatches && this.now < until;
    if (this.config.failedBehaviour === 'restart' && again)
      this.arm('TT_matching_repetition', millis(until - this.now));
    else this.fail(code, session.evMac);
  }

  /** Matching as a whole failed; the report asks for the pilot's error routine, once. */
  fail(code: CauseCode, evMac?: string): void {
    const cause = causeOf(code);
    for (const session of this.state.sessions) this.drop(session, code);
    this.cancelProcess();
    this.enter('failed', {
      failure: cause,
      match: undefined,
      repetition: undefined,
      matchingUntil: undefined,
    });
    this.report({ kind: 'failed', cause, ...(evMac === undefined ? {} : { evMac }) });
  }
  cancelProcess(): void {
    for (const timer of processTimers) this.#cancel(timer);
  }

  /** A deviation that the lenient validation lets pass: counted, and told once for each session. */
  tolerate(session: Session, code: ToleranceCode): Session {
    this.set({
      tolerated: { ...this.state.tolerated, [code]: (this.state.tolerated[code] ?? 0) + 1 },
    });
    if (session.tolerated.includes(code)) return session;
    const { evMac, runId } = session;
    this.report({ kind: 'tolerated', evMac, runId, code, what: tolerances[code] });
    return { ...session, tolerated: [...session.tolerated, code] };
  }
  /** The session with what is let pass; undefined when it deviates and validation is strict. */
  checked(
    session: Session,
    deviations: Partial<Record<ToleranceCode, boolean>>,
  ): Session | undefined {
    const found = (Object.keys(deviations) as ToleranceCode[]).filter((code) => deviations[code]);
    if (found.length > 0 && this.config.validation === 'strict') return undefined;
    return found.reduce((so, code) => this.tolerate(so, code), session);
  }
  get lenient(): boolean {
    return this.config.validation === 'lenient';
  }
}
