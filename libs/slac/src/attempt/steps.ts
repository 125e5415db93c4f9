import type { EvseSlacSettings } from '../evse/config.ts';

/** Rungs of the ladder, in their order. */
export const ladder = [
  'init',
  'parameters',
  'start',
  'sounds',
  'average',
  'response',
  'choice',
  'confirmation',
  'join',
] as const;
export type StepName = (typeof ladder)[number];

export interface StepLimit {
  /** Of the standard: ISO 15118-3, Table 3 and Table A.1. */
  readonly timer: string;
  readonly limitMs: number;
  /** The limit is the peer's own; so long it is waited for all the same. */
  readonly patience?: { readonly timer: string; readonly limitMs: number };
}

/** TP_match_response, TP_EVSE_avg_atten_calc, TP_EV_match_session: upper ends of their ranges. */
const OWN_REACTION = 100;
const EV_CHOOSES = 500;

/** The limits of each rung, as configured. */
export const limitsOf = (
  timers: EvseSlacSettings['timers'],
  slacInitMs: number,
): Readonly<Record<StepName, StepLimit>> => ({
  init: { timer: 'TT_EVSE_SLAC_init', limitMs: slacInitMs },
  parameters: { timer: 'TP_match_response', limitMs: OWN_REACTION },
  start: { timer: 'TT_match_sequence', limitMs: timers.TT_match_sequence },
  sounds: { timer: 'TT_EVSE_match_MNBC', limitMs: timers.TT_EVSE_match_MNBC },
  average: { timer: 'TP_EVSE_avg_atten_calc', limitMs: OWN_REACTION },
  response: { timer: 'TT_match_response', limitMs: timers.TT_match_response },
  choice: {
    timer: 'TP_EV_match_session',
    limitMs: EV_CHOOSES,
    patience: { timer: 'TT_EVSE_match_session', limitMs: timers.TT_EVSE_match_session },
  },
  confirmation: { timer: 'TP_match_response', limitMs: OWN_REACTION },
  join: { timer: 'TT_match_join', limitMs: timers.TT_match_join },
});

export type Level = 'ok' | 'near' | 'over';
/** Below 80 % of the limit, below it, not below it. */
export const levelOf = (elapsedMs: number, limitMs: number): Level =>
  elapsedMs < 0.8 * limitMs ? 'ok' : elapsedMs < limitMs ? 'near' : 'over';

/** A time between two frames against its limit. */
export interface Timing extends StepLimit {
  readonly step: StepName;
  /** The frame it counts from; 0 is the begin of the attempt. */
  readonly from: number;
  readonly elapsedMs: number;
  readonly level: Level;
}

/** A rung: passed with its timing, missing where the process ended, or not reached. */
export type StepResult =
  | (Timing & { readonly state: 'done'; readonly to: number })
  | (StepLimit & {
      readonly step: StepName;
      readonly state: 'waiting' | 'missing' | 'not-reached';
    });

/** Hundredths of a millisecond are enough, and shorter to read. */
export const roundMs = (ms: number): number => Math.round(ms * 100) / 100;
