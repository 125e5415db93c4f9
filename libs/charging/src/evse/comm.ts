import { millis } from '@kerbside/kernel';
import type { SessionKind } from '../facts.ts';
import type { MatchingEvent } from '../ports.ts';
import { deliversDc, type PilotStep } from './state.ts';
import { C_SEQU_RETRY, T_EV_READY, T_HLC_START, T_STEP_EF, T_STEP_X1 } from './timings.ts';
import { endTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';

const stateF: PilotStep = { output: 'F', after: T_STEP_EF };
const wake: PilotStep = { output: 'X1', after: T_EV_READY };
const leave5Percent: PilotStep = { output: 'X1', after: T_STEP_X1 };

const authorized = (turn: Turn): boolean => turn.state.transaction?.at === 'open';

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
  const { has } = turn.state;
  if (has.matching) {
    turn.do({ do: 'matching', order: 'enter' });
    turn.set({
      comm: { at: 'listening', tries },
      running: { ...turn.state.running, matching: true },
    });
  } else linked(turn, tries);
}

function linked(turn: Turn, tries: number): void {
  turn.do({ do: 'hlc-open' });
  turn.set({ comm: { at: 'linked', tries }, running: { ...turn.state.running, hlc: true } });
  if (authorized(turn)) turn.arm('hlc-start', T_HLC_START);
}

/** Ends V2G and leaves the car's network. The caller says what comes next. */
export function leaveComm(turn: Turn, reason: string): void {
  const { running } = turn.state;
  turn.cancel('step');
  turn.cancel('hlc-start');
  turn.cancel('link-end');
  turn.cancel('cable-check');
  turn.cancel('ramp-down');
  if (running.hlc) turn.do({ do: 'hlc-close', reason });
  if (running.matching) turn.do({ do: 'matching', order: 'leave' });
  turn.set({
    running: { matching: false, hlc: false },
    comm: { at: 'none' },
    demand: undefined,
  });
}

function toSteps(
  turn: Turn,
  steps: readonly PilotStep[],
  leadsTo: 'basic' | 'listening',
  tries: number,
  reason: string,
): void {
  leaveComm(turn, reason);
  turn.set({ comm: { at: 'steps', steps, leadsTo, tries } });
  turn.arm('step', millis(steps[0]?.after ?? 0));
}

export function onStepTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at !== 'steps') return;
  const [next, ...others] = comm.steps.slice(1);
  if (next) {
    turn.set({ comm: { ...comm, steps: [next, ...others] } });
    turn.arm('step', millis(next.after));
  } else if (comm.leadsTo === 'basic') basic(turn);
  else listen(turn, comm.tries);
}

/** The start is committed: how the car learns of it depends on how far the communication is. ISO 15118-3 */
export function onAuthorized(turn: Turn): void {
  const { comm, config, has } = turn.state;
  const mayFallBack = config.kind !== 'DC' && !config.enforceHighLevelComm;
  if (comm.at === 'ended' && !comm.paused && has.hlc)
    return toSteps(turn, [stateF], 'listening', 0, 'the car is asked to begin again');
  if (!mayFallBack) return;
  // with an outlet for both, only what matching says tells whether the car can be fed by pilot alone
  if (comm.at === 'listening' && config.kind === 'AC')
    // [V2G3-M06-05] [V2G3-M06-08] matching not started: E/F, then X1, then the nominal duty cycle
    return toSteps(turn, [stateF, wake], 'basic', comm.tries, 'authorised before matching');
  if (comm.at === 'matching' || comm.at === 'linked') turn.arm('hlc-start', T_HLC_START);
  if (comm.at === 'steps' && comm.leadsTo === 'listening')
    turn.set({ comm: { ...comm, steps: [...comm.steps, wake], leadsTo: 'basic' } });
}

/** Matched and authorised, yet the car began no V2G session. */
export function onHlcStartTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (!authorized(turn) || (comm.at !== 'matching' && comm.at !== 'linked')) return;
  // [V2G3-M06-06] matching started: X1, then the nominal duty cycle
  toSteps(turn, [leave5Percent], 'basic', comm.tries, 'the car began no V2G session');
}

export function onMatching(turn: Turn, event: MatchingEvent): void {
  const { comm } = turn.state;
  switch (event.event) {
    case 'matching':
      if (comm.at === 'listening') turn.set({ comm: { at: 'matching', tries: comm.tries } });
      return;
    case 'matched':
      if (comm.at !== 'listening' && comm.at !== 'matching') return;
      turn.setSession({ evMac: event.evMac });
      return linked(turn, comm.tries);
    case 'failed':
      if (comm.at === 'listening' || comm.at === 'matching') failed(turn, event.reason);
      return;
    case 'link-lost':
      if (comm.at === 'linked' || comm.at === 'talking') lost(turn, event.reason);
  }
}

function failed(turn: Turn, reason: string): void {
  const { comm, config } = turn.state;
  const tries = 'tries' in comm ? comm.tries : 0;
  if (config.kind === 'DC' || config.enforceHighLevelComm)
    return toSteps(turn, [stateF], 'listening', tries + 1, reason);
  if (authorized(turn)) return toSteps(turn, [stateF, wake], 'basic', tries, reason);
  // [V2G3-M06-07] E/F and 5 % again, C_sequ_retry times, then X1 without communication
  if (tries < (config.fastFallback ? 0 : C_SEQU_RETRY))
    return toSteps(turn, [stateF], 'listening', tries + 1, reason);
  leaveComm(turn, reason);
  basic(turn);
}

/** The V2G session or its link is gone without a SessionStop. */
export function lost(turn: Turn, reason: string): void {
  const { comm, config, transaction, orders } = turn.state;
  if (comm.at !== 'linked' && comm.at !== 'talking') return;
  const energised =
    orders.contactor === 'closed' ||
    (comm.at === 'talking' && (comm.v2g.wasOn || comm.v2g.power !== 'off'));
  if (!transaction) return failed(turn, reason);
  if (
    transaction.at !== 'ending' &&
    !deliversDc(turn.state) &&
    !energised &&
    !config.enforceHighLevelComm
  )
    return toSteps(turn, [leave5Percent], 'basic', comm.tries, reason);
  turn.fact({ source: 'system', type: 'system.v2g-lost', data: { reason } });
  leaveComm(turn, reason);
  turn.set({ comm: { at: 'ended', paused: false } });
  endTransaction(turn, transaction.at === 'ending' ? 'EVStopped' : 'Other', { atOnce: true });
}

/** What kind of charge this stay is; told once, and again where it changes. */
export function setKind(turn: Turn, kind: SessionKind): void {
  const { session } = turn.state;
  if (!session || session.kind === kind) return;
  turn.setSession({ kind });
  turn.fact({ source: 'system', type: 'session.kind', data: { kind } });
}
