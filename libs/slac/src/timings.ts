import { type Duration, KerbsideError, millis } from '@kerbside/kernel';

/**
 * Timers and constants of ISO 15118-3, Table 3 and Table A.1, by their standard names. TP is the own
 * reaction, TT the wait for the peer.
 */

/** A timer as the standard has it, and what it may be set to. */
export interface TimerRange {
  readonly value: Duration;
  readonly least: Duration;
  readonly most: Duration;
  /** What the standard says, with its clause. Where it gives one value, `least` and `most` are ours. */
  readonly standard: string;
  readonly meaning: string;
}

const range = (
  value: number,
  [least, most]: readonly [number, number],
  standard: string,
  meaning: string,
): TimerRange => ({
  value: millis(value),
  least: millis(least),
  most: millis(most),
  standard,
  meaning,
});

const TABLE_3 = 'ISO 15118-3, Table 3';
const TABLE_A1 = 'ISO 15118-3, Table A.1';
const OWN = 'left open by the standard';

/** The timers of the charger's side. */
export const evseTimers = {
  TT_EVSE_SLAC_init: range(
    40_000,
    [20_000, 50_000],
    `20 to 50 s, ${TABLE_A1}`,
    'pilot B, C or D to the first CM_SLAC_PARM.REQ',
  ),
  TT_match_response: range(
    200,
    [100, 1000],
    `200 ms, ${TABLE_A1}`,
    'wait for an answer before the request is repeated',
  ),
  TT_match_sequence: range(
    400,
    [200, 2000],
    `400 ms, ${TABLE_A1}`,
    "wait for the car's next message",
  ),
  TT_EVSE_match_MNBC: range(
    600,
    [300, 1200],
    `600 ms, ${TABLE_A1}`,
    'CM_START_ATTEN_CHAR.IND to the end of collecting',
  ),
  TP_EVSE_avg_atten_calc: range(
    45,
    [0, 100],
    `at most 100 ms, ${TABLE_A1}`,
    'last profile to CM_ATTEN_CHAR.IND',
  ),
  TT_EVSE_match_session: range(
    10_000,
    [5000, 20_000],
    `10 s, ${TABLE_A1}`,
    'CM_ATTEN_CHAR.RSP to CM_VALIDATE.REQ or CM_SLAC_MATCH.REQ',
  ),
  TT_match_join: range(
    12_000,
    [5000, 30_000],
    `12 s, ${TABLE_A1}`,
    'CM_SLAC_MATCH.CNF to the link',
  ),
  TT_matching_repetition: range(
    10_000,
    [5000, 30_000],
    `10 s, ${TABLE_3}`,
    'window in which failed matching is repeated',
  ),
  TP_link_ready_notification: range(
    200,
    [200, 1000],
    `200 to 1000 ms, ${TABLE_3}`,
    'link seen to D-LINK_READY',
  ),
  TT_EVSE_vald_toggle: range(
    3500,
    [600, 3500],
    `at most 3.5 s, ${TABLE_A1}`,
    'longest watch for BCB toggles',
  ),
  T_vald_detect_time: range(
    100,
    [20, 200],
    `at most 200 ms, ${TABLE_A1}`,
    'shorter states of the pilot are no toggle',
  ),
  TT_amp_map_exchange: range(
    200,
    [100, 1000],
    `200 ms, ${TABLE_A1}`,
    'wait for CM_AMP_MAP.CNF before the request is repeated',
  ),
  TP_amp_map_exchange: range(
    80,
    [20, 100],
    `at most 100 ms, ${TABLE_A1}`,
    'link or CM_AMP_MAP.REQ to the own message',
  ),
  modem_start_up: range(500, [100, 10_000], OWN, 'reset of the modem to its next request'),
  modem_reset_delay: range(100, [0, 5000], OWN, 'CM_SET_KEY.CNF to the reset of the modem'),
  modem_probe: range(100, [50, 2000], OWN, 'one question who the modem is to the next'),
  modem_set_key: range(1000, [200, 5000], OWN, 'one CM_SET_KEY.REQ to the next'),
  modem_slow_retry: range(5000, [1000, 60_000], OWN, 'the same, once the modem is in trouble'),
  modem_statistics: range(10_000, [1000, 600_000], OWN, 'one question for the rates to the next'),
  link_poll_joining: range(100, [50, 1000], OWN, 'one question for the link to the next, joining'),
  link_poll_matched: range(200, [50, 900], OWN, 'the same, while matched'),
} as const satisfies Readonly<Record<string, TimerRange>>;
export type EvseTimerName = keyof typeof evseTimers;

/** The timers of the vehicle's side. */
export const pevTimers = {
  TT_match_response: evseTimers.TT_match_response,
  TP_match_sequence: range(
    100,
    [10, 100],
    `at most 100 ms, ${TABLE_A1}`,
    'last CM_SLAC_PARM.CNF to CM_START_ATTEN_CHAR.IND',
  ),
  TT_match_sequence: evseTimers.TT_match_sequence,
  TP_EV_batch_msg_interval: range(
    30,
    [20, 50],
    `20 to 50 ms, ${TABLE_A1}`,
    'one CM_START_ATTEN_CHAR.IND or sound to the next',
  ),
  TT_EV_atten_results: range(
    1200,
    [600, 2400],
    `1200 ms, ${TABLE_A1}`,
    'CM_START_ATTEN_CHAR.IND to the choice',
  ),
  TT_match_join: evseTimers.TT_match_join,
  TT_matching_rate: range(400, [0, 2000], `400 ms, ${TABLE_3}`, 'pause before another process'),
  TT_matching_repetition: evseTimers.TT_matching_repetition,
  TP_EV_vald_state_duration: range(
    300,
    [200, 400],
    `200 to 400 ms, ${TABLE_A1}`,
    'each state B or C of a toggle',
  ),
  TT_amp_map_exchange: evseTimers.TT_amp_map_exchange,
  modem_set_key: range(500, [200, 5000], OWN, 'one CM_SET_KEY.REQ to the next'),
  link_poll_joining: evseTimers.link_poll_joining,
} as const satisfies Readonly<Record<string, TimerRange>>;
export type PevTimerName = keyof typeof pevTimers;

/** A setting of SLAC that cannot be: the message names it, its value and what is allowed. */
export class SlacConfigError extends KerbsideError {
  readonly setting: string;
  constructor(setting: string, message: string) {
    super('slac.config', message);
    this.setting = setting;
  }
}

const shown = (ms: number) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);

/** The timers with what is set; `least` lowers a lower end. Throws `SlacConfigError`. */
export function timersOf<Name extends string>(
  ranges: Readonly<Record<Name, TimerRange>>,
  set: Partial<Readonly<Record<Name, Duration>>>,
  least: Partial<Readonly<Record<Name, Duration>>> = {},
): Readonly<Record<Name, Duration>> {
  for (const name of Object.keys(set))
    if (!Object.hasOwn(ranges, name))
      throw new SlacConfigError(name, `${name} is not a timer of SLAC`);
  const all = Object.entries<TimerRange>(ranges).map(([key, of]) => {
    const name = key as Name;
    const value = set[name] ?? of.value;
    const from = least[name] ?? of.least;
    if (!(value >= from && value <= of.most))
      throw new SlacConfigError(
        name,
        `${name} is ${shown(value)}: it may be from ${shown(from)} to ${shown(of.most)} (${of.standard})`,
      );
    return [name, value] as const;
  });
  return Object.fromEntries(all) as Record<Name, Duration>;
}

/** TT_EVSE_SLAC_init of chargers that trade the standard's 20 s for a fast start of cars without HLC. */
export const FAST_SLAC_INIT = millis(10_000);

/** Vehicle: wake-up from a pause to the link. ISO 15118-3 */
export const T_conn_resume = millis(6000);

/** Repeats of a message without answer. */
export const C_EV_match_retry = 2;
export const C_EV_start_atten_char_inds = 3;
/** Sounds of one matching process. */
export const C_EV_match_MNBC = 10;
/** Matching processes within TT_matching_repetition. At least 3 */
export const C_conn_max_match = 3;
/** Vehicles that a charger matches with at the same time. */
export const C_EVSE_match_parallel = 5;
/** Vehicle: BCB toggles of a validation. 1 to 3 */
export const C_EV_vald_nb_toggles = 3;
/** Vehicle: up to this mean attenuation, dB, the charger counts as directly connected. */
export const C_EV_match_signalattn_direct = 40;
/** Carrier groups of an attenuation profile. */
export const CARRIER_GROUPS = 58;

/** CM_SET_KEY.REQ without success until the modem counts as in trouble. */
export const SET_KEY_ATTEMPTS = 10;
/** Polls without link until it counts as lost: 3 times 200 ms. */
export const LINK_LOST_AFTER = 3;
