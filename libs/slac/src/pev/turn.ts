import type { Duration, Moment, Step } from '@kerbside/kernel';
import type { Sendable } from '../messages/catalogue.ts';
import type { PevKnobs, PevSlacSettings } from './config.ts';
import {
  type PevCauseCode,
  pevCauseOf,
  type PevEffect,
  type PevSlacReport,
  type PevState,
  type PevTimer,
} from './state.ts';

const processTimers: readonly PevTimer[] = [
  'TT_match_response',
  'TP_match_sequence',
  'TP_EV_batch_msg_interval',
  'TT_EV_atten_results',
  'TT_match_join',
  'modem_set_key',
  'link_poll',
];

/** One step of the vehicle in the making. */
export class PevTurn {
  state: PevState;
  readonly config: PevSlacSettings;
  readonly knobs: PevKnobs;
  readonly mac: string;
  readonly now: number;
  readonly #effects: PevEffect[] = [];

  constructor(
    state: PevState,
    settings: { readonly config: PevSlacSettings; readonly knobs: PevKnobs; readonly mac: string },
    moment: Moment,
  ) {
    this.state = state;
    this.config = settings.config;
    this.knobs = settings.knobs;
    this.mac = settings.mac;
    this.now = moment.now;
  }

  done(): Step<PevState, PevEffect> {
    return { state: this.state, effects: this.#effects };
  }
  set(change: Partial<PevState>): void {
    this.state = { ...this.state, ...change };
  }
  arm(timer: PevTimer, after: Duration): void {
    this.#effects.push({ do: 'arm', timer, after });
  }
  cancel(timer: PevTimer): void {
    this.#effects.push({ do: 'cancel', timer });
  }
  report(report: PevSlacReport): void {
    this.#effects.push({ do: 'report', report });
  }
  askNumbers(): void {
    this.#effects.push({ do: 'ask', id: 'process-numbers', question: 'process-numbers' });
  }

  /** Sends a frame, unless a knob loses it. */
  send(frame: Sendable): void {
    const lost = this.state.lost[frame.name] ?? 0;
    if (lost < (this.knobs.lose?.[frame.name] ?? 0))
      this.set({ lost: { ...this.state.lost, [frame.name]: lost + 1 } });
    else this.#effects.push({ do: 'send', frame });
  }
  /** The run id for a message; a knob may make it a wrong one. */
  runIdFor(name: Sendable['name']): string {
    const { runId } = this.state;
    return this.knobs.wrongRunIdIn?.includes(name) ? `ff${runId.slice(2)}` : runId;
  }

  beginProcess(): void {
    for (const timer of processTimers) this.cancel(timer);
    this.askNumbers();
  }

  /** One process failed: TT_matching_rate later the next, as long as the standard allows. */
  failProcess(code: PevCauseCode): void {
    const cause = pevCauseOf(code);
    for (const timer of processTimers) this.cancel(timer);
    this.report({ kind: 'process-failed', runId: this.state.runId, cause });
    const { TT_matching_rate, TT_matching_repetition } = this.config.timers;
    const inTime = this.now - this.state.began + TT_matching_rate <= TT_matching_repetition;
    if (code !== 'no-match-req' && this.state.process < this.config.processes && inTime) {
      this.set({ at: 'pausing' });
      this.arm('TT_matching_rate', TT_matching_rate);
    } else {
      this.set({ at: 'failed' });
      this.report({ kind: 'failed', cause });
    }
  }
}
