import { millis } from '@kerbside/kernel';
import type { SessionKind } from '../facts.ts';
import type { MatchingEvent } from '../ports.ts';
import { retriesOf, timerOf } from './pilot-config.ts';
import { type Comm, deliversDc, type PilotStep } from './state.ts';
import { endTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';

const stateF = (turn: Turn): PilotStep => ({
  output: 'F',
  after: timerOf(turn.state.config, 'T_step_EF'),
});
const wake = (turn: Turn): PilotStep => ({
  output: 'X1',
  after: timerOf(turn.state.config, 'x1_after_EF'),
});
const leave5Percent = (turn: Turn): PilotStep => ({
  output: 'X1',
  after: timerOf(turn.state.config, 'T_step_X1'),
});
const leaveNetwork = (turn: Turn): PilotStep => ({
  output: 'X1',
  after: timerOf(turn.state.config, 'TP_match_leave'),
});

const authorized = (turn: Turn): boolean => turn.state.transaction?.at === 'open';
const mayFallBack = ({ state: { config } }: Turn): boolean =>
  config.kind !== 'DC' && !config.enforceHighLevelComm;

/** A car is there: 5 % where we speak ISO 15118, else the pilot alone. */
export function beginComm(turn: Turn): void {
  const { config, has, token, session } = turn.state;
  if (!session || session.unplugged) return;
  if (!has.hlc) return basic(turn);
  // [V2G2-853] AC, authorised before plug-in: nominal duty cycle at once
  if (config.kind === 'AC' && token?.status === 'accepted' && !config.enforceHighLevelComm)
    return basic(turn);
  listen(turn, 0);
}

function basic(turn: Turn): void {
  turn.set({ comm: { at: 'basic' } });
  if (turn.state.config.kind !== 'DC') setKind(turn, 'basic');
}

/** Matching is ready before 5 % is switched on: some cars ask within tens of milliseconds. */
function listen(turn: Turn, tries: number): void {
  const { has, config } = turn.state;
  if (!has.matching) return linked(turn, tries);
  turn.do({ do: 'matching', order: 'enter' });
  turn.set({ running: { ...turn.state.running, matching: true } });
  const wait = timerOf(config, 'matching_ready');
  turn.set({ comm: { at: wait > 0 ? 'readying' : 'listening', tries } });
  if (wait > 0) turn.arm('matching-ready', wait);
}

/** The modem has not confirmed the key in time: 5 % all the same, and a word about it. */
export function onMatchingReadyTimeout(turn: Turn): void {
  const { comm, config } = turn.state;
  if (comm.at !== 'readying') return;
  turn.fact({
    source: 'system',
    type: 'system.matching-not-ready',
    data: { waitedMs: timerOf(config, 'matching_ready') },
  });
  turn.set({ comm: { at: 'listening', tries: comm.tries } });
}

export function linked(turn: Turn, tries: number): void {
  turn.cancel('matching-ready');
  turn.cancel('resume');
  turn.do({ do: 'hlc-open' });
  turn.set({ comm: { at: 'linked', tries }, running: { ...turn.state.running, hlc: true } });
  if (authorized(turn) && mayFallBack(turn))
    turn.arm('hlc-start', timerOf(turn.state.config, 'hlc_start'));
}

/** Ends V2G and leaves the car's network. The caller says what comes next. */
export function leaveComm(
  turn: Turn,
  reason: string,
  order: 'leave' | 'terminate' | 'error' = 'leave',
): void {
  const { running } = turn.state;
  for (const timer of [
    'step',
    'hlc-start',
    'link-end',
    'session-setup',
    'matching-ready',
    'resume',
    'beside',
    'cable-check',
    'ramp-down',
  ] as const)
    turn.cancel(timer);
  if (running.hlc) turn.do({ do: 'hlc-close', reason });
  if (running.matching) turn.do({ do: 'matching', order });
  turn.set({
    running: { matching: false, hlc: false },
    comm: { at: 'none' },
    demand: undefined,
  });
}

type LeadsTo = Extract<Comm, { at: 'steps' }>['leadsTo'];

/** Performs steps of the pilot, one after the other. */
function perform(turn: Turn, steps: readonly PilotStep[], leadsTo: LeadsTo, tries: number): void {
  turn.set({ comm: { at: 'steps', steps, leadsTo, tries } });
  turn.arm('step', millis(steps[0]?.after ?? 0));
}

function toSteps(
  turn: Turn,
  steps: readonly PilotStep[],
  leadsTo: LeadsTo,
  tries: number,
  reason: string,
): void {
  leaveComm(turn, reason);
  perform(turn, steps, leadsTo, tries);
}

/** D-LINK_ERROR at 5 %. ISO 15118-3 */
function dLinkError(turn: Turn, leadsTo: LeadsTo, tries: number, reason: string): void {
  leaveComm(turn, reason, 'error');
  // [V2G3-M07-05] from X2 to X1, [V2G3-M07-06] there the network is left, [V2G3-M07-07] then E or F,
  // [V2G3-M07-08] for T_step_EF, [V2G3-M07-09] then X1 or X2 again
  const steps = [leaveNetwork(turn), stateF(turn)];
  perform(turn, leadsTo === 'basic' ? [...steps, wake(turn)] : steps, leadsTo, tries);
}

export function onStepTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at !== 'steps') return;
  const [next, ...others] = comm.steps.slice(1);
  if (next) {
    turn.set({ comm: { ...comm, steps: [next, ...others] } });
    turn.arm('step', millis(next.after));
    return;
  }
  switch (comm.leadsTo) {
    case 'basic':
      return basic(turn);
    case 'listening':
      return listen(turn, comm.tries);
    case 'resuming':
      return resume(turn, 'operator', comm.tries);
    case 'ended':
      return turn.set({ comm: { at: 'ended' } });
  }
}

/** The start is committed: how the car learns of it depends on how far the communication is. ISO 15118-3 */
export function onAuthorized(turn: Turn): void {
  const { comm, config, has } = turn.state;
  if (comm.at === 'ended' && has.hlc)
    return toSteps(turn, [stateF(turn)], 'listening', 0, 'the car is asked to begin again');
  if (comm.at === 'steps' && comm.leadsTo === 'ended')
    return turn.set({ comm: { ...comm, leadsTo: 'listening', tries: 0 } });
  if (!mayFallBack(turn)) return;
  if (comm.at === 'readying' && config.kind === 'AC') {
    // [V2G2-853] 5 % was never on: as authorised before plug-in
    leaveComm(turn, 'authorised before 5 %');
    return basic(turn);
  }
  // with an outlet for both, only what matching says tells whether the car can be fed by pilot alone
  if (comm.at === 'listening' && config.kind === 'AC')
    // [V2G3-M06-05] [V2G3-M06-08] matching not started: E/F, then X1, then the nominal duty cycle
    return toSteps(
      turn,
      [stateF(turn), wake(turn)],
      'basic',
      comm.tries,
      'authorised before matching',
    );
  if (comm.at === 'matching' || comm.at === 'linked')
    turn.arm('hlc-start', timerOf(config, 'hlc_start'));
  if (comm.at === 'steps' && comm.leadsTo === 'listening')
    turn.set({ comm: { ...comm, steps: [...comm.steps, wake(turn)], leadsTo: 'basic' } });
}

/** Matched and authorised, yet the car began no V2G session. */
export function onHlcStartTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (!authorized(turn) || !mayFallBack(turn)) return;
  if (comm.at !== 'matching' && comm.at !== 'linked') return;
  // [V2G3-M06-06] matching started: X1, then the nominal duty cycle
  toSteps(turn, [leave5Percent(turn)], 'basic', comm.tries, 'the car began no V2G session');
}

export function onMatching(turn: Turn, event: MatchingEvent): void {
  const { comm } = turn.state;
  const awaited =
    comm.at === 'readying' || comm.at === 'listening' || comm.at === 'matching'
      ? comm
      : comm.at === 'resuming'
        ? { ...comm, tries: 0 }
        : undefined;
  switch (event.event) {
    case 'ready':
      if (comm.at !== 'readying') return;
      turn.cancel('matching-ready');
      return turn.set({ comm: { at: 'listening', tries: comm.tries } });
    case 'matching':
      if (!awaited) return;
      turn.cancel('matching-ready');
      turn.cancel('resume');
      return turn.set({ comm: { at: 'matching', tries: awaited.tries } });
    case 'matched':
      if (!awaited) return;
      turn.setSession({ evMac: event.evMac });
      return linked(turn, awaited.tries);
    case 'failed':
      if (awaited) failed(turn, event.reason, awaited.tries);
      // after the match: the network is left all the same
      else lost(turn, event.reason);
      return;
    case 'link-lost':
      if (comm.at !== 'resuming') lost(turn, event.reason);
  }
}

/** No match came about. */
function failed(turn: Turn, reason: string, tries: number): void {
  const { config } = turn.state;
  if (config.kind === 'DC')
    // no fall-back: X1, E/F, and 5 % again for as long as the car is there
    return toSteps(turn, [leaveNetwork(turn), stateF(turn)], 'listening', tries + 1, reason);
  if (config.enforceHighLevelComm)
    return toSteps(turn, [stateF(turn)], 'listening', tries + 1, reason);
  if (authorized(turn)) return toSteps(turn, [stateF(turn), wake(turn)], 'basic', tries, reason);
  // [V2G3-M06-07] E/F and 5 % again, C_sequ_retry times, then X1 without communication
  if (tries < retriesOf(config))
    return toSteps(turn, [stateF(turn)], 'listening', tries + 1, reason);
  leaveComm(turn, reason);
  basic(turn);
}

/** The V2G session, or its link, is gone without a SessionStop; or a woken car did not come back. */
export function lost(turn: Turn, reason: string): void {
  const { comm, config, transaction, orders, session } = turn.state;
  if (comm.at !== 'linked' && comm.at !== 'talking' && comm.at !== 'resuming') return;
  const energised =
    orders.contactor === 'closed' ||
    (comm.at === 'talking' && (comm.v2g.wasOn || comm.v2g.power !== 'off'));
  const { tries } = comm;
  const again = tries < retriesOf(config);
  if (!transaction) {
    if (session?.over !== undefined) return dLinkError(turn, 'ended', 0, reason);
    return dLinkError(turn, again || !mayFallBack(turn) ? 'listening' : 'basic', tries + 1, reason);
  }
  if (transaction.at !== 'ending' && !energised) {
    if (!deliversDc(turn.state) && mayFallBack(turn))
      return dLinkError(turn, 'basic', tries, reason);
    if (again) return dLinkError(turn, 'listening', tries + 1, reason);
  }
  turn.fact({ source: 'system', type: 'system.v2g-lost', data: { reason } });
  if (transaction.at === 'ending') {
    leaveComm(turn, reason, 'terminate');
    turn.set({ comm: { at: 'ended' } });
  } else dLinkError(turn, 'ended', 0, reason);
  endTransaction(turn, transaction.at === 'ending' ? 'EVStopped' : 'Other', { atOnce: true });
}

/** A car that had paused and came back on a link that still stands began no V2G session. */
export function onSessionSetupTimeout(turn: Turn): void {
  if (turn.state.comm.at === 'linked')
    lost(turn, 'no V2G session within V2G_SECC_CommunicationSetup_Timeout');
}

/**
 * D-LINK_PAUSE: NMK and NID are kept, and the link is not watched any more: a car may put its modem to sleep
 * as soon as it has its answer. The transaction stays open. ISO 15118-3
 */
export function pauseLink(turn: Turn): void {
  if (turn.state.running.matching) turn.do({ do: 'matching', order: 'pause' });
}

/** The link that was paused is needed again, before the pilot ever left 5 %. */
export function unpauseLink(turn: Turn): void {
  if (turn.state.running.matching) turn.do({ do: 'matching', order: 'enter' });
}

/** The link is paused: the pilot goes to X1. */
export function fallAsleep(turn: Turn): void {
  const { running } = turn.state;
  if (running.hlc) turn.do({ do: 'hlc-close', reason: 'paused' });
  turn.cancel('resume');
  turn.set({
    comm: { at: 'paused', asleep: true, low: false },
    running: { ...running, hlc: false },
  });
}

/** 5 % again, and the car is to join the network that was kept, within T_conn_resume. */
export function resume(turn: Turn, by: Extract<Comm, { at: 'resuming' }>['by'], tries = 0): void {
  if (!turn.state.has.matching) return linked(turn, 0);
  turn.do({ do: 'matching', order: 'enter' });
  turn.set({ comm: { at: 'resuming', by, tries } });
  turn.arm('resume', timerOf(turn.state.config, 'T_conn_resume'));
}

export function onResumeTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at !== 'resuming') return;
  if (comm.by === 'car') return lost(turn, 'the link did not come back in T_conn_resume');
  if (comm.tries === 0) {
    turn.do({ do: 'matching', order: 'pause' });
    return perform(turn, [stateF(turn)], 'resuming', 1);
  }
  turn.fact({ source: 'system', type: 'system.wake-up-unanswered', data: {} });
  pauseLink(turn);
  fallAsleep(turn);
}

/** What kind of charge this stay is; told once, and again where it changes. */
export function setKind(turn: Turn, kind: SessionKind): void {
  const { session } = turn.state;
  if (!session || session.kind === kind) return;
  turn.setSession({ kind });
  turn.fact({ source: 'system', type: 'session.kind', data: { kind } });
}
