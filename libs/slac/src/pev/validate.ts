import type { MmeOf, Sendable } from '../messages/catalogue.ts';
import { BROADCAST } from '../messages/mme.ts';
import { C_EV_match_retry } from '../timings.ts';
import { millis } from '@kerbside/kernel';
import { sendMatchReq } from './matching.ts';
import type { PevTurn } from './turn.ts';

/** Results of CM_VALIDATE. */
const NOT_READY = 0;
const READY = 1;
const SUCCESS = 2;
const NOT_REQUIRED = 4;

/** A charger that is busy is asked again so often, 500 ms apart. */
const BUSY_TRIES = 8;
const BUSY_PAUSE = millis(500);

const validateReq = (turn: PevTurn, ODA: string, Timer: number): Sendable => ({
  name: 'CM_VALIDATE.REQ',
  ODA,
  OSA: turn.mac,
  SignalType: 0,
  Timer,
  Result: READY,
});

/** A request that no charger waits for. */
export const validateTooEarly = (turn: PevTurn): void => turn.send(validateReq(turn, BROADCAST, 0));

/** Asks the chosen charger to watch the pilot. */
export function startValidation(turn: PevTurn): void {
  turn.set({ at: 'validating', sent: 0, edges: 0, unanswered: 0 });
  sendStep1(turn);
}

function sendStep1(turn: PevTurn): void {
  const { choice, sent } = turn.state;
  if (!choice) return;
  turn.set({ sent: sent + 1 });
  turn.send(validateReq(turn, choice.mac, 0));
  turn.arm('TT_match_response', turn.config.timers.TT_match_response);
}

/** No answer, or the pause for a busy charger is over. */
export function onValidateUnanswered(turn: PevTurn): void {
  const { sent, unanswered, at } = turn.state;
  if (at === 'toggling') turn.failProcess('no-validate-cnf');
  else if (unanswered > BUSY_TRIES) turn.failProcess('charger-busy');
  else if (sent - unanswered <= C_EV_match_retry) sendStep1(turn);
  else turn.failProcess('no-validate-cnf');
}

export function onValidateCnf(turn: PevTurn, frame: MmeOf<'CM_VALIDATE.CNF'>): void {
  const { at, choice } = turn.state;
  if (frame.OSA !== choice?.mac || frame.SignalType !== 0) return;
  if (at === 'validating') onStep1Cnf(turn, frame.Result);
  else if (at === 'toggling' && turn.state.edges >= edgesOf(turn)) onStep2Cnf(turn, frame);
}

function onStep1Cnf(turn: PevTurn, result: number): void {
  turn.report({ kind: 'validation', result, toggles: 0 });
  turn.cancel('TT_match_response');
  if (result === NOT_READY) {
    // `unanswered` counts the refusals, for they are no lost answers.
    turn.set({ unanswered: turn.state.unanswered + 1 });
    turn.arm('TT_match_response', BUSY_PAUSE);
  } else if (result === READY) sendStep2(turn);
  else if (result === NOT_REQUIRED) sendMatchReq(turn);
  else turn.failProcess('validation-failed');
}

/** Each toggle is C, then B. */
const edgesOf = (turn: PevTurn) => 2 * turn.config.toggles;

function sendStep2(turn: PevTurn): void {
  const { choice } = turn.state;
  if (!choice) return;
  const each = turn.config.timers.TP_EV_vald_state_duration;
  // The states of all toggles and one more before the first.
  const window = Math.ceil(((edgesOf(turn) + 1) * each) / 100);
  turn.set({ at: 'toggling', edges: 0 });
  turn.send(validateReq(turn, choice.mac, window - 1));
  turn.arm('TP_EV_vald_state_duration', each);
}

/** The next change of the pilot; after the last one the charger's answer is awaited. */
export function onStateOver(turn: PevTurn): void {
  if (turn.state.at !== 'toggling') return;
  const edges = turn.state.edges + 1;
  if (edges <= edgesOf(turn)) {
    turn.set({ edges });
    if (!turn.knobs.noToggles) turn.pilot(edges % 2 === 1 ? 'C' : 'B');
    turn.arm('TP_EV_vald_state_duration', turn.config.timers.TP_EV_vald_state_duration);
  } else turn.arm('TT_match_response', turn.config.timers.TT_match_sequence);
}

function onStep2Cnf(turn: PevTurn, { Result, ToggleNum }: MmeOf<'CM_VALIDATE.CNF'>): void {
  if (Result === READY) return; // a repeated answer to the first step
  turn.report({ kind: 'validation', result: Result, toggles: ToggleNum });
  turn.cancel('TT_match_response');
  turn.cancel('TP_EV_vald_state_duration');
  if (Result === NOT_REQUIRED || (Result === SUCCESS && ToggleNum === turn.config.toggles))
    sendMatchReq(turn);
  else turn.failProcess('validation-failed');
}
