import { millis } from '@kerbside/kernel';
import type { MmeOf } from '../messages/catalogue.ts';
import { BROADCAST } from '../messages/mme.ts';
import { causeOf } from './causes.ts';
import { C_EV_match_MNBC, C_EV_match_retry, CARRIER_GROUPS } from '../timings.ts';
import type { Pairing } from './report.ts';
import type { Session } from './state.ts';
import type { Turn } from './turn.ts';

const restarted = causeOf('restarted');

/** No profile yet: 0 in each group. */
const silence: readonly number[] = Array.from({ length: CARRIER_GROUPS }, () => 0);

const newSession = ({ evMac, runId }: Pairing, now: number): Session => ({
  evMac,
  runId,
  at: 'wait-start',
  since: now,
  announced: C_EV_match_MNBC,
  soundsHeard: 0,
  profiles: 0,
  sums: silence,
  lowest: [],
  highest: [],
  sent: 0,
  attenuation: undefined,
  tolerated: [],
  badProfiles: false,
  validation: undefined,
});

/** A vehicle asks for parameters: its session begins, or begins anew. */
export function onSlacParmReq(turn: Turn, frame: MmeOf<'CM_SLAC_PARM.REQ'>): void {
  if (frame.APPLICATION_TYPE !== 0 || frame.SECURITY_TYPE !== 0) return;
  if (frame.ODA !== BROADCAST && !turn.lenient) return;
  const pairing: Pairing = { evMac: frame.OSA, runId: frame.RunID };
  if (!mayBegin(turn, pairing)) return;
  if (!makeRoom(turn, pairing)) {
    const why = `${turn.config.maxSessions} vehicles are matching already`;
    turn.report({ kind: 'ignored', name: frame.name, from: frame.OSA, why });
    return;
  }
  const first = turn.state.at !== 'matching';
  const known = turn.session(pairing) !== undefined;
  turn.cancel('TT_EVSE_SLAC_init');
  turn.cancel('TT_matching_repetition');
  if (first) {
    const until = turn.state.matchingUntil ?? turn.now + longestMatching(turn);
    turn.enter('matching', { failure: undefined, matchingUntil: until });
    turn.arm('matching_process', millis(Math.max(0, until - turn.now)));
  }
  if (!known) turn.report({ kind: 'matching-started', ...pairing }, { changesState: first });
  turn.stopTimersOf(pairing);
  // [V2G3-A09-16] a known vehicle and run id begins anew
  const session = newSession(pairing, turn.now);
  turn.put(frame.ODA === BROADCAST ? session : turn.tolerate(session, 'unicast'));
  turn.send({
    name: 'CM_SLAC_PARM.CNF',
    ODA: frame.OSA,
    OSA: turn.mac,
    'M-SOUND_TARGET': BROADCAST,
    NUM_SOUNDS: C_EV_match_MNBC,
    Time_Out: Math.round(turn.timers.TT_EVSE_match_MNBC / 100),
    RESP_TYPE: 1,
    FORWARDING_STA: frame.OSA,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    RunID: frame.RunID,
  });
  turn.armSession(pairing, 'TT_match_sequence', turn.timers.TT_match_sequence);
}

/**
 * From the first CM_SLAC_PARM.REQ on, however often vehicles begin anew: time for a process with each of its
 * timers run down, its link, the window for repetitions, and a last process that begins as that closes.
 */
function longestMatching({ timers }: Turn): number {
  const repeated = C_EV_match_retry + 1;
  const validation = (repeated + 1) * timers.TT_match_sequence + timers.TT_EVSE_vald_toggle;
  const process =
    timers.TT_match_sequence +
    timers.TT_EVSE_match_MNBC +
    timers.TP_EVSE_avg_atten_calc +
    repeated * timers.TT_match_response +
    timers.TT_EVSE_match_session +
    validation;
  return 2 * process + timers.TT_match_join + timers.TT_matching_repetition;
}

/**
 * Only while a vehicle is awaited; the vehicle that has the key may begin anew until its link is seen,
 * and it alone, for the key is the same.
 */
function mayBegin(turn: Turn, { evMac }: Pairing): boolean {
  const { at, match } = turn.state;
  if (at === 'matching') return turn.state.heldBy === undefined || turn.state.heldBy === evMac;
  if (at === 'waiting') return true;
  if ((at !== 'joining' && at !== 'matched') || !match) return false;
  if (match.evMac !== evMac || match.linkSeen || !match.joining) return false;
  turn.report({ kind: 'session-failed', evMac, runId: match.runId, cause: restarted });
  turn.cancelProcess();
  turn.set({ match: undefined, heldBy: evMac });
  return true;
}

/** An older run of the same vehicle ends; when all places are taken, the oldest failed session goes. */
function makeRoom(turn: Turn, pairing: Pairing): boolean {
  for (const session of turn.state.sessions)
    if (session.evMac === pairing.evMac && session.runId !== pairing.runId)
      turn.drop(session, 'restarted');
  if (turn.session(pairing) || turn.state.sessions.length < turn.config.maxSessions) return true;
  const failed = turn.state.sessions.find((session) => session.at === 'failed');
  if (failed) turn.drop(failed, 'displaced');
  return failed !== undefined;
}
