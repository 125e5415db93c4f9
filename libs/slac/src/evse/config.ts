import type { Duration } from '@kerbside/kernel';
import { LOCAL_MODEM } from '../messages/mme.ts';
import {
  C_EVSE_match_parallel,
  LINK_LOST_AFTER,
  SET_KEY_ATTEMPTS,
  SET_KEY_RETRY,
  TT_EVSE_SLAC_init,
  TT_match_join,
} from '../timings.ts';

/** How the charger's side of SLAC behaves. */
export interface EvseSlacConfig {
  /** TT_EVSE_SLAC_init: from pilot B, C or D to the first CM_SLAC_PARM.REQ. */
  readonly slacInitTimeout: Duration;
  /** TT_match_join: from CM_SLAC_MATCH.CNF until the link stands. */
  readonly joinTimeout: Duration;
  /** Vehicles that may match at the same time. */
  readonly maxSessions: number;
  /** Added to each carrier group of the mean attenuation, dB; may be negative. */
  readonly soundingAdjustmentDb: number;
  /** `lenient` tolerates what cars in the field are known to send, counts it and reports it. */
  readonly validation: 'lenient' | 'strict';
  /** After all vehicles failed: wait for another attempt (TT_matching_repetition), or give up at once. */
  readonly failedBehaviour: 'restart' | 'fail';
  readonly modemMac: string;
  /** `none`: no modem is asked for anything. */
  readonly modemVendor: 'auto' | 'qualcomm' | 'lumissil' | 'none';
  readonly setKeyRetry: Duration;
  readonly setKeyAttempts: number;
  /** Which results of CM_SET_KEY.CNF are success: the standard says 0, most firmware 1. */
  readonly setKeySuccess: 'any' | 0 | 1;
  /** Restarts the modem after each new key. */
  readonly chipReset: boolean;
  /** `never`: matched as soon as CM_SLAC_MATCH.CNF is sent. */
  readonly linkDetection: 'auto' | 'never';
  /** Polls without link until it counts as lost. */
  readonly linkLostAfter: number;
}

export const defaultEvseSlacConfig: EvseSlacConfig = {
  slacInitTimeout: TT_EVSE_SLAC_init,
  joinTimeout: TT_match_join,
  maxSessions: C_EVSE_match_parallel,
  soundingAdjustmentDb: 0,
  validation: 'lenient',
  failedBehaviour: 'restart',
  modemMac: LOCAL_MODEM,
  modemVendor: 'auto',
  setKeyRetry: SET_KEY_RETRY,
  setKeyAttempts: SET_KEY_ATTEMPTS,
  setKeySuccess: 'any',
  chipReset: false,
  linkDetection: 'auto',
  linkLostAfter: LINK_LOST_AFTER,
};
