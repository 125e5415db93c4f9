import { type Duration, millis } from '@kerbside/kernel';

/** A timer of the pilot's interplay with the car's network, and what it may be set to. */
export interface PilotTimerRange {
  readonly value: Duration;
  readonly least: Duration;
  readonly most: Duration;
  /** What ISO 15118-3 says. Where it gives no range, `least` and `most` are ours. */
  readonly standard: string;
  readonly meaning: string;
}

const range = (
  value: number,
  [least, most]: readonly [number, number],
  standard: string,
  meaning: string,
): PilotTimerRange => ({
  value: millis(value),
  least: millis(least),
  most: millis(most),
  standard,
  meaning,
});

/**
 * The timers of the pilot towards matching, by their standard names; those that the standard leaves
 * open are in lower case. A D-LINK_ERROR takes TP_match_leave + T_step_EF + matching_ready: whatever
 * is set, less than T_conn_resetup (15 s), in which the car must be matched anew.
 */
export const pilotTimers = {
  T_step_EF: range(4000, [4000, 8000], 'at least 4 s', 'state F between two tries, or to wake'),
  T_step_X1: range(3000, [3000, 10_000], 'at least 3 s', 'X1 between 5 % and a nominal duty cycle'),
  TP_match_leave: range(
    1000,
    [0, 1000],
    'at most 1 s',
    'X1 in which the network is left, before F',
  ),
  T_conn_resume: range(6000, [1000, 6000], '6 s', 'wake-up of a paused car to its link'),
  x1_after_EF: range(750, [0, 3000], 'open', 'X1 after state F, before a nominal duty cycle'),
  matching_ready: range(
    500,
    [0, 1000],
    'open',
    'longest wait for the key before 5 % is switched on',
  ),
  hlc_start: range(10_000, [0, 60_000], 'open', 'AC: authorised while matching or matched, to X1'),
  link_end: range(2000, [500, 5000], 'open', 'SessionStop to D-LINK_TERMINATE, or to X1 in pause'),
} as const satisfies Readonly<Record<string, PilotTimerRange>>;
export type PilotTimerName = keyof typeof pilotTimers;

/** Tries of matching after the first. ISO 15118-3 */
export const C_sequ_retry = { value: 2, least: 0, most: 10 } as const;
