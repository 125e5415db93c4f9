import { millis } from '@kerbside/kernel';

/**
 * Timers and constants of ISO 15118-3, Table 3 and Table A.1, by their standard names. TP is the own
 * reaction, TT the wait for the peer. Where the standard gives a range, it stands beside the value.
 */

/** Charger: from state B with 5 % to the first CM_SLAC_PARM.REQ. Range 20 to 50 s */
export const TT_EVSE_SLAC_init = millis(40_000);
/** Both: wait for an answer before the request is repeated. */
export const TT_match_response = millis(200);
/** Both: wait for the peer's next message; charger: CNF to CM_START_ATTEN_CHAR.IND. */
export const TT_match_sequence = millis(400);
/** Vehicle: gap between CM_START_ATTEN_CHAR.IND and between sounds. Range 20 to 50 ms */
export const TP_EV_batch_msg_interval = millis(30);
/** Charger: from the first CM_START_ATTEN_CHAR.IND, then no more sounds are collected. */
export const TT_EVSE_match_MNBC = millis(600);
/** Charger: averaging after the last profile. At most 100 ms */
export const TP_EVSE_avg_atten_calc = millis(45);
/** Vehicle: from the first CM_START_ATTEN_CHAR.IND, CM_ATTEN_CHAR.IND are collected. */
export const TT_EV_atten_results = millis(1200);
/** Charger: wait for CM_VALIDATE.REQ or CM_SLAC_MATCH.REQ. */
export const TT_EVSE_match_session = millis(10_000);
/** Both: from CM_SLAC_MATCH.CNF until the link stands. */
export const TT_match_join = millis(12_000);
/** Both: pause before a new matching process. */
export const TT_matching_rate = millis(400);
/** Both: window in which failed matching is repeated. */
export const TT_matching_repetition = millis(10_000);

/** Repeats of a message without answer. */
export const C_EV_match_retry = 2;
export const C_EV_start_atten_char_inds = 3;
/** Sounds of one matching process. */
export const C_EV_match_MNBC = 10;
/** Matching processes within TT_matching_repetition. At least 3 */
export const C_conn_max_match = 3;
/** Vehicles that a charger matches with at the same time. */
export const C_EVSE_match_parallel = 5;
/** Vehicle: up to this mean attenuation, dB, the charger counts as directly connected. */
export const C_EV_match_signalattn_direct = 40;
/** Carrier groups of an attenuation profile. */
export const CARRIER_GROUPS = 58;

/** Waits that the standard leaves open, as charger makers use them. */
export const MODEM_PROBE = millis(100);
export const MODEM_START_UP = millis(500);
export const SET_KEY_RETRY = millis(1000);
export const SET_KEY_ATTEMPTS = 10;
export const MODEM_SLOW_RETRY = millis(5000);
export const LINK_POLL_JOINING = millis(100);
export const LINK_POLL_MATCHED = millis(200);
/** Polls without link until it counts as lost: 3 times 200 ms. */
export const LINK_LOST_AFTER = 3;
