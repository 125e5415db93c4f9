import type { ArmEffect, AskEffect, CancelEffect } from '@kerbside/kernel';
import type { FrameTraceReport } from '../frame-reporter.ts';
import type { Mme, Sendable } from '../messages/catalogue.ts';
import type { NetworkKey } from '../network-key.ts';

const causes = {
  'no-parm-cnf': 'No charger answered CM_SLAC_PARM.REQ.',
  'no-atten-char': 'No charger sent CM_ATTEN_CHAR.IND within TT_EV_atten_results (1.2 s).',
  'attenuation-too-high': 'Every charger is too far away: the attenuation is above the threshold.',
  'charger-busy': 'The charger validates another car and stayed not ready.',
  'no-validate-cnf': 'The charger did not answer CM_VALIDATE.REQ.',
  'validation-failed': 'The charger did not count the toggles of the pilot that were made.',
  'no-match-cnf': 'The charger did not answer CM_SLAC_MATCH.REQ.',
  'link-not-formed': 'No link stood within TT_match_join (12 s).',
  'link-not-resumed': 'After a pause the link did not come back within T_conn_resume (6 s).',
  'no-match-req': 'The vehicle was told not to send CM_SLAC_MATCH.REQ.',
  stopped: 'Matching was stopped.',
} as const;
export type PevCauseCode = keyof typeof causes;
export interface PevCause {
  readonly code: PevCauseCode;
  readonly what: string;
}
export const pevCauseOf = (code: PevCauseCode): PevCause => ({ code, what: causes[code] });

/** The vehicle is in the charger's network. */
export interface PevMatched extends NetworkKey {
  readonly kind: 'matched';
  readonly evseMac: string;
  readonly runId: string;
  readonly meanDb: number;
  /** The own modem reported the link; without, no modem could tell. */
  readonly linkSeen: boolean;
}
export interface PevFailed {
  readonly kind: 'failed';
  readonly cause: PevCause;
}
export type PevResult = PevMatched | PevFailed;
export type PevSlacReport =
  | FrameTraceReport
  | { readonly kind: 'process'; readonly number: number; readonly runId: string }
  | { readonly kind: 'charger'; readonly evseMac: string; readonly meanDb: number }
  | { readonly kind: 'chosen'; readonly evseMac: string; readonly meanDb: number }
  | { readonly kind: 'process-failed'; readonly runId: string; readonly cause: PevCause }
  | { readonly kind: 'modem'; readonly answers: boolean }
  | { readonly kind: 'validation'; readonly result: number; readonly toggles: number }
  | {
      readonly kind: 'amp-map';
      readonly direction: 'in' | 'out';
      readonly carriers: number;
      readonly taken: boolean;
    }
  | PevResult;

export interface Charger {
  readonly mac: string;
  readonly meanDb: number | undefined;
}

export interface PevState {
  readonly at:
    | 'idle'
    | 'asking'
    | 'starting'
    | 'sounding'
    | 'collecting'
    /** CM_VALIDATE, step 1. */
    | 'validating'
    /** The pilot toggles, then the answer is awaited. */
    | 'toggling'
    | 'matching'
    | 'keying'
    | 'joining'
    | 'pausing'
    | 'matched'
    | 'failed';
  /** The host's own address, as it was when the process began. */
  readonly mac: string;
  readonly runId: string;
  readonly rnd: readonly string[];
  readonly process: number;
  /** When the first process began, monotonic milliseconds. */
  readonly began: number;
  /** Frames of the current kind sent so far. */
  readonly sent: number;
  readonly chargers: readonly Charger[];
  /** What CM_SLAC_PARM.CNF asks for. */
  readonly wantedSounds: number;
  readonly choice: Charger | undefined;
  readonly key: NetworkKey | undefined;
  readonly unanswered: number;
  /** Changes of the pilot made in a validation. */
  readonly edges: number;
  /** Own CM_AMP_MAP.REQ sent and not confirmed. */
  readonly ampMapsSent: number;
  readonly restarted: boolean;
  readonly lost: Readonly<Record<string, number>>;
  readonly ignored: Readonly<Record<string, number>>;
}

export const initialPevState: PevState = {
  at: 'idle',
  mac: '',
  runId: '',
  rnd: [],
  process: 0,
  began: 0,
  sent: 0,
  chargers: [],
  wantedSounds: 0,
  choice: undefined,
  key: undefined,
  unanswered: 0,
  edges: 0,
  ampMapsSent: 0,
  restarted: false,
  lost: {},
  ignored: {},
};

/** What one process is given: random values, and the address it sends from. */
export interface ProcessNumbers {
  readonly mac: string;
  readonly runId: string;
  /** 16 bytes as hex for each sound. */
  readonly rnd: readonly string[];
}

export type PevTimer =
  | 'start_delay'
  | 'TT_match_response'
  | 'TP_match_sequence'
  | 'TP_EV_batch_msg_interval'
  | 'TT_EV_atten_results'
  | 'TT_match_join'
  | 'T_conn_resume'
  | 'TT_matching_rate'
  | 'TT_match_sequence'
  | 'TP_EV_vald_state_duration'
  | 'TT_amp_map_exchange'
  | 'modem_set_key'
  | 'link_poll';
export type PevInput =
  | { readonly on: 'start' }
  | { readonly on: 'rejoin'; readonly mac: string }
  | { readonly on: 'frame'; readonly frame: Mme }
  | { readonly on: 'timeout'; readonly timer: string }
  | { readonly on: 'answer'; readonly id: string; readonly answer: unknown }
  | { readonly on: 'ask-failed'; readonly id: string; readonly error: unknown };
export type PevEffect =
  | { readonly do: 'pilot'; readonly state: 'B' | 'C' }
  | { readonly do: 'send'; readonly frame: Sendable }
  | { readonly do: 'report'; readonly report: PevSlacReport }
  | ArmEffect
  | CancelEffect
  | AskEffect<'process-numbers'>;
