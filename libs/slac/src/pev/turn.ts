import type { Duration, Moment, Step } from '@kerbside/kernel';
import type { Sendable } from '../messages/catalogue.ts';
import { BROADCAST } from '../messages/mme.ts';
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
  'T_conn_resume',
  'TP_EV_vald_state_duration',
  'TT_amp_map_exchange',
  'modem_set_key',
  'link_poll',
];

type ForAll = Extract<
  Sendable,
  { name: 'CM_SLAC_PARM.REQ' | 'CM_START_ATTEN_CHAR.IND' | 'CM_MNBC_SOUND.IND' }
>;
const isForAll = (frame: Sendable): frame is ForAll =>
  /^CM_(SLAC_PARM.REQ|START_ATTEN_CHAR|MNBC_SOUND)/.test(frame.name);
/** The same frame from a second car, with address and run id of its own. */
function twinOf(frame: ForAll): Sendable {
  const mac = `02:ff${frame.OSA.slice(5)}`;
  const RunID = `2c${frame.RunID.slice(2)}`;
  const sta = frame.name === 'CM_START_ATTEN_CHAR.IND' ? { FORWARDING_STA: mac } : {};
  return { ...frame, OSA: mac, RunID, ...sta };
}

/** One step of the vehicle in the making. */
export class PevTurn {
  state: PevState;
  readonly config: PevSlacSettings;
  readonly knobs: PevKnobs;
  readonly now: number;
  readonly #effects: PevEffect[] = [];

  constructor(
    state: PevState,
    settings: { readonly config: PevSlacSettings; readonly knobs: PevKnobs },
    moment: Moment,
  ) {
    this.state = state;
    this.config = settings.config;
    this.knobs = settings.knobs;
    this.now = moment.now;
  }

  done(): Step<PevState, PevEffect> {
    return { state: this.state, effects: this.#effects };
  }
  /** The host's own address. */
  get mac(): string {
    return this.state.mac;
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

  /** Changes the pilot, between B and C. */
  pilot(state: 'B' | 'C'): void {
    this.#effects.push({ do: 'pilot', state });
  }
  get strict(): boolean {
    return this.config.validation === 'strict';
  }

  /** Sends a frame as the knobs make it, unless they lose it. */
  send(wanted: Sendable): void {
    const { name } = wanted;
    const lost = this.state.lost[name] ?? 0;
    if (lost < (this.knobs.lose?.[name] ?? 0))
      return this.set({ lost: { ...this.state.lost, [name]: lost + 1 } });
    const first = this.state.chargers[0]?.mac;
    const alone = this.knobs.unicast && first && wanted.ODA === BROADCAST ? { ODA: first } : {};
    const frame = { ...wanted, ...alone, ...this.knobs.change?.[name] } as Sendable;
    const times = 1 + (this.knobs.repeat?.[name] ?? 0);
    for (let i = 0; i < times; i++) this.#effects.push({ do: 'send', frame });
    if (this.knobs.twin && isForAll(frame))
      this.#effects.push({ do: 'send', frame: twinOf(frame) });
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
