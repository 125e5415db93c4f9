import type { ArmEffect, AskEffect, CancelEffect } from '@kerbside/kernel';
import type { Mme, Sendable } from '../messages/catalogue.ts';
import type { NetworkKey } from '../network-key.ts';
import type { Cause } from './causes.ts';
import type { ModemIdentity, Station } from './modem/adapter.ts';
import type { EvseSlacReport, ModemVendor, Pairing } from './report.ts';
import type { ToleranceCode } from './tolerance.ts';

/** One vehicle's matching process. */
export interface Session extends Pairing {
  readonly at:
    | 'wait-start'
    | 'sounding'
    | 'averaging'
    | 'wait-rsp'
    | 'wait-match'
    /** CM_VALIDATE, step 1 is answered: the second request is awaited. */
    | 'validating'
    /** CM_VALIDATE, step 2: toggles of the pilot are counted. */
    | 'counting'
    | 'validated'
    | 'failed';
  readonly since: number;
  /** Sounds that the vehicle announced. */
  readonly announced: number;
  readonly soundsHeard: number;
  readonly profiles: number;
  readonly sums: readonly number[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  /** CM_ATTEN_CHAR.IND sent so far. */
  readonly sent: number;
  readonly attenuation: Sendable | undefined;
  readonly tolerated: readonly ToleranceCode[];
  /** Profiles of another number of groups were left out. */
  readonly badProfiles: boolean;
  readonly validation: Validation | undefined;
}

/** The state of a CM_VALIDATE. */
export interface Validation {
  /** CM_VALIDATE.CNF of step 1 sent by ourselves. */
  readonly confirmed: number;
  /** When the pilot went to C, monotonic milliseconds; undefined in B. */
  readonly raisedAt: number | undefined;
  readonly toggles: number;
  /** The answer to step 2, sent again when the vehicle repeats its request. */
  readonly answer: Sendable | undefined;
}

/** The vehicle that has the key. */
export interface Match extends Pairing {
  /** Sent again when the vehicle repeats its request. */
  readonly confirmation: Sendable;
  readonly linkSeen: boolean;
  /** The modem answered for the link at least once: it knows the question. */
  readonly linkTold: boolean;
  /** Back from a pause: network and key are those of before. */
  readonly resumed: boolean;
  /** TT_match_join still runs: repeated requests are answered. */
  readonly joining: boolean;
  /** Polls in a row that said "no link", and that had no answer. */
  readonly missed: number;
  readonly unanswered: number;
  /** Own CM_AMP_MAP.REQ sent and not confirmed. */
  readonly ampMapsSent: number;
  /** CM_AMP_MAP.REQ of the vehicle that wait for the modem's answer. */
  readonly ampMapsAsked: readonly AmpMapAsked[];
}
export interface AmpMapAsked {
  readonly mmv: number;
  readonly carriers: number;
}

export type ModemTrouble = 'no-answer' | 'refuses-key' | 'refuses-reset' | 'waits-for-firmware';

export interface ModemState {
  readonly at: 'starting' | 'probing' | 'keying' | 'resetting' | 'ready' | 'none';
  readonly vendor: ModemVendor;
  /** Addresses that answered, the latest last, at most four. */
  readonly macs: readonly string[];
  readonly version: string | undefined;
  readonly identity: ModemIdentity | undefined;
  /** The firmware by its own name. */
  readonly firmware: string | undefined;
  readonly attempts: number;
  /** Times that it was asked who it is. */
  readonly probes: number;
  readonly trouble: ModemTrouble | undefined;
  /** Stations of its network, undefined when it was not asked or did not tell. */
  readonly stations: readonly Station[] | undefined;
  /** Questions for its network without answer. */
  readonly rounds: number;
}

/** A timer that runs: when it falls due, monotonic, and for how long it was set. */
export interface Deadline {
  readonly until: number;
  readonly limitMs: number;
}

export interface EvseState {
  /** The timers that run, by the names that they are armed with. */
  readonly deadlines: ReadonlyMap<string, Deadline>;
  /** The charger's host address; it changes when its interface is replaced. */
  readonly mac: string;
  readonly at: 'unmatched' | 'waiting' | 'matching' | 'joining' | 'matched' | 'failed' | 'paused';
  /** Monotonic milliseconds. */
  readonly since: number;
  /** Milliseconds since 1970. */
  readonly sinceWall: number;
  readonly modem: ModemState;
  readonly key: NetworkKey | undefined;
  /** A vehicle got the key: the next one gets another. */
  readonly keyGiven: boolean;
  /** The vehicle that got the key and matches anew: no other is admitted while it does. */
  readonly heldBy: string | undefined;
  readonly sessions: readonly Session[];
  readonly match: Match | undefined;
  readonly failure: Cause | undefined;
  /** Matching processes that failed, and until when another may follow; undefined before the first. */
  readonly repetition: { readonly failed: number; readonly until: number } | undefined;
  /** When matching ends that never comes to a match or a failure, monotonic; undefined before CM_SLAC_PARM.REQ. */
  readonly matchingUntil: number | undefined;
  /** How often each deviation was let pass since the start. */
  readonly tolerated: Readonly<Partial<Record<ToleranceCode, number>>>;
}

export type EvseInput =
  | {
      readonly on: 'start' | 'enterBcd' | 'leaveBcd' | 'terminate' | 'error' | 'pause';
    }
  | { readonly on: 'frame'; readonly frame: Mme }
  /** The pilot went to B or C, at that monotonic time. */
  | { readonly on: 'pilotEdge'; readonly state: 'B' | 'C'; readonly at: number }
  /** The interface did not take that frame. */
  | { readonly on: 'unsent'; readonly frame: Sendable }
  /** The interface is there again. */
  | { readonly on: 'interfaceBack' }
  | { readonly on: 'address'; readonly mac: string }
  | { readonly on: 'timeout'; readonly timer: string }
  | { readonly on: 'answer'; readonly id: string; readonly answer: unknown }
  | { readonly on: 'ask-failed'; readonly id: string; readonly error: unknown };

export type EvseEffect =
  | { readonly do: 'send'; readonly frame: Sendable }
  /** `changesState`: it tells that matching as a whole went on, so no limit holds it back. */
  | { readonly do: 'report'; readonly report: EvseSlacReport; readonly changesState: boolean }
  | ArmEffect
  | CancelEffect
  | AskEffect<'network-key'>;

/** Timers of one session, by their standard names; each is armed as `NAME evMac/runId`. */
export type SessionTimer =
  | 'TT_match_sequence'
  | 'TT_EVSE_match_MNBC'
  | 'TP_EVSE_avg_atten_calc'
  | 'TT_match_response'
  | 'TT_EVSE_match_session'
  | 'TT_EVSE_vald_toggle';
/** Timers of the process. */
export const processTimers = [
  'TT_EVSE_SLAC_init',
  'TT_matching_repetition',
  'matching_process',
  'TT_match_join',
  'TP_link_ready_notification',
  'TT_amp_map_exchange',
  'TP_amp_map_exchange',
  'modem_statistics',
  'link_poll',
] as const;
export type ProcessTimer = (typeof processTimers)[number];
export type ModemTimer = 'modem_probe' | 'modem_set_key' | 'modem_reset';

export const sameRun = (a: Pairing, b: Pairing) => a.evMac === b.evMac && a.runId === b.runId;
export const runOf = ({ evMac, runId }: Pairing): string => `${evMac}/${runId}`;

export const initialEvseState = (mac: string): EvseState => ({
  deadlines: new Map(),
  mac,
  at: 'unmatched',
  since: 0,
  sinceWall: 0,
  modem: {
    at: 'starting',
    vendor: 'unknown',
    macs: [],
    version: undefined,
    identity: undefined,
    firmware: undefined,
    attempts: 0,
    probes: 0,
    trouble: undefined,
    stations: undefined,
    rounds: 0,
  },
  key: undefined,
  keyGiven: false,
  heldBy: undefined,
  sessions: [],
  match: undefined,
  failure: undefined,
  repetition: undefined,
  matchingUntil: undefined,
  tolerated: {},
});
