import type { CauseCode } from '../evse/causes.ts';
import type { ModemReport, ModemVendor, Pairing } from '../evse/report.ts';
import type { StepResult, Timing } from './steps.ts';
import type { Verdict } from './verdict.ts';

export type Actor = 'ev' | 'evse' | 'modem';

/** A frame of an attempt, its network key zeroed. */
export interface AttemptFrame {
  /** Place in the attempt, from 1. */
  readonly n: number;
  /** Milliseconds since the attempt began. */
  readonly at: number;
  /** Milliseconds since the frame before. */
  readonly sinceMs: number;
  readonly direction: 'in' | 'out';
  readonly from: Actor;
  readonly to: Actor;
  readonly source: string;
  readonly target: string;
  readonly name: string;
  /** The first bytes, `KEPT_BYTES` at most. */
  readonly hex: string;
  /** Bytes on the wire. */
  readonly length: number;
  readonly timing?: Timing;
}

/** One sound as the host heard it and as the modem measured it; either may be missing. */
export interface Sound {
  /** Counts down to 0; absent when the host did not hear the sound that the modem measured. */
  readonly cnt?: number;
  readonly heardAt?: number;
  readonly measuredAt?: number;
  /** Over the carrier groups, dB. */
  readonly meanDb?: number;
  readonly lowestDb?: number;
  readonly highestDb?: number;
}

/** Attenuation over the carrier groups, dB. */
export interface Attenuation {
  readonly groups: readonly number[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  readonly meanDb: number;
  readonly profiles: number;
  readonly soundsHeard: number;
}

/** What one vehicle did with one run id. */
export interface MatchingProcess extends Pairing {
  /** The run id as text, where all of it can be printed. */
  readonly runIdText?: string;
  /** Milliseconds since the attempt began. */
  readonly began: number;
  readonly result: 'running' | 'unanswered' | 'matched' | 'failed';
  readonly cause?: CauseCode;
  readonly announced?: number;
  readonly sounds: readonly Sound[];
  /** `Cnt` of the sounds that the host did not hear, and of those that the modem did not measure. */
  readonly unheard: readonly number[];
  readonly unmeasured: readonly number[];
  readonly attenuation?: Attenuation;
  /** Messages beyond the first. */
  readonly retries: Retries;
}

export interface Retries {
  readonly parmReq: number;
  readonly attenCharInd: number;
  readonly matchReq: number;
}

export interface SeenModem {
  readonly vendor: ModemVendor;
  readonly mac?: string;
  readonly version?: string;
  readonly trouble?: Exclude<ModemReport['state'], 'ready' | 'found'>;
  /** CM_SET_KEY of the key in force; `result` as the modem answered, absent while it has not. */
  readonly setKey?: { readonly requests: number; readonly result?: number; readonly at: number };
}

export interface LastGood {
  readonly attempt: string;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly evMac: string;
  readonly groups: readonly number[];
  readonly meanDb: number;
}

export type AttemptResult = 'running' | 'matched' | 'failed' | 'ended';

/** All that was seen of one attempt to match a car, from pilot state B to matched, failed or ended. */
export interface Attempt {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly began: number;
  /** Milliseconds since it began. */
  readonly lasted: number;
  readonly session?: string;
  /** How many attempts of the same session, this one included: each but the first follows state E or F. */
  readonly cycle: number;
  readonly result: AttemptResult;
  readonly cause?: CauseCode;
  /** False: no modem could tell about the link. */
  readonly linkSeen?: boolean;
  /** The link went away later, milliseconds since the attempt began. */
  readonly linkLostAt?: number;
  readonly verdict: Verdict;
  readonly evMac?: string;
  readonly runId?: string;
  readonly runIdText?: string;
  readonly evseMac?: string;
  readonly nid?: string;
  readonly steps: readonly StepResult[];
  readonly frames: readonly AttemptFrame[];
  /** Frames between the first and the last ones that were left out. */
  readonly framesLeftOut: number;
  /** Reports that a flood made the charger leave out; frames that could not be read; requests not taken. */
  readonly suppressed: number;
  readonly undecodable: number;
  readonly ignored: number;
  /** The process that the verdict is about comes first; the others are earlier runs and other vehicles. */
  readonly processes: readonly MatchingProcess[];
  readonly processesLeftOut: number;
  /** The most processes that began within TT_matching_repetition. */
  readonly processesIn10s: number;
  /** Vehicles with other addresses. */
  readonly foreignEvs: readonly string[];
  readonly retries: Retries & { readonly setKey: number };
  readonly tolerated: readonly string[];
  readonly modem: SeenModem;
  /** The last attenuation of a match on this outlet before. */
  readonly lastGood?: LastGood;
}
