import type { MmeOf, Sendable } from '../messages/catalogue.ts';
import { BROADCAST } from '../messages/mme.ts';
import { C_EV_match_retry, CARRIER_GROUPS } from '../timings.ts';
import type { Session } from './state.ts';
import type { Turn } from './turn.ts';

const ZEROS_17 = '0'.repeat(34);

/** The vehicle begins to sound; its repeats change nothing. */
export function onStartAttenChar(turn: Turn, frame: MmeOf<'CM_START_ATTEN_CHAR.IND'>): void {
  const known = turn.session({ evMac: frame.OSA, runId: frame.RunID });
  if (known?.at !== 'wait-start') return;
  if (frame.APPLICATION_TYPE !== 0 || frame.SECURITY_TYPE !== 0) return;
  if (frame.NUM_SOUNDS === 0 || frame.Time_Out === 0) return;
  if (frame.RESP_TYPE > 1) return;
  const session = turn.checked(known, {
    'resp-type': frame.RESP_TYPE === 0,
    'forwarding-sta': frame.FORWARDING_STA !== known.evMac,
    unicast: frame.ODA !== BROADCAST,
  });
  if (!session) return;
  turn.put({ ...session, at: 'sounding', since: turn.now, announced: frame.NUM_SOUNDS });
  turn.cancelSession(session, 'TT_match_sequence');
  turn.armSession(session, 'TT_EVSE_match_MNBC', turn.timers.TT_EVSE_match_MNBC);
}

/** A sound that the host itself hears: counted for diagnosis, the modem's profile is what matters. */
export function onMnbcSound(turn: Turn, frame: MmeOf<'CM_MNBC_SOUND.IND'>): void {
  const known = turn.session({ evMac: frame.OSA, runId: frame.RunID });
  if (known?.at !== 'sounding' || known.soundsHeard >= 0xffff) return;
  if (frame.APPLICATION_TYPE !== 0 || frame.SECURITY_TYPE !== 0) return;
  const session = turn.checked(known, {
    unicast: frame.ODA !== BROADCAST,
    'sender-id': /[^0]/.test(frame.SenderID),
  });
  if (session) turn.put({ ...session, soundsHeard: session.soundsHeard + 1 });
}

/** One sound as the modem measured it; it carries no run id, the vehicle's address tells the session. */
export function onAttenProfile(turn: Turn, frame: MmeOf<'CM_ATTEN_PROFILE.IND'>): void {
  const { macs } = turn.state.modem;
  const strangers = macs.length > 0 && !macs.includes(frame.OSA);
  for (const session of turn.state.sessions) {
    if (session.evMac !== frame.PEV_MAC) continue;
    if (session.at !== 'sounding' && session.at !== 'averaging') continue;
    if (frame.NumGroups !== CARRIER_GROUPS) {
      leaveOut(turn, session, frame);
      continue;
    }
    const checked = turn.checked(session, { 'profile-source': strangers });
    if (checked) takeProfile(turn, checked, frame.AAG);
  }
}

/** A profile of another number of groups: told once for each session. */
function leaveOut(turn: Turn, session: Session, frame: MmeOf<'CM_ATTEN_PROFILE.IND'>): void {
  if (session.badProfiles) return;
  turn.put({ ...session, badProfiles: true });
  const why = `a profile of ${frame.NumGroups} groups was left out`;
  turn.report({ kind: 'ignored', name: frame.name, from: frame.OSA, why });
}

function takeProfile(turn: Turn, session: Session, groups: readonly number[]): void {
  if (session.profiles >= session.announced) return;
  const join = (of: (a: number, b: number) => number, before: readonly number[]) =>
    groups.map((level, i) => of(level, before[i] ?? level));
  const next: Session = {
    ...session,
    profiles: session.profiles + 1,
    sums: session.sums.map((sum, i) => sum + (groups[i] ?? 0)),
    lowest: join(Math.min, session.lowest),
    highest: join(Math.max, session.highest),
  };
  turn.put(next);
  if (next.at === 'sounding' && next.profiles >= next.announced) average(turn, next);
}

function average(turn: Turn, session: Session): void {
  turn.put({ ...session, at: 'averaging', since: turn.now });
  turn.cancelSession(session, 'TT_EVSE_match_MNBC');
  turn.armSession(session, 'TP_EVSE_avg_atten_calc', turn.timers.TP_EVSE_avg_atten_calc);
}

/** TT_EVSE_match_MNBC is over: what is there by then, and a moment later, is averaged. */
export function onSoundingOver(turn: Turn, session: Session): void {
  if (session.at === 'sounding') average(turn, session);
}

export function onAverageDue(turn: Turn, session: Session): void {
  if (session.at !== 'averaging') return;
  if (session.profiles === 0) turn.failSession(session, 'no-profiles');
  else sendAttenuation(turn, { ...session, attenuation: attenCharInd(turn, session) });
}

function attenCharInd(turn: Turn, session: Session): Sendable {
  const { profiles, soundsHeard, lowest, highest } = session;
  // 0 dB reads as a defect in some cars, hence at least 1.
  const level = (sum: number) =>
    Math.min(255, Math.max(1, Math.round(sum / profiles) + turn.config.soundingAdjustmentDb));
  const groups = session.sums.map(level);
  const meanDb = groups.reduce((sum, db) => sum + db, 0) / groups.length;
  turn.report({
    kind: 'attenuation',
    evMac: session.evMac,
    runId: session.runId,
    profiles,
    soundsHeard,
    groups,
    lowest,
    highest,
    meanDb: Math.round(meanDb * 10) / 10,
  });
  return {
    name: 'CM_ATTEN_CHAR.IND',
    ODA: session.evMac,
    OSA: turn.mac,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    SOURCE_ADDRESS: session.evMac,
    RunID: session.runId,
    SOURCE_ID: ZEROS_17,
    RESP_ID: ZEROS_17,
    NUM_SOUNDS: profiles,
    NumGroups: CARRIER_GROUPS,
    AAG: groups,
  };
}

function sendAttenuation(turn: Turn, session: Session): void {
  if (!session.attenuation) return;
  turn.put({ ...session, at: 'wait-rsp', since: turn.now, sent: session.sent + 1 });
  turn.send(session.attenuation);
  turn.armSession(session, 'TT_match_response', turn.timers.TT_match_response);
}

/** No answer in TT_match_response: [V2G3-A09-43], [V2G3-A09-46] two repeats, then the session failed. */
export function onAttenCharUnanswered(turn: Turn, session: Session): void {
  if (session.at !== 'wait-rsp') return;
  if (session.sent <= C_EV_match_retry) sendAttenuation(turn, session);
  else turn.failSession(session, 'no-atten-char-rsp');
}

/** [V2G3-A09-47] an answer with any wrong field counts as none. */
export function onAttenCharRsp(turn: Turn, frame: MmeOf<'CM_ATTEN_CHAR.RSP'>): void {
  const session = turn.session({ evMac: frame.OSA, runId: frame.RunID });
  if (session?.at !== 'wait-rsp' || frame.SOURCE_ADDRESS !== session.evMac) return;
  if (frame.APPLICATION_TYPE !== 0 || frame.SECURITY_TYPE !== 0) return;
  if (frame.SOURCE_ID !== ZEROS_17 || frame.RESP_ID !== ZEROS_17 || frame.Result !== 0) return;
  turn.put({ ...session, at: 'wait-match', since: turn.now });
  turn.cancelSession(session, 'TT_match_response');
  turn.armSession(session, 'TT_EVSE_match_session', turn.timers.TT_EVSE_match_session);
}
