import { amps } from '@kerbside/kernel';
import type { HlcRequest } from '../ports.ts';
import { talksBeside } from './beside.ts';
import { lost, pauseLink, setKind, unpauseLink } from './comm.ts';
import { raise } from './faults.ts';
import { identify } from './identity.ts';
import { blocker, passes } from './interlock.ts';
import { timerOf } from './pilot-config.ts';
import { deliversDc } from './state.ts';
import { T_CABLE_CHECK, T_POWER_ON, T_RAMP_DOWN } from './timings.ts';
import { endTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';
import { sleep } from './wake-up.ts';

/** Pre-charge needs little current. ISO 15118-2: at most 2 A */
const PRE_CHARGE_CURRENT = amps(2);

/** The SECC tells what the car asked for. */
export function onV2g(turn: Turn, request: HlcRequest): void {
  switch (request.request) {
    case 'session-setup':
      return sessionSetup(turn, request.evccId, request.protocol);
    case 'authorize':
      return turn.setV2g({ authorizeAsked: true });
    case 'charge-parameters':
      if (turn.state.comm.at !== 'talking') return;
      setKind(turn, request.mode === 'DC' ? 'iso2-dc' : 'iso2-ac');
      soc(turn, request.soc);
      return turn.setV2g({ maxVoltage: request.maxVoltage, maxCurrent: request.maxCurrent });
    case 'cable-check':
      return cableCheck(turn);
    case 'pre-charge':
      if (turn.state.comm.at !== 'talking') return;
      return turn.set({
        demand: {
          voltage: request.voltage,
          current: amps(Math.min(request.current, PRE_CHARGE_CURRENT)),
        },
      });
    case 'demand':
      if (turn.state.comm.at !== 'talking') return;
      soc(turn, request.soc);
      return turn.set({ demand: { voltage: request.voltage, current: request.current } });
    case 'power-off':
      return powerOff(turn);
    case 'welding-detection':
      return powerOff(turn);
    case 'session-stop':
      return sessionStop(turn, request.pause);
    case 'lost':
      // of a paused session the connection may end: that is no loss
      if (turn.state.comm.at !== 'paused') lost(turn, request.reason);
      return;
  }
}

function soc(turn: Turn, value: number | undefined): void {
  if (value !== undefined && value !== turn.state.session?.soc)
    turn.setSession({ soc: value as NonNullable<typeof turn.state.session>['soc'] & number });
}

function sessionSetup(turn: Turn, evccId: string, protocol: string): void {
  const { comm } = turn.state;
  // the link of a paused session still stands while its last answer is on its way
  const resumes = comm.at === 'paused' && !comm.asleep;
  if (comm.at !== 'linked' && !resumes) return;
  if (resumes) unpauseLink(turn);
  turn.cancel('hlc-start');
  turn.cancel('link-end');
  turn.cancel('session-setup');
  identify(turn, evccId);
  turn.set({
    comm: {
      at: 'talking',
      tries: comm.at === 'linked' ? comm.tries : 0,
      v2g: {
        protocol,
        authorizeAsked: false,
        maxVoltage: undefined,
        maxCurrent: undefined,
        power: 'off',
        cableCheck: 'idle',
        measured: 'valid',
        wasOn: false,
        delivering: false,
        told: false,
      },
    },
  });
}

/** DC: the contactor closes, the output goes up, the insulation is measured, the output goes down. IEC 61851-23 */
function cableCheck(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at !== 'talking' || !deliversDc(turn.state)) return;
  const { cableCheck: at } = comm.v2g;
  if (at !== 'idle' && at !== 'fault') return;
  turn.setV2g({ cableCheck: 'closing', power: 'asked' });
  turn.arm('cable-check', T_CABLE_CHECK);
}

export function onCableCheckTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at !== 'talking') return;
  if (comm.v2g.cableCheck === 'valid' || comm.v2g.cableCheck === 'warning') return;
  failCableCheck(turn, 'cable-check-timeout', `stuck while ${comm.v2g.cableCheck}`);
}

export function onInsulation(turn: Turn, status: 'valid' | 'warning' | 'fault'): void {
  const { comm } = turn.state;
  if (status === 'fault') {
    if (comm.at === 'talking' && comm.v2g.cableCheck === 'measuring')
      return failCableCheck(turn, 'insulation', 'the insulation resistance is too low');
    // A monitor that measures on while charging may find a fault at any moment.
    if (turn.state.session && deliversDc(turn.state))
      raise(turn, 'insulation', 'the insulation resistance is too low', 'own');
    return;
  }
  if (comm.at !== 'talking' || comm.v2g.cableCheck !== 'measuring') return;
  turn.do({ do: 'insulation', measure: false });
  turn.setV2g({ cableCheck: 'discharging', measured: status });
}

function failCableCheck(turn: Turn, code: string, text: string): void {
  turn.do({ do: 'insulation', measure: false });
  turn.cancel('cable-check');
  turn.setV2g({ cableCheck: 'fault', power: 'off' });
  raise(turn, code, text, 'own');
}

/** AC opens at once; DC lets its output go down first. */
function powerOff(turn: Turn): void {
  const { comm, orders } = turn.state;
  if (comm.at !== 'talking') return;
  turn.set({ demand: undefined });
  turn.setV2g({ delivering: false });
  if (!deliversDc(turn.state) || orders.contactor === 'open') return turn.setV2g({ power: 'off' });
  if (comm.v2g.power === 'off' || comm.v2g.power === 'ramping') return;
  turn.setV2g({ power: 'ramping' });
  turn.arm('ramp-down', T_RAMP_DOWN);
}

export function onRampDownTimeout(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at === 'talking' && comm.v2g.power === 'ramping')
    turn.setV2g({ power: 'off', cableCheck: 'idle' });
}

function sessionStop(turn: Turn, pause: boolean): void {
  const { comm, transaction, config } = turn.state;
  if (comm.at !== 'talking') return;
  const paused = pause && transaction?.at === 'open';
  turn.set({
    demand: undefined,
    comm: paused ? { at: 'paused', asleep: false, low: false } : { at: 'ended' },
  });
  turn.cancel('ramp-down');
  turn.cancel('cable-check');
  turn.arm('link-end', timerOf(config, 'link_end'));
  if (paused) pauseLink(turn);
  else endTransaction(turn, 'EVStopped');
}

/** The last answer has reached the car: D-LINK_TERMINATE, or X1 for the car that sleeps. */
export function onLinkEnd(turn: Turn): void {
  const { comm, running } = turn.state;
  if (comm.at === 'paused') return sleep(turn);
  if (comm.at !== 'ended') return;
  if (running.hlc) turn.do({ do: 'hlc-close', reason: 'session stopped' });
  if (running.matching) turn.do({ do: 'matching', order: 'terminate' });
  turn.set({ running: { matching: false, hlc: false } });
}

/** PowerDelivery start. The answer comes when the contactor is closed, or cannot be. */
export function onPowerOn(turn: Turn, id: number): void {
  const { comm } = turn.state;
  const beside = talksBeside(turn.state);
  const checked =
    comm.at === 'talking' && (comm.v2g.cableCheck === 'valid' || comm.v2g.cableCheck === 'warning');
  if ((comm.at !== 'talking' && !beside) || (deliversDc(turn.state) && !checked)) {
    const reason = comm.at === 'talking' ? 'cable-check-missing' : 'no-session';
    turn.do({ do: 'powered', id, reason });
    return;
  }
  if (comm.at === 'talking' && comm.v2g.power !== 'on') turn.setV2g({ power: 'asked' });
  turn.set({ powerOn: [...turn.state.powerOn, id] });
  turn.arm('power-on', T_POWER_ON);
}

/** Answers a waiting PowerDelivery as soon as its outcome is certain. */
export function answerPowerOn(turn: Turn, timedOut = false): void {
  const { powerOn, board, orders } = turn.state;
  const closed = orders.contactor === 'closed' && board.contactor === 'closed';
  if (closed && turn.state.comm.at === 'talking' && turn.state.comm.v2g.power === 'asked')
    turn.setV2g({ power: 'on', wasOn: true });
  if (powerOn.length === 0) return;
  const reason = blocker(turn.state);
  if (!timedOut && !closed && (reason === undefined || passes(reason))) return;
  turn.cancel('power-on');
  turn.set({ powerOn: [] });
  for (const id of powerOn)
    turn.do(closed ? { do: 'powered', id } : { do: 'powered', id, reason: reason ?? 'contactor' });
  turn.setV2g(closed ? { delivering: true } : { power: 'off' });
}
