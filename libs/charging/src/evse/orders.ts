import { type Duration, millis } from '@kerbside/kernel';
import { DIGITAL_DUTY_PERCENT, dutyForCurrent, type PilotOutput } from '../pilot.ts';
import { forgetCableCheck, SAFE_VOLTAGE } from './dc.ts';
import { blocker, inChargingState, offersBasic } from './interlock.ts';
import { effectiveLimit, LEAST_OFFER } from './limits.ts';
import { deliversDc, type EvseState } from './state.ts';
import {
  MAX_CLOSINGS,
  T_BASIC_PAUSE,
  T_CLOSINGS,
  T_CONTACTOR,
  T_LOCK,
  T_PILOT_SETTLE,
} from './timings.ts';
import type { Turn } from './turn.ts';

/** Closes where every condition holds, opens where one does not: the only place that orders the contactor. */
export function orderContactor(turn: Turn): void {
  const { orders } = turn.state;
  const reason = blocker(turn.state);
  if (reason === undefined && orders.contactor === 'open') {
    turn.set({ orders: { ...orders, contactor: 'closed', contactorReason: 'charging' } });
    turn.do({ do: 'close', output: deliversDc(turn.state) ? 'DC' : 'AC' });
    turn.arm('contactor', T_CONTACTOR);
    countClosing(turn);
  } else if (reason !== undefined && orders.contactor === 'closed') {
    turn.set({ orders: { ...orders, contactor: 'open', contactorReason: reason } });
    turn.first({ do: 'open' });
    turn.arm('contactor', T_CONTACTOR);
    forgetCableCheck(turn);
    if (turn.state.contactorRests)
      turn.fact({
        source: 'system',
        type: 'system.contactor-rests',
        data: { closings: turn.state.closings.length, forMs: restLeft(turn) },
      });
  }
}

/** A car that comes and goes would wear the contactor out: it closes a few times within a minute, then it rests. */
function countClosing(turn: Turn): void {
  const { closings, config } = turn.state;
  const most = config.closingsPerMinute ?? MAX_CLOSINGS;
  const { now } = turn.moment;
  const recent = [...closings.filter((at) => now - at < T_CLOSINGS), now].slice(-most);
  turn.set({ closings: recent, contactorRests: recent.length >= most });
  if (turn.state.contactorRests) turn.arm('contactor-rest', restLeft(turn));
}

const restLeft = ({ state, moment }: Turn): Duration =>
  millis(Math.max(0, (state.closings[0] ?? moment.now) + T_CLOSINGS - moment.now));

export function onContactorRested(turn: Turn): void {
  turn.set({ contactorRests: false });
}

/** Basic charging below 6 A offers nothing; the car gets time to leave the load first. */
export function orderPause(turn: Turn): void {
  const { comm, orders, pause, board } = turn.state;
  const low = comm.at === 'basic' && effectiveLimit(turn.state) < LEAST_OFFER;
  if (!low) {
    if (pause !== 'no') turn.cancel('pause');
    turn.set({ pause: 'no' });
  } else if (pause === 'no' && orders.contactor === 'closed') {
    turn.set({ pause: 'waiting' });
    turn.arm('pause', T_BASIC_PAUSE);
  } else if (pause === 'waiting' && board.pilot !== 'C' && board.pilot !== 'D')
    turn.set({ pause: 'paused' });
}

export function onPauseTimeout(turn: Turn): void {
  if (turn.state.pause === 'waiting') turn.set({ pause: 'paused' });
}

export function orderPilot(turn: Turn): void {
  const { orders, board } = turn.state;
  const output = wantedOutput(turn.state);
  if (sameOutput(output, orders.output)) return;
  const leavesF = orders.output === 'F';
  turn.set({
    orders: { ...orders, output, leftFAt: leavesF ? turn.moment.now : orders.leftFAt },
    board: output === 'F' ? { ...board, candidate: undefined } : board,
  });
  if (leavesF) turn.arm('pilot-settle', T_PILOT_SETTLE);
  turn.do({ do: 'pilot', output });
  turn.fact({ source: 'pilot', type: 'pilot.duty', data: describe(output) });
}

function wantedOutput(state: EvseState): PilotOutput {
  const { comm, session, faults, operative, orders } = state;
  // Our own F would hide whether a fault of the pilot is still there.
  const hidden = faults.some((fault) => fault.code !== 'pilot-error') || !operative;
  if (!session) return hidden ? 'F' : 'X1';
  switch (comm.at) {
    case 'steps':
      return comm.steps[0]?.output ?? 'X1';
    case 'listening':
    case 'matching':
    case 'linked':
    case 'talking':
    case 'resuming':
      return { dutyPercent: DIGITAL_DUTY_PERCENT };
    case 'readying':
      // an F that wakes the car lasts a little longer instead of a step of its own
      return orders.output === 'F' ? 'F' : 'X1';
    case 'paused':
      return comm.asleep ? 'X1' : { dutyPercent: DIGITAL_DUTY_PERCENT };
    case 'ended':
      return 'X1';
    case 'basic': {
      const duty = offersBasic(state) ? dutyForCurrent(effectiveLimit(state)) : undefined;
      return duty === undefined ? 'X1' : { dutyPercent: duty };
    }
    case 'none':
      return 'X1';
  }
}

const sameOutput = (a: PilotOutput, b: PilotOutput): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : a.dutyPercent === b.dutyPercent;

function describe(output: PilotOutput): { dutyPercent: number; meaning: string } {
  if (output === 'X1') return { dutyPercent: 100, meaning: 'no-offer' };
  if (output === 'F') return { dutyPercent: 0, meaning: 'state-f' };
  const digital = output.dutyPercent === DIGITAL_DUTY_PERCENT;
  return { dutyPercent: output.dutyPercent, meaning: digital ? 'digital' : 'current-offered' };
}

/** Locked before the contactor closes, until it is open and nothing harmful is left on the output. */
export function orderLock(turn: Turn): void {
  const { orders, board } = turn.state;
  const locked = wantsLock(turn.state);
  if (locked === orders.locked) return;
  turn.set({ orders: { ...orders, locked } });
  turn.do({ do: 'lock', locked });
  if (board.link) turn.arm('lock', T_LOCK);
}

function wantsLock(state: EvseState): boolean {
  const { transaction, board, orders, session, config, present, faults } = state;
  if (board.contactor === 'closed' || board.contactor === 'welded') return true;
  if (orders.contactor === 'closed') return true;
  if (session?.unplugged) return false;
  if (config.kind !== 'AC' && orders.locked && present.voltage >= SAFE_VOLTAGE) return true;
  if (!transaction || transaction.at === 'reading' || transaction.at === 'committing') return false;
  if (orders.locked) return true;
  return transaction.at === 'open' && inChargingState(state) && faults.length === 0;
}

/** The board is told what the car is told. */
export function orderLimit(turn: Turn): void {
  const { orders, board } = turn.state;
  const limit = effectiveLimit(turn.state);
  if (!board.link || orders.limit === limit) return;
  turn.set({ orders: { ...orders, limit } });
  turn.do({ do: 'limit', limit });
}
