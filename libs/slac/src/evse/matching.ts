import type { MmeOf, Sendable } from '../messages/catalogue.ts';
import { awaitLink } from './link.ts';
import { type Match, sameRun, type Session } from './state.ts';
import type { ToleranceCode } from './tolerance.ts';
import type { Turn } from './turn.ts';

const MATCH_REQ_LENGTH = 62;
const MATCH_CNF_LENGTH = 86;
/** The length in the wrong byte order, as one test script sends it. */
const SWAPPED_LENGTH = 0x3e00;

/** A lost CM_ATTEN_CHAR.RSP need not cost the session: the request says that the attenuation arrived. */
const early: Partial<Record<Session['at'], ToleranceCode>> = {
  'wait-rsp': 'no-rsp',
  validating: 'no-toggles',
  counting: 'no-toggles',
};
const mayMatch = ({ at }: Session) => at === 'wait-match' || at === 'validated' || at in early;

/** The vehicle has chosen this charger: it gets the key, all others end. */
export function onSlacMatchReq(turn: Turn, frame: MmeOf<'CM_SLAC_MATCH.REQ'>): void {
  const pairing = { evMac: frame.OSA, runId: frame.RunID };
  const deviations = deviationsOf(turn, frame);
  if (!deviations) return; // [V2G3-A09-98] ignored, the timer goes on
  const { match } = turn.state;
  if (match && sameRun(match, pairing)) return repeat(turn, match, deviations);
  const session = turn.session(pairing);
  if (!session || !mayMatch(session)) return;
  const code = early[session.at];
  const checked = turn.checked(session, { ...deviations, ...(code ? { [code]: true } : {}) });
  if (checked) confirm(turn, checked, frame);
}

/** [V2G3-A09-97] the same answer again, for one may be lost */
function repeat(turn: Turn, match: Match, deviations: Deviations): void {
  if (!turn.lenient && Object.values(deviations).some(Boolean)) return;
  if (match.joining && (turn.state.at === 'joining' || turn.state.at === 'matched'))
    turn.send(match.confirmation);
}

type Deviations = Partial<Record<ToleranceCode, boolean>>;
/** undefined: no validation lets it pass. */
function deviationsOf(turn: Turn, frame: MmeOf<'CM_SLAC_MATCH.REQ'>): Deviations | undefined {
  if (frame.APPLICATION_TYPE !== 0 || frame.SECURITY_TYPE !== 0) return undefined;
  if (frame.PEV_MAC !== frame.OSA) return undefined;
  const length = frame.MVFLength;
  if (length !== MATCH_REQ_LENGTH && length !== SWAPPED_LENGTH) return undefined;
  return {
    'mvf-order': length === SWAPPED_LENGTH,
    'evse-mac': frame.EVSE_MAC !== turn.mac,
    'pev-id': /[^0]/.test(frame.PEV_ID),
    'evse-id': /[^0]/.test(frame.EVSE_ID),
  };
}

function confirm(turn: Turn, session: Session, frame: MmeOf<'CM_SLAC_MATCH.REQ'>): void {
  const { key } = turn.state;
  if (!key) return;
  for (const other of turn.state.sessions)
    if (!sameRun(other, session)) turn.drop(other, 'displaced');
  turn.stopTimersOf(session);
  const confirmation = matchCnf(turn, frame, key);
  turn.send(confirmation);
  turn.cancel('TT_matching_repetition');
  turn.cancel('matching_process');
  turn.arm('TT_match_join', turn.timers.TT_match_join);
  const { evMac, runId } = session;
  turn.report({ kind: 'confirmed', evMac, runId, nid: key.nid });
  turn.enter('joining', {
    sessions: [],
    keyGiven: true,
    failure: undefined,
    repetition: undefined,
    match: {
      evMac,
      runId,
      confirmation,
      linkSeen: false,
      linkTold: false,
      resumed: false,
      joining: true,
      missed: 0,
      unanswered: 0,
      ampMapsSent: 0,
      ampMapsAsked: [],
    },
  });
  awaitLink(turn);
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
