import type { MmeOf, Sendable } from '../messages/catalogue.ts';
import { BROADCAST } from '../messages/mme.ts';
import { C_EV_match_MNBC, CARRIER_GROUPS } from '../timings.ts';
import { MOST_SOUNDS, startsOf } from './config.ts';
import { choose } from './choice.ts';
import type { PevTurn } from './turn.ts';

const ZEROS_17 = '0'.repeat(34);
/** Time_Out of CM_START_ATTEN_CHAR.IND in 100 ms: TT_EVSE_match_MNBC. */
const TIME_OUT = 6;
/** More chargers than that on one wire are not compared. */
const MAX_CHARGERS = 16;

const soundsOf = (turn: PevTurn) => turn.knobs.sounds ?? turn.state.wantedSounds;

/** Requests with run ids that nobody goes on with. */
export function flood(turn: PevTurn): void {
  for (let i = 0; i < (turn.knobs.parmFlood ?? 0); i++)
    turn.send({ ...parmReq(turn), RunID: i.toString(16).padStart(16, 'f') });
}

const parmReq = (turn: PevTurn) =>
  ({
    name: 'CM_SLAC_PARM.REQ',
    ODA: BROADCAST,
    OSA: turn.mac,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    RunID: turn.runIdFor('CM_SLAC_PARM.REQ'),
  }) as const;

export function sendParmReq(turn: PevTurn): void {
  turn.set({ sent: turn.state.sent + 1 });
  turn.send(parmReq(turn));
  turn.arm('TT_match_response', turn.config.timers.TT_match_response);
}

/** No charger answered in TT_match_response. */
export function onParmUnanswered(turn: PevTurn): void {
  if (turn.state.sent < turn.config.parmAttempts) sendParmReq(turn);
  else turn.failProcess('no-parm-cnf');
}

export function onSlacParmCnf(turn: PevTurn, frame: MmeOf<'CM_SLAC_PARM.CNF'>): void {
  const { at, chargers, runId } = turn.state;
  if (at !== 'asking' || frame.RunID !== runId || frame.FORWARDING_STA !== turn.mac) return;
  const exact =
    frame['M-SOUND_TARGET'] === BROADCAST &&
    frame.NUM_SOUNDS === C_EV_match_MNBC &&
    frame.Time_Out === TIME_OUT &&
    frame.RESP_TYPE === 1 &&
    frame.APPLICATION_TYPE === 0 &&
    frame.SECURITY_TYPE === 0;
  if (!exact && turn.strict) return;
  turn.cancel('TT_match_response');
  const { startAttenDelay } = turn.knobs;
  turn.arm('TP_match_sequence', startAttenDelay ?? turn.config.timers.TP_match_sequence);
  const sounds = Math.min(MOST_SOUNDS, Math.max(1, frame.NUM_SOUNDS, turn.state.wantedSounds));
  turn.set({ wantedSounds: sounds });
  if (chargers.some((known) => known.mac === frame.OSA) || chargers.length >= MAX_CHARGERS) return;
  turn.set({ chargers: [...chargers, { mac: frame.OSA, meanDb: undefined }] });
}

/** All chargers that will answer have answered. */
export function startAttenuation(turn: PevTurn): void {
  if (turn.state.at !== 'asking') return;
  turn.set({ at: 'starting', sent: 0 });
  turn.arm('TT_EV_atten_results', turn.config.timers.TT_EV_atten_results);
  sendNext(turn);
}

/** TP_EV_batch_msg_interval is over: the next CM_START_ATTEN_CHAR.IND or sound. */
export function sendNext(turn: PevTurn): void {
  const { at, sent, restarted } = turn.state;
  if (at === 'starting') {
    if (sent >= startsOf(turn.knobs)) turn.set({ at: 'sounding', sent: 0 });
    else turn.send(startAttenChar(turn));
  }
  if (turn.state.at === 'sounding') {
    if (!restarted && turn.state.sent === turn.knobs.restartAfterSounds) {
      turn.set({ restarted: true });
      turn.beginProcess();
      return;
    }
    if (turn.state.sent >= soundsOf(turn)) {
      collect(turn);
      return;
    }
    turn.send(sound(turn, turn.state.sent));
  }
  turn.set({ sent: turn.state.sent + 1 });
  turn.arm('TP_EV_batch_msg_interval', turn.config.timers.TP_EV_batch_msg_interval);
}

const startAttenChar = (turn: PevTurn): Sendable => ({
  name: 'CM_START_ATTEN_CHAR.IND',
  ODA: BROADCAST,
  OSA: turn.mac,
  APPLICATION_TYPE: 0,
  SECURITY_TYPE: 0,
  NUM_SOUNDS: turn.state.wantedSounds,
  Time_Out: TIME_OUT,
  RESP_TYPE: 1,
  FORWARDING_STA: turn.mac,
  RunID: turn.runIdFor('CM_START_ATTEN_CHAR.IND'),
});

function sound(turn: PevTurn, number: number): Sendable {
  const Rnd = turn.state.rnd[number] ?? '0'.repeat(32);
  return {
    name: 'CM_MNBC_SOUND.IND',
    ODA: BROADCAST,
    OSA: turn.mac,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    SenderID: ZEROS_17,
    Cnt: Math.max(0, soundsOf(turn) - 1 - number),
    RunID: turn.runIdFor('CM_MNBC_SOUND.IND'),
    ...(turn.knobs.shortSounds ? { Rnd: `${Rnd}00` } : { RSVD: '0'.repeat(16), Rnd }),
  };
}

function collect(turn: PevTurn): void {
  turn.set({ at: 'collecting', sent: 0 });
  chooseIfComplete(turn);
}

function chooseIfComplete(turn: PevTurn): void {
  const { at, chargers } = turn.state;
  if (at === 'collecting' && chargers.every((charger) => charger.meanDb !== undefined))
    choose(turn);
}

/** Every CM_ATTEN_CHAR.IND is answered, each repeat too. */
export function onAttenCharInd(turn: PevTurn, frame: MmeOf<'CM_ATTEN_CHAR.IND'>): void {
  const { at, runId, chargers } = turn.state;
  if (frame.RunID !== runId || frame.SOURCE_ADDRESS !== turn.mac || frame.AAG.length === 0) return;
  if (at === 'idle' || at === 'failed' || at === 'pausing') return;
  const exact =
    frame.APPLICATION_TYPE === 0 &&
    frame.SECURITY_TYPE === 0 &&
    frame.NumGroups === CARRIER_GROUPS &&
    !/[^0]/.test(frame.SOURCE_ID + frame.RESP_ID);
  if (!exact && turn.strict) return;
  turn.send({
    name: 'CM_ATTEN_CHAR.RSP',
    ODA: frame.OSA,
    OSA: turn.mac,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    SOURCE_ADDRESS: turn.mac,
    RunID: turn.runIdFor('CM_ATTEN_CHAR.RSP'),
    SOURCE_ID: frame.SOURCE_ID,
    RESP_ID: frame.RESP_ID,
    Result: 0,
  });
  if (at !== 'starting' && at !== 'sounding' && at !== 'collecting') return;
  if (chargers.some((known) => known.mac === frame.OSA && known.meanDb !== undefined)) return;
  const mean = frame.AAG.reduce((sum, db) => sum + db, 0) / frame.AAG.length;
  const meanDb = Math.round((mean + turn.config.receiveCorrectionDb) * 10) / 10;
  const others = chargers.filter((known) => known.mac !== frame.OSA);
  if (others.length >= MAX_CHARGERS) return;
  turn.report({ kind: 'charger', evseMac: frame.OSA, meanDb });
  turn.set({ chargers: [...others, { mac: frame.OSA, meanDb }] });
  chooseIfComplete(turn);
}

/** TT_EV_atten_results is over: the best of those that answered. */
export function onAttenResultsOver(turn: PevTurn): void {
  const { at } = turn.state;
  if (at === 'starting' || at === 'sounding' || at === 'collecting') choose(turn);
}
