import type { MmeOf, Sendable } from '../messages/catalogue.ts';
import { canSeeLink } from './link.ts';
import { sameRun, type Session } from './state.ts';
import type { Turn } from './turn.ts';

const MATCH_REQ_LENGTH = 62;
const MATCH_CNF_LENGTH = 86;
/** The length in the wrong byte order, as one test script sends it. */
const SWAPPED_LENGTH = 0x3e00;

/** A toggle check is not offered: `not required`, and the vehicle goes on to match. */
export function onValidateReq(turn: Turn, frame: MmeOf<'CM_VALIDATE.REQ'>): void {
  // [V2G3-A09-51] a charger need not support validation.
  const session = turn.state.sessions.find((s) => s.evMac === frame.OSA && s.at === 'wait-match');
  if (!session || frame.SignalType !== 0) return;
  turn.send({
    name: 'CM_VALIDATE.CNF',
    ODA: frame.OSA,
    OSA: turn.mac,
    SignalType: 0,
    ToggleNum: 0,
    Result: 4,
  });
}

/** The vehicle has chosen this charger: it gets the key, all others end. */
export function onSlacMatchReq(turn: Turn, frame: MmeOf<'CM_SLAC_MATCH.REQ'>): void {
  const pairing = { evMac: frame.OSA, runId: frame.RunID };
  const { match, key } = turn.state;
  if (match && sameRun(match, pairing)) {
    // [V2G3-A09-97] the same answer again, for one may be lost
    if (match.joining && (turn.state.at === 'joining' || turn.state.at === 'matched'))
      turn.send(match.confirmation);
    return;
  }
  const session = turn.session(pairing);
  if (!session || !key || !mayMatch(turn, session)) return;
  const checked = checkMatchReq(turn, session, frame);
  if (!checked) return; // [V2G3-A09-98] ignored, the timer goes on
  for (const other of turn.state.sessions)
    if (!sameRun(other, checked)) turn.drop(other, 'displaced');
  turn.stopTimersOf(checked);
  const confirmation = matchCnf(turn, frame, key);
  turn.send(confirmation);
  turn.arm('TT_match_join', turn.timers.TT_match_join);
  turn.report({ kind: 'confirmed', ...pairing, nid: key.nid });
  turn.enter('joining', {
    sessions: [],
    keyGiven: true,
    failure: undefined,
    match: { ...pairing, confirmation, linkSeen: false, joining: true, missed: 0, unanswered: 0 },
  });
  if (canSeeLink(turn)) turn.arm('link_poll', turn.timers.link_poll_joining);
  else {
    turn.enter('matched');
    turn.report({ kind: 'matched', ...pairing, nid: key.nid, linkSeen: false });
  }
}

/** A lost CM_ATTEN_CHAR.RSP need not cost the session: the request says that the attenuation arrived. */
const mayMatch = (turn: Turn, session: Session) =>
  session.at === 'wait-match' || (session.at === 'wait-rsp' && turn.lenient);

function checkMatchReq(
  turn: Turn,
  session: Session,
  frame: MmeOf<'CM_SLAC_MATCH.REQ'>,
): Session | undefined {
  if (frame.APPLICATION_TYPE !== 0 || frame.SECURITY_TYPE !== 0) return undefined;
  if (frame.PEV_MAC !== session.evMac) return undefined;
  const length = frame.MVFLength;
  if (length !== MATCH_REQ_LENGTH && length !== SWAPPED_LENGTH) return undefined;
  const deviations = [
    session.at === 'wait-rsp' ? 'CM_SLAC_MATCH.REQ without CM_ATTEN_CHAR.RSP' : '',
    length === SWAPPED_LENGTH ? 'MVFLength in the wrong byte order' : '',
    frame.EVSE_MAC === turn.mac ? '' : 'EVSE_MAC is not the charger',
    /[^0]/.test(frame.PEV_ID) ? 'PEV_ID is not zero' : '',
    /[^0]/.test(frame.EVSE_ID) ? 'EVSE_ID is not zero' : '',
  ].filter((what) => what !== '');
  if (deviations.length > 0 && !turn.lenient) return undefined;
  return deviations.reduce((checked, what) => turn.tolerate(checked, what), session);
}

function matchCnf(
  turn: Turn,
  request: MmeOf<'CM_SLAC_MATCH.REQ'>,
  key: NonNullable<Turn['state']['key']>,
): Sendable {
  return {
    name: 'CM_SLAC_MATCH.CNF',
    ODA: request.OSA,
    OSA: turn.mac,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    MVFLength: MATCH_CNF_LENGTH,
    PEV_ID: request.PEV_ID,
    PEV_MAC: request.PEV_MAC,
    EVSE_ID: request.EVSE_ID,
    EVSE_MAC: turn.mac,
    RunID: request.RunID,
    RSVD: '0000000000000000',
    NID: key.nid,
    RSVD2: 0,
    NMK: key.nmk,
  };
}
