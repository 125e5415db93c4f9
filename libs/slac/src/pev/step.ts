import type { MachineDefinition } from '@kerbside/kernel';
import type { Mme } from '../messages/catalogue.ts';
import type { PevKnobs, PevSlacSettings } from './config.ts';
import {
  onKeyUnanswered,
  onLinkPoll,
  onMatchUnanswered,
  onModemFrame,
  onRejoin,
  onResumeTimeout,
  onSlacMatchCnf,
} from './matching.ts';
import { onAmpMapCnf, onAmpMapReq, onAmpMapTimeout } from './amp-map.ts';
import {
  flood,
  onAttenCharInd,
  onAttenResultsOver,
  onParmUnanswered,
  onSlacParmCnf,
  sendNext,
  sendParmReq,
  startAttenuation,
} from './sounding.ts';
import {
  initialPevState,
  type PevEffect,
  type PevInput,
  type PevState,
  type PevTimer,
  type ProcessNumbers,
} from './state.ts';
import { PevTurn } from './turn.ts';
import { onStateOver, onValidateCnf, onValidateUnanswered, validateTooEarly } from './validate.ts';

/** The vehicle's side of SLAC, pure. */
export const pevSlacMachine = (settings: {
  readonly config: PevSlacSettings;
  readonly knobs: PevKnobs;
}): MachineDefinition<PevState, PevInput, PevEffect> => ({
  initial: initialPevState,
  step(state, input, moment) {
    const turn = new PevTurn(state, settings, moment);
    take(turn, input);
    return turn.done();
  },
});

function take(turn: PevTurn, input: PevInput): void {
  if (input.on === 'start') onStart(turn);
  else if (input.on === 'rejoin') onRejoin(turn, input.mac);
  else if (input.on === 'answer') onNumbers(turn, input.answer as ProcessNumbers);
  else if (input.on === 'frame') onFrame(turn, input.frame);
  else if (input.on === 'timeout') onTimeout(turn, input.timer as PevTimer);
}

function onStart(turn: PevTurn): void {
  const { at } = turn.state;
  if (at !== 'idle' && at !== 'failed' && at !== 'matched') return;
  turn.set({ ...initialPevState, began: turn.now + (turn.knobs.startDelay ?? 0) });
  if (turn.knobs.startDelay === undefined) turn.beginProcess();
  else turn.arm('start_delay', turn.knobs.startDelay);
}

function onNumbers(turn: PevTurn, numbers: ProcessNumbers): void {
  const runId = turn.knobs.runId ?? numbers.runId;
  const process = turn.state.process + 1;
  turn.set({ at: 'asking', mac: numbers.mac, runId, rnd: numbers.rnd, process });
  turn.set({ sent: 0, chargers: [], wantedSounds: 0, choice: undefined, key: undefined });
  turn.set({ edges: 0, unanswered: 0, ampMapsSent: 0 });
  turn.report({ kind: 'process', number: process, runId });
  if (turn.knobs.validateFirst) validateTooEarly(turn);
  flood(turn);
  sendParmReq(turn);
}

function onFrame(turn: PevTurn, frame: Mme): void {
  const ignored = turn.state.ignored[frame.name] ?? 0;
  if (ignored < (turn.knobs.ignore?.[frame.name] ?? 0)) {
    turn.set({ ignored: { ...turn.state.ignored, [frame.name]: ignored + 1 } });
    return;
  }
  if (frame.name === 'CM_SLAC_PARM.CNF') onSlacParmCnf(turn, frame);
  else if (frame.name === 'CM_ATTEN_CHAR.IND') onAttenCharInd(turn, frame);
  else if (frame.name === 'CM_SLAC_MATCH.CNF') onSlacMatchCnf(turn, frame);
  else if (frame.name === 'CM_VALIDATE.CNF') onValidateCnf(turn, frame);
  else if (frame.name === 'CM_AMP_MAP.REQ') onAmpMapReq(turn, frame);
  else if (frame.name === 'CM_AMP_MAP.CNF') onAmpMapCnf(turn, frame);
  else onModemFrame(turn, frame);
}

function onTimeout(turn: PevTurn, timer: PevTimer): void {
  switch (timer) {
    case 'start_delay':
    case 'TT_matching_rate':
      return turn.beginProcess();
    case 'TT_match_response':
      if (turn.state.at === 'asking') onParmUnanswered(turn);
      else if (turn.state.at === 'matching') onMatchUnanswered(turn);
      else if (turn.state.at === 'validating' || turn.state.at === 'toggling')
        onValidateUnanswered(turn);
      return;
    case 'TP_match_sequence':
      return startAttenuation(turn);
    case 'TP_EV_vald_state_duration':
      return onStateOver(turn);
    case 'TT_amp_map_exchange':
      return onAmpMapTimeout(turn);
    case 'TP_EV_batch_msg_interval':
      return sendNext(turn);
    case 'TT_EV_atten_results':
      return onAttenResultsOver(turn);
    case 'TT_match_join':
      return turn.failProcess('link-not-formed');
    case 'T_conn_resume':
      return onResumeTimeout(turn);
    case 'modem_set_key':
      return onKeyUnanswered(turn);
    default:
      return onLinkPoll(turn);
  }
}
