import type { Duration } from '@kerbside/kernel';
import type { Sendable } from '../messages/catalogue.ts';
import { LOCAL_MODEM } from '../messages/mme.ts';
import {
  C_conn_max_match,
  C_EV_match_retry,
  C_EV_match_signalattn_direct,
  C_EV_start_atten_char_inds,
  C_EV_vald_nb_toggles,
  SlacConfigError,
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
  /** Fields of the messages of a name that are sent with other values. */
  readonly change?: Partial<Record<FrameName, Readonly<Record<string, unknown>>>>;
  /** Messages that are sent so many times more. */
  readonly repeat?: Partial<Record<FrameName, number>>;
  /** What is for all goes to the first charger that answered alone. */
  readonly unicast?: boolean;
  /** A second car with an address of its own does the same at the same time, up to the sounds. */
  readonly twin?: boolean;
  /** So many CM_SLAC_PARM.REQ at once, each with another run id, before the real one. */
  readonly parmFlood?: number;
  /** Sends CM_VALIDATE.REQ to all before anything else. */
  readonly validateFirst?: boolean;
  /** Validates, and does not toggle the pilot. */
  readonly noToggles?: boolean;
  /** Waits so long before the first CM_START_ATTEN_CHAR.IND. */
  readonly startAttenDelay?: Duration;
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
  /** `strict` takes only what is exactly as the standard wants it, as many cars do. */
  readonly validation: 'lenient' | 'strict';
  /** CM_VALIDATE before the match; `ambiguous`: when another charger is nearly as near. Needs the pilot. */
  readonly validate: 'never' | 'ambiguous' | 'always';
  /** Chargers whose means differ by less, dB, cannot be told apart. */
  readonly ambiguityDb: number;
  /** BCB toggles of a validation, 1 to 3. */
  readonly toggles: number;
  /** Own amplitude map, sent when the link stands. */
  readonly ampMap: readonly number[] | undefined;
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
  validation: 'lenient',
  validate: 'never',
  ambiguityDb: 3,
  toggles: C_EV_vald_nb_toggles,
  ampMap: undefined,
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
  if (![1, 2, 3].includes(all.toggles))
    throw new SlacConfigError(
      'toggles',
      `toggles is ${all.toggles}: it may be a whole number from 1 to 3 (C_EV_vald_nb_toggles, ISO 15118-3, Table A.1)`,
    );
  return { ...all, timers: timersOf(pevTimers, all.timers) };
}

/** More sounds than that are not sent, whatever the charger asks for. */
export const MOST_SOUNDS = 20;
export const startsOf = (knobs: PevKnobs): number =>
  knobs.startAttenChars ?? C_EV_start_atten_char_inds;
