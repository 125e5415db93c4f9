import type { Mme, MmeOf } from '../messages/catalogue.ts';
import { setKeyReq } from '../set-key.ts';
import { T_conn_resume } from '../timings.ts';
import { sendAmpMap } from './amp-map.ts';
import { pevCauseOf } from './state.ts';
import type { PevTurn } from './turn.ts';

const ZEROS_17 = '0'.repeat(34);
/** Polls in a row without answer: then the modem cannot tell about the link. */
const SILENT_AFTER = 10;

/** The first CM_SLAC_MATCH.REQ of a process. */
export function sendMatchReq(turn: PevTurn): void {
  if (turn.knobs.noMatchReq) return turn.failProcess('no-match-req');
  turn.set({ at: 'matching', sent: 0 });
  repeatMatchReq(turn);
}

function repeatMatchReq(turn: PevTurn): void {
  const { choice } = turn.state;
  if (!choice) return;
  turn.set({ sent: turn.state.sent + 1 });
  turn.send({
    name: 'CM_SLAC_MATCH.REQ',
    ODA: choice.mac,
    OSA: turn.mac,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    MVFLength: 62,
    PEV_ID: ZEROS_17,
    PEV_MAC: turn.mac,
    EVSE_ID: ZEROS_17,
    EVSE_MAC: choice.mac,
    RunID: turn.runIdFor('CM_SLAC_MATCH.REQ'),
    RSVD: '0'.repeat(16),
  });
  turn.arm('TT_match_response', turn.config.timers.TT_match_response);
}

export function onMatchUnanswered(turn: PevTurn): void {
  if (turn.state.sent < turn.config.matchAttempts) repeatMatchReq(turn);
  else turn.failProcess('no-match-cnf');
}

/** The charger gives its network: the own modem is told to join it. */
export function onSlacMatchCnf(turn: PevTurn, frame: MmeOf<'CM_SLAC_MATCH.CNF'>): void {
  const { at, runId, choice } = turn.state;
  if (at !== 'matching' || frame.RunID !== runId || frame.OSA !== choice?.mac) return;
  if (frame.PEV_MAC !== turn.mac || frame.MVFLength !== 86) return;
  const exact =
    frame.APPLICATION_TYPE === 0 && frame.SECURITY_TYPE === 0 && frame.EVSE_MAC === choice.mac;
  if (!exact && turn.strict) return;
  turn.cancel('TT_match_response');
  turn.set({ at: 'keying', sent: 0, key: { nid: frame.NID, nmk: frame.NMK } });
  turn.arm('TT_match_join', turn.config.timers.TT_match_join);
  if (turn.config.modem === 'none') matched(turn, false);
  else sendKey(turn);
}

function sendKey(turn: PevTurn): void {
  const { key, sent } = turn.state;
  if (!key) return;
  turn.set({ sent: sent + 1 });
  turn.send(setKeyReq({ ODA: turn.config.modemMac, OSA: turn.mac }, key));
  turn.arm('modem_set_key', turn.config.timers.modem_set_key);
}

/** The modem did not confirm the key: once more, or go on as without a modem. */
export function onKeyUnanswered(turn: PevTurn): void {
  if (turn.state.at !== 'keying') return;
  if (turn.state.sent < turn.config.setKeyAttempts) sendKey(turn);
  else {
    turn.report({ kind: 'modem', answers: false });
    matched(turn, false);
  }
}

/** Takes what the own modem says. */
export function onModemFrame(turn: PevTurn, frame: Mme): void {
  const { at } = turn.state;
  if (frame.name === 'CM_SET_KEY.CNF' && at === 'keying' && frame.Result <= 1) {
    turn.cancel('modem_set_key');
    turn.set({ at: 'joining', unanswered: 0 });
    turn.arm('link_poll', turn.config.timers.link_poll_joining);
  } else if (frame.name === 'VS_PL_LNK_STATUS.CNF' && at === 'joining') {
    turn.set({ unanswered: 0 });
    if (frame.LINKSTATUS === 1) matched(turn, true);
  }
}

export function onLinkPoll(turn: PevTurn): void {
  const { at, unanswered } = turn.state;
  if (at !== 'joining') return;
  if (unanswered >= SILENT_AFTER) return matched(turn, false);
  turn.set({ unanswered: unanswered + 1 });
  turn.send({ name: 'VS_PL_LNK_STATUS.REQ', ODA: turn.config.modemMac, OSA: turn.mac });
  turn.arm('link_poll', turn.config.timers.link_poll_joining);
}

/** After a pause: the modem kept its key, so that only the link is awaited. ISO 15118-3, D-LINK_PAUSE */
export function onRejoin(turn: PevTurn, mac: string): void {
  if (turn.state.at !== 'matched') return;
  turn.set({ at: 'joining', mac, unanswered: 0 });
  if (turn.config.modem === 'none') return matched(turn, false);
  turn.arm('T_conn_resume', T_conn_resume);
  onLinkPoll(turn);
}

export function onResumeTimeout(turn: PevTurn): void {
  if (turn.state.at !== 'joining') return;
  turn.cancel('link_poll');
  turn.set({ at: 'failed' });
  turn.report({ kind: 'failed', cause: pevCauseOf('link-not-resumed') });
}

function matched(turn: PevTurn, linkSeen: boolean): void {
  const { choice, key, runId } = turn.state;
  if (!choice || !key) return;
  turn.cancel('TT_match_join');
  turn.cancel('T_conn_resume');
  turn.cancel('link_poll');
  turn.set({ at: 'matched', ampMapsSent: 0 });
  turn.report({
    kind: 'matched',
    evseMac: choice.mac,
    runId,
    meanDb: choice.meanDb ?? 0,
    linkSeen,
    ...key,
  });
  sendAmpMap(turn);
}
