import { millis } from '@kerbside/kernel';
import type { MmeOf, Sendable } from '../messages/catalogue.ts';
import { C_EV_match_retry } from '../timings.ts';
import type { Session, Validation } from './state.ts';
import type { Turn } from './turn.ts';

/** Result of CM_VALIDATE. */
const NOT_READY = 0;
const READY = 1;
const SUCCESS = 2;
const FAILURE = 3;
const NOT_REQUIRED = 4;

const fresh: Validation = { confirmed: 0, raisedAt: undefined, toggles: 0, answer: undefined };
const places = new Set<Session['at']>(['wait-match', 'validating', 'counting', 'validated']);

/** A vehicle wants to prove by toggles of the pilot that it is plugged in here. */
export function onValidateReq(turn: Turn, frame: MmeOf<'CM_VALIDATE.REQ'>): void {
  // The message carries no run id: it belongs to the vehicle that sent it.
  const session = turn.state.sessions.find((s) => s.evMac === frame.OSA && places.has(s.at));
  if (!session || frame.SignalType !== 0) return;
  if (frame.Result !== READY) {
    if (session.at === 'validating' || session.at === 'counting')
      turn.failSession(session, 'validation-aborted');
    return;
  }
  if (frame.Timer === 0) onStep1(turn, session);
  else onStep2(turn, session, frame.Timer);
}

function onStep1(turn: Turn, session: Session): void {
  const { validate, pilotEdges } = turn.config;
  // The window runs, or is over: a session validates once.
  if (session.at === 'counting' || session.at === 'validated') return;
  if (validate === 'failure') return answer(turn, session, FAILURE);
  // [V2G3-A09-51] a charger need not support validation.
  if (validate === 'notRequired' || !pilotEdges) return answer(turn, session, NOT_REQUIRED);
  const busy = turn.state.sessions.some(
    (other) => other !== session && (other.at === 'validating' || other.at === 'counting'),
  );
  if (busy) return answer(turn, session, NOT_READY);
  if (session.at === 'validating') return answer(turn, session, READY);
  turn.cancelSession(session, 'TT_EVSE_match_session');
  confirmStep1(turn, { ...session, at: 'validating', since: turn.now, validation: fresh });
}

/** Also sent by itself, until the second request comes. */
function confirmStep1(turn: Turn, session: Session): void {
  const validation = session.validation ?? fresh;
  turn.put({ ...session, validation: { ...validation, confirmed: validation.confirmed + 1 } });
  answer(turn, session, READY);
  turn.armSession(session, 'TT_match_sequence', turn.timers.TT_match_sequence);
}

/** No second request in TT_match_sequence: two repeats, then the session failed. */
export function onValidateUnanswered(turn: Turn, session: Session): void {
  const { confirmed } = session.validation ?? fresh;
  if (confirmed <= C_EV_match_retry) confirmStep1(turn, session);
  else turn.failSession(session, 'validation-stalled');
}

/** The vehicle toggles for (Timer + 1) times 100 ms from now. */
function onStep2(turn: Turn, session: Session, timer: number): void {
  if (session.at === 'counting') return;
  if (session.at === 'validated') {
    if (session.validation?.answer) turn.send(session.validation.answer);
    return;
  }
  const { validate, pilotEdges } = turn.config;
  if (session.at === 'wait-match' && (validate === 'full' || !pilotEdges)) {
    // Without the first step there is nothing to count for.
    if (validate !== 'full' || !pilotEdges) onStep1(turn, session);
    return;
  }
  if (validate === 'failure') return answer(turn, session, FAILURE);
  turn.cancelSession(session, 'TT_match_sequence');
  turn.cancelSession(session, 'TT_EVSE_match_session');
  turn.put({ ...session, at: 'counting', since: turn.now, validation: fresh });
  const asked = (timer + 1) * 100;
  const window = millis(Math.min(asked, turn.timers.TT_EVSE_vald_toggle));
  turn.armSession(session, 'TT_EVSE_vald_toggle', window);
}

/** The pilot went to B or C: B, C and B again is a toggle, when C lasted T_vald_detect_time. */
export function onPilotEdge(turn: Turn, state: 'B' | 'C', at: number): void {
  for (const session of turn.state.sessions) {
    const { validation } = session;
    if (session.at !== 'counting' || !validation) continue;
    if (state === 'C') {
      turn.put({ ...session, validation: { ...validation, raisedAt: validation.raisedAt ?? at } });
      continue;
    }
    const { raisedAt } = validation;
    const whole = raisedAt !== undefined && at - raisedAt >= turn.timers.T_vald_detect_time;
    const toggles = Math.min(255, validation.toggles + (whole ? 1 : 0));
    turn.put({ ...session, validation: { ...validation, raisedAt: undefined, toggles } });
  }
}

/** The window is over: what was counted goes to the vehicle. */
export function onToggleWindowOver(turn: Turn, session: Session): void {
  const { toggles } = session.validation ?? fresh;
  if (session.at !== 'counting') return;
  if (toggles === 0) {
    answer(turn, session, FAILURE);
    turn.failSession(session, 'no-toggles');
    return;
  }
  const frame = validateCnf(turn, session, SUCCESS, toggles);
  const validation = { ...(session.validation ?? fresh), answer: frame };
  turn.put({ ...session, at: 'validated', since: turn.now, validation });
  tell(turn, session, SUCCESS, toggles);
  turn.send(frame);
  turn.armSession(session, 'TT_match_sequence', turn.timers.TT_match_sequence);
}

const steps = ['not-ready', 'ready', 'success', 'failure', 'not-required'] as const;
function tell(turn: Turn, { evMac, runId }: Session, result: number, toggles: number): void {
  const step = steps[result];
  if (step) turn.report({ kind: 'validation', evMac, runId, step, toggles });
}
function answer(turn: Turn, session: Session, result: number): void {
  tell(turn, session, result, 0);
  turn.send(validateCnf(turn, session, result, 0));
}
const validateCnf = (
  turn: Turn,
  session: Session,
  Result: number,
  ToggleNum: number,
): Sendable => ({
  name: 'CM_VALIDATE.CNF',
  ODA: session.evMac,
  OSA: turn.mac,
  SignalType: 0,
  ToggleNum,
  Result,
});
