import type { Duration, Secret } from '@kerbside/kernel';
import { LOCAL_MODEM } from '../messages/mme.ts';
import {
  C_conn_max_match,
  C_EVSE_match_parallel,
  type EvseTimerName,
  evseTimers,
  FAST_SLAC_INIT,
  LINK_LOST_AFTER,
  SET_KEY_ATTEMPTS,
  SlacConfigError,
  timersOf,
} from '../timings.ts';

/** How the charger's side of SLAC behaves. */
export interface EvseSlacConfig {
  /** Timers that differ from `evseTimers`, by their standard names. */
  readonly timers: Partial<Readonly<Record<EvseTimerName, Duration>>>;
  /** TT_EVSE_SLAC_init is 10 s, and may be: less than the standard's 20 s, for cars without HLC. */
  readonly fastTimeout: boolean;
  /** C_EVSE_match_parallel: vehicles that may match at the same time. */
  readonly maxSessions: number;
  /** C_conn_max_match: matching processes within TT_matching_repetition. */
  readonly maxMatches: number;
  /** Added to each carrier group of the mean attenuation, dB; may be negative. */
  readonly soundingAdjustmentDb: number;
  /** `lenient` tolerates what cars in the field are known to send, counts it and reports it. */
  readonly validation: 'lenient' | 'strict';
  /** Without any profile the session fails: an attenuation is never made up. */
  readonly noProfilePolicy: 'fail';
  /** After all vehicles failed: wait for another attempt (TT_matching_repetition), or give up at once. */
  readonly failedBehaviour: 'restart' | 'fail';
  /** CM_VALIDATE: `full` counts BCB toggles, where `pilotEdges` are delivered; else as `notRequired`. */
  readonly validate: 'notRequired' | 'failure' | 'full';
  /** Whether the board delivers each change between pilot B and C, to 20 ms. */
  readonly pilotEdges: boolean;
  readonly ampMap: AmpMapConfig;
  /** `whenGiven`: a new network for each session that handed one out [V2G3-M09-17]; `never` only in a lab. */
  readonly renewKey: 'whenGiven' | 'always' | 'never';
  /** Always this key, 16 bytes; only in a lab. */
  readonly fixedKey: Secret<Uint8Array> | undefined;
  readonly modemMac: string;
  /** `none`: no modem is asked for anything. */
  readonly modemVendor: 'auto' | 'qualcomm' | 'lumissil' | 'none';
  /** How Lumissil's messages are framed: as EVerest sends them, or as the maker's host library does. */
  readonly lumissilHeader: 'everest' | 'hlb';
  readonly setKeyAttempts: number;
  /** Which results of CM_SET_KEY.CNF are success: the standard says 0, most firmware 1. */
  readonly setKeySuccess: 'any' | 0 | 1;
  /** Restarts the modem after each new key. */
  readonly chipReset: boolean;
  /** `never`: matched as soon as CM_SLAC_MATCH.CNF is sent. */
  readonly linkDetection: 'auto' | 'never';
  /** Polls without link until it counts as lost; together less than a second. */
  readonly linkLostAfter: number;
  /** Asks the modem for the rates of the network while matched. */
  readonly statistics: boolean;
}

/** CM_AMP_MAP, in both directions. */
export interface AmpMapConfig {
  /** Own map, sent to the vehicle when the link stands: reduction by 2 dB a step, 0 to 15, for each carrier. */
  readonly send: readonly number[] | undefined;
  /** The vehicle's map: `modem` passes it to the own modem and answers what that says; else always this. */
  readonly answer: 'modem' | 'success' | 'failure';
  /** Version of the messages sent; both are accepted. */
  readonly mmv: 1 | 2;
}

export const defaultEvseSlacConfig: EvseSlacConfig = {
  timers: {},
  fastTimeout: false,
  maxSessions: C_EVSE_match_parallel,
  maxMatches: C_conn_max_match,
  soundingAdjustmentDb: 0,
  validation: 'lenient',
  noProfilePolicy: 'fail',
  failedBehaviour: 'restart',
  validate: 'notRequired',
  pilotEdges: false,
  ampMap: { send: undefined, answer: 'modem', mmv: 1 },
  renewKey: 'whenGiven',
  fixedKey: undefined,
  modemMac: LOCAL_MODEM,
  modemVendor: 'auto',
  lumissilHeader: 'everest',
  setKeyAttempts: SET_KEY_ATTEMPTS,
  setKeySuccess: 'any',
  chipReset: false,
  linkDetection: 'auto',
  linkLostAfter: LINK_LOST_AFTER,
  statistics: true,
};

/** The configuration with every timer set. */
export interface EvseSlacSettings extends EvseSlacConfig {
  readonly timers: Readonly<Record<EvseTimerName, Duration>>;
}

const whole = (
  name: keyof EvseSlacConfig,
  value: number,
  [least, most]: readonly [number, number],
  clause: string,
) => {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new SlacConfigError(
      name,
      `${name} is ${value}: it may be a whole number from ${least} to ${most} (${clause})`,
    );
};

/** Checks the configuration and fills it up; throws `SlacConfigError` naming setting, value and range. */
export function evseSettings(config: Partial<EvseSlacConfig>): EvseSlacSettings {
  const all = { ...defaultEvseSlacConfig, ...config };
  const fast = { TT_EVSE_SLAC_init: FAST_SLAC_INIT };
  const set = all.fastTimeout ? { ...fast, ...all.timers } : all.timers;
  const timers = timersOf(evseTimers, set, all.fastTimeout ? fast : {});
  whole(
    'maxSessions',
    all.maxSessions,
    [1, 16],
    'C_EVSE_match_parallel: 5, ISO 15118-3, Table A.1',
  );
  whole(
    'maxMatches',
    all.maxMatches,
    [3, 20],
    'C_conn_max_match: at least 3, ISO 15118-3, Table 3',
  );
  whole('soundingAdjustmentDb', all.soundingAdjustmentDb, [-255, 255], 'dB of CM_ATTEN_CHAR.IND');
  whole('setKeyAttempts', all.setKeyAttempts, [1, 100], 'left open by the standard');
  const most = Math.ceil(1000 / timers.link_poll_matched) - 1;
  whole('linkLostAfter', all.linkLostAfter, [1, most], 'times link_poll_matched less than 1 s');
  if (all.ampMap.send?.some((step) => !Number.isInteger(step) || step < 0 || step > 15))
    throw new SlacConfigError('ampMap', 'ampMap.send may only hold whole numbers from 0 to 15');
  if (all.ampMap.send && (all.ampMap.send.length === 0 || all.ampMap.send.length > 2000))
    throw new SlacConfigError('ampMap', 'ampMap.send may hold 1 to 2000 carriers');
  if (all.fixedKey && all.fixedKey.reveal().length !== 16)
    throw new SlacConfigError('fixedKey', 'fixedKey must be 16 bytes');
  return { ...all, timers };
}
