import type { Duration, Moment, Step } from '@kerbside/kernel';
import type { Sendable } from '../messages/catalogue.ts';
import { type CauseCode, causeOf } from './causes.ts';
import type { EvseSlacSettings } from './config.ts';
import type { EvseSlacReport, Pairing } from './report.ts';
import {
  type EvseEffect,
  type EvseState,
  type Match,
  type ModemState,
  type ModemTimer,
  type ProcessTimer,
  runOf,
  sameRun,
  type Session,
  type SessionTimer,
  sessionTimers,
} from './state.ts';

/** One step in the making: the state as changed so far, and the effects in order. */
export class Turn {
  state: EvseState;
  readonly config: EvseSlacSettings;
  readonly now: number;
  readonly #wall: number;
  readonly #effects: EvseEffect[] = [];

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
  set(change: Partial<EvseState>): void {
    this.state = { ...this.state, ...change };
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
  report(report: EvseSlacReport): void {
    this.#effects.push({ do: 'report', report });
  }
  askKey(): void {
    this.#effects.push({ do: 'ask', id: 'network-key', question: 'network-key' });
  }
  arm(timer: ProcessTimer | ModemTimer, after: Duration): void {
    this.#effects.push({ do: 'arm', timer, after });
  }
  cancel(timer: ProcessTimer | ModemTimer): void {
    this.#effects.push({ do: 'cancel', timer });
  }

  session(pairing: Pairing): Session | undefined {
    return this.state.sessions.find((session) => sameRun(session, pairing));
  }
  put(session: Session): void {
    const others = this.state.sessions.filter((other) => !sameRun(other, session));
    this.set({ sessions: [...others, session] });
  }
  armSession(session: Pairing, timer: SessionTimer, after: Duration): void {
    this.#effects.push({ do: 'arm', timer: `${timer} ${runOf(session)}`, after });
  }
  cancelSession(session: Pairing, timer: SessionTimer): void {
    this.#effects.push({ do: 'cancel', timer: `${timer} ${runOf(session)}` });
  }
  stopTimersOf(session: Pairing): void {
    for (const timer of sessionTimers) this.cancelSession(session, timer);
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

  /** A session came to its end; when it was the last one, the vehicle may try again for a while. */
  failSession(session: Session, code: CauseCode): void {
    this.stopTimersOf(session);
    this.put({ ...session, at: 'failed', since: this.now });
    this.#reportFailed(session, code);
    this.set({ failure: causeOf(code) });
    if (this.state.sessions.some((other) => other.at !== 'failed')) return;
    // C_conn_max_match >= 3: further processes are allowed within TT_matching_repetition.
    if (this.config.failedBehaviour === 'restart')
      this.arm('TT_matching_repetition', this.timers.TT_matching_repetition);
    else this.fail(code, session.evMac);
  }

  /** Matching as a whole failed; the report asks for the pilot's error routine, once. */
  fail(code: CauseCode, evMac?: string): void {
    const cause = causeOf(code);
    for (const session of this.state.sessions) this.drop(session, code);
    this.cancelProcess();
    this.enter('failed', { failure: cause, match: undefined });
    this.report({ kind: 'failed', cause, ...(evMac === undefined ? {} : { evMac }) });
  }
  cancelProcess(): void {
    for (const timer of [
      'TT_EVSE_SLAC_init',
      'TT_matching_repetition',
      'TT_match_join',
      'link_poll',
    ] as const)
      this.cancel(timer);
  }

  /** A deviation that the lenient validation lets pass, told once for each session. */
  tolerate(session: Session, what: string): Session {
    if (session.tolerated.includes(what)) return session;
    this.report({ kind: 'tolerated', evMac: session.evMac, runId: session.runId, what });
    return { ...session, tolerated: [...session.tolerated, what] };
  }
  get lenient(): boolean {
    return this.config.validation === 'lenient';
  }
}
