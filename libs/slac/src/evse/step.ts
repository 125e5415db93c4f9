import { type MachineDefinition, unreachable } from '@kerbside/kernel';
import type { Mme } from '../messages/catalogue.ts';
import type { NetworkKey } from '../network-key.ts';
import type { EvseSlacSettings } from './config.ts';
import { onAmpMapReq, onAmpMapTimeout, onAmpMapUnanswered } from './amp-map.ts';
import { awaitLink, onJoinTimeout, onLinkPoll, onLinkReady, onUnsent } from './link.ts';
import { onSlacMatchReq } from './matching.ts';
import { onModemFrame } from './modem/frames.ts';
import { leaveNetwork, onInterfaceBack, onModemTimer, onNewKey } from './modem/keying.ts';
import { askStatistics } from './modem/statistics.ts';
import { onSlacParmReq } from './parameters.ts';
import {
  onAttenCharRsp,
  onAttenCharUnanswered,
  onAttenProfile,
  onAverageDue,
  onMnbcSound,
  onSoundingOver,
  onStartAttenChar,
} from './sounding.ts';
import {
  type EvseEffect,
  type EvseInput,
  type EvseState,
  initialEvseState,
  runOf,
  type SessionTimer,
} from './state.ts';
import { Turn } from './turn.ts';
import {
  onPilotEdge,
  onToggleWindowOver,
  onValidateReq,
  onValidateUnanswered,
} from './validate.ts';

/** The charger's side of SLAC, pure. `mac` is the host's own address at the start. */
export const evseSlacMachine = (
  config: EvseSlacSettings,
  mac: string,
): MachineDefinition<EvseState, EvseInput, EvseEffect> => ({
  initial: initialEvseState(mac),
  step(state, input, moment) {
    const turn = new Turn(state, config, moment);
    take(turn, input);
    releaseKey(turn);
    return turn.done();
  },
});

function take(turn: Turn, input: EvseInput): void {
  switch (input.on) {
    case 'start':
      return turn.askKey();
    case 'answer':
      return onNewKey(turn, input.answer as NetworkKey);
    case 'ask-failed':
      return;
    case 'enterBcd':
      return onEnterBcd(turn);
    case 'leaveBcd':
      return reset(turn, 'unplugged');
    case 'terminate':
      return reset(turn, 'terminated');
    case 'error':
      return reset(turn, 'error');
    case 'pause':
      return onPause(turn);
    case 'frame':
      return onFrame(turn, input.frame);
    case 'timeout':
      turn.fellDue(input.timer);
      return onTimeout(turn, input.timer);
    case 'pilotEdge':
      return onPilotEdge(turn, input.state, input.at);
    case 'unsent':
      return onUnsent(turn, input.frame);
    case 'interfaceBack':
      return onInterfaceBack(turn);
    case 'address':
      return turn.set({ mac: input.mac });
    default:
      return unreachable(input);
  }
}

/** The vehicle that matched anew has its key again, or failed: then the next one gets another. */
function releaseKey(turn: Turn): void {
  const { at, heldBy, sessions } = turn.state;
  if (heldBy === undefined) return;
  const goesOn = sessions.some((one) => one.evMac === heldBy && one.at !== 'failed');
  if (at === 'matching' && goesOn) return;
  turn.set({ heldBy: undefined });
  if (at === 'matching' || at === 'failed') leaveNetwork(turn);
}

function onEnterBcd(turn: Turn): void {
  const { at, match, key } = turn.state;
  if (at === 'paused' && match) return resume(turn);
  if (at !== 'unmatched' && at !== 'failed') return;
  if (!key) turn.askKey();
  turn.enter('waiting', {
    failure: undefined,
    match: undefined,
    sessions: [],
    repetition: undefined,
    matchingUntil: undefined,
  });
  turn.arm('TT_EVSE_SLAC_init', turn.timers.TT_EVSE_SLAC_init);
  turn.report({ kind: 'waiting', timeoutMs: turn.timers.TT_EVSE_SLAC_init });
}

/**
 * D-LINK_PAUSE: network and key stay, the vehicle comes back by a wake-up. Also while a resumed match joins:
 * a vehicle that sleeps on does not lose its network.
 */
function onPause(turn: Turn): void {
  const { at, match } = turn.state;
  if (at !== 'matched' && !(at === 'joining' && match?.resumed)) return;
  turn.cancelProcess();
  turn.enter('paused', { matchingUntil: undefined });
  turn.report({ kind: 'paused' });
}

function resume(turn: Turn): void {
  turn.report({ kind: 'resumed' });
  turn.setMatch({ resumed: true, joining: true, linkSeen: false, missed: 0, unanswered: 0 });
  turn.arm('TT_match_join', turn.timers.TT_match_join);
  turn.enter('joining');
  awaitLink(turn);
}

/** Ends whatever runs at once; no further confirmation. A key that a vehicle got is replaced. */
function reset(turn: Turn, why: 'unplugged' | 'terminated' | 'error'): void {
  const { at, sessions } = turn.state;
  for (const session of sessions) turn.drop(session, why === 'unplugged' ? why : 'stopped');
  turn.cancelProcess();
  turn.enter('unmatched', {
    match: undefined,
    failure: undefined,
    repetition: undefined,
    matchingUntil: undefined,
  });
  if (at !== 'unmatched') turn.report({ kind: 'ended', why });
  if (at !== 'unmatched' || turn.state.keyGiven) leaveNetwork(turn);
}

function onFrame(turn: Turn, frame: Mme): void {
  switch (frame.name) {
    case 'CM_SLAC_PARM.REQ':
      return onSlacParmReq(turn, frame);
    case 'CM_START_ATTEN_CHAR.IND':
      return onStartAttenChar(turn, frame);
    case 'CM_MNBC_SOUND.IND':
      return onMnbcSound(turn, frame);
    case 'CM_ATTEN_PROFILE.IND':
      return onAttenProfile(turn, frame);
    case 'CM_ATTEN_CHAR.RSP':
      return onAttenCharRsp(turn, frame);
    case 'CM_VALIDATE.REQ':
      return onValidateReq(turn, frame);
    case 'CM_SLAC_MATCH.REQ':
      return onSlacMatchReq(turn, frame);
    case 'CM_AMP_MAP.REQ':
      return onAmpMapReq(turn, frame);
    default:
      onModemFrame(turn, frame);
  }
}

function onTimeout(turn: Turn, timer: string): void {
  const [name, run] = timer.split(' ');
  if (run !== undefined) return onSessionTimeout(turn, name as SessionTimer, run);
  if (name === 'TT_EVSE_SLAC_init') {
    if (turn.state.at === 'waiting') turn.fail('no-parm-req');
  } else if (name === 'TT_matching_repetition') {
    if (turn.state.at === 'matching')
      turn.fail(turn.state.failure?.code ?? 'no-parm-req', turn.state.sessions.at(-1)?.evMac);
  } else if (name === 'matching_process') {
    if (turn.state.at === 'matching')
      turn.fail(turn.state.failure?.code ?? 'restarted', turn.state.sessions.at(-1)?.evMac);
  } else if (name === 'TT_match_join') onJoinTimeout(turn);
  else if (name === 'TP_link_ready_notification') onLinkReady(turn);
  else if (name === 'TT_amp_map_exchange') onAmpMapTimeout(turn);
  else if (name === 'TP_amp_map_exchange') onAmpMapUnanswered(turn);
  else if (name === 'modem_statistics') askStatistics(turn);
  else if (name === 'link_poll') onLinkPoll(turn);
  else onModemTimer(turn, timer);
}

function onSessionTimeout(turn: Turn, name: SessionTimer, run: string): void {
  const session = turn.state.sessions.find((candidate) => runOf(candidate) === run);
  if (!session) return;
  switch (name) {
    case 'TT_match_sequence':
      if (session.at === 'wait-start') turn.failSession(session, 'no-start-atten-char');
      else if (session.at === 'validating') onValidateUnanswered(turn, session);
      else if (session.at === 'validated') turn.failSession(session, 'no-match-after-validation');
      return;
    case 'TT_EVSE_vald_toggle':
      return onToggleWindowOver(turn, session);
    case 'TT_EVSE_match_MNBC':
      return onSoundingOver(turn, session);
    case 'TP_EVSE_avg_atten_calc':
      return onAverageDue(turn, session);
    case 'TT_match_response':
      return onAttenCharUnanswered(turn, session);
    case 'TT_EVSE_match_session':
      if (session.at === 'wait-match') turn.failSession(session, 'no-match-req');
      return;
    default:
      return unreachable(name);
  }
}
