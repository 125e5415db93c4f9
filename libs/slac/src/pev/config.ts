import type { Duration } from '@kerbside/kernel';
import type { Sendable } from '../messages/catalogue.ts';
import { LOCAL_MODEM } from '../messages/mme.ts';
import {
  C_conn_max_match,
  C_EV_match_retry,
  C_EV_match_signalattn_direct,
  C_EV_start_atten_char_inds,
  type PevTimerName,
  pevTimers,
  timersOf,
} from '../timings.ts';

type FrameName = Sendable['name'];

/** How a simulated vehicle departs from the good path. */
export interface PevKnobs {
  /** So many frames of a name that it sends never reach the wire. */
  readonly lose?: Partial<Record<FrameName, number>>;
  /** So many frames of a name that it receives are passed over. */
  readonly ignore?: Partial<Record<FrameName, number>>;
  /** Sounds really sent; as many as the charger asked for are announced. */
  readonly sounds?: number;
  readonly startAttenChars?: number;
  /** Sounds of 64 bytes, as one tool sends them. */
  readonly shortSounds?: boolean;
  /** Messages that carry another run id than the process. */
  readonly wrongRunIdIn?: readonly FrameName[];
  readonly noMatchReq?: boolean;
  /** Begins anew after so many sounds, once. */
  readonly restartAfterSounds?: number;
  /** Waits before the first CM_SLAC_PARM.REQ. */
  readonly startDelay?: Duration;
  /** Always this run id, eight bytes as hex. */
  readonly runId?: string;
}

/** How the vehicle's side of SLAC behaves. */
export interface PevSlacConfig {
  /** Timers that differ from `pevTimers`, by their standard names. */
  readonly timers: Partial<Readonly<Record<PevTimerName, Duration>>>;
  /** CM_SLAC_PARM.REQ in one process. */
  readonly parmAttempts: number;
  /** CM_SLAC_MATCH.REQ in one process. */
  readonly matchAttempts: number;
  /** Matching processes within TT_matching_repetition. */
  readonly processes: number;
  /** Up to this mean, dB, a charger counts as directly connected. */
  readonly thresholdDb: number;
  /** The loss of the own receiver, added to the mean, dB. */
  readonly receiveCorrectionDb: number;
  readonly modemMac: string;
  readonly modem: 'auto' | 'none';
  readonly setKeyAttempts: number;
}

export const defaultPevSlacConfig: PevSlacConfig = {
  timers: {},
  parmAttempts: 1 + C_EV_match_retry,
  matchAttempts: 1 + C_EV_match_retry,
  processes: C_conn_max_match,
  thresholdDb: C_EV_match_signalattn_direct,
  receiveCorrectionDb: 0,
  modemMac: LOCAL_MODEM,
  modem: 'auto',
  setKeyAttempts: 3,
};

/** The configuration with every timer set. */
export interface PevSlacSettings extends PevSlacConfig {
  readonly timers: Readonly<Record<PevTimerName, Duration>>;
}

/** Fills the configuration up; throws `SlacConfigError` for a timer out of its range. */
export function pevSettings(config: Partial<PevSlacConfig>): PevSlacSettings {
  const all = { ...defaultPevSlacConfig, ...config };
  return { ...all, timers: timersOf(pevTimers, all.timers) };
}

/** More sounds than that are not sent, whatever the charger asks for. */
export const MOST_SOUNDS = 20;
export const startsOf = (knobs: PevKnobs): number =>
  knobs.startAttenChars ?? C_EV_start_atten_char_inds;
