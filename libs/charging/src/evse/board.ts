import { type Amps, amps } from '@kerbside/kernel';
import type { BoardEvent, SupplyCapabilities } from '../ports.ts';
import { onToken } from './authorization.ts';
import { answerUnlock } from './commands.ts';
import { clear, raise } from './faults.ts';
import { onTemperature, setLimit } from './limits.ts';
import { onPilot } from './pilot.ts';
import { noticeReplug } from './replug.ts';
import { T_BOARD_GRACE, T_CONTACTOR, T_PILOT_SETTLE } from './timings.ts';
import { endTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';

export function onBoard(
  turn: Turn,
  event: BoardEvent,
  supply: SupplyCapabilities | undefined,
): void {
  if (supply !== turn.state.supply) turn.set({ supply });
  switch (event.event) {
    case 'pilot':
      noticeReplug(turn, event.state, event.pluggedFor);
      return onPilot(turn, event.state, event.voltage);
    case 'cable':
      return onCable(turn, event.rating);
    case 'contactor':
      return onContactor(turn, event.state);
    case 'lock':
      return onLock(turn, event.state);
    case 'fault':
      if (event.active) raise(turn, event.code, event.text, 'board');
      else clear(turn, event.code);
      return;
    case 'token':
      return onToken(turn, event.idToken);
    case 'temperature':
      return onTemperature(turn, event.celsius);
    case 'link':
      return event.up ? linkUp(turn) : linkDown(turn, event.reason);
  }
}

/** A cable does not grow while a car hangs on it: a higher rating, or none, counts from the next session on. */
function onCable(turn: Turn, rating: Amps | undefined): void {
  const { board, session, limits } = turn.state;
  turn.set({ board: { ...board, cable: rating } });
  const present = limits.find((slot) => slot.name === 'cable')?.limit;
  const grows = present !== undefined && (rating === undefined || rating > present);
  if (!session || !grows) setLimit(turn, 'cable', rating);
}

function onContactor(turn: Turn, to: 'closed' | 'open' | 'welded'): void {
  const { board, orders } = turn.state;
  if (board.contactor === to) return;
  turn.set({ board: { ...board, contactor: to } });
  const matches = (to === 'closed') === (orders.contactor === 'closed') && to !== 'welded';
  if (matches) turn.cancel('contactor');
  // What the first whole state tells of a free EVSE is no change.
  if (board.contactor !== 'unknown' || to !== 'open' || turn.state.session)
    turn.fact({
      source: 'energy',
      type: 'contactor.changed',
      data: { state: to, reason: matches ? orders.contactorReason : 'board' },
    });
  if (to === 'welded') raise(turn, 'contactor-welded', 'the contactor does not open', 'latched');
  else if (to === 'open' && orders.contactor === 'closed' && board.contactor === 'closed') {
    turn.set({ orders: { ...turn.state.orders, contactor: 'open', contactorReason: 'board' } });
    turn.first({ do: 'open' });
    if (board.link)
      raise(turn, 'contactor-opened', 'the board opened the contactor by itself', 'own');
  } else if (to === 'closed' && orders.contactor === 'open') {
    turn.first({ do: 'open' });
    turn.arm('contactor', T_CONTACTOR);
  }
}

/** The order was not confirmed in time. */
export function onContactorTimeout(turn: Turn): void {
  const { board, orders } = turn.state;
  if (!board.link) return;
  if (orders.contactor === 'closed' && board.contactor !== 'closed')
    raise(turn, 'contactor-did-not-close', 'the contactor does not close', 'own');
  if (orders.contactor === 'open' && board.contactor === 'closed') onContactor(turn, 'welded');
}

function onLock(turn: Turn, to: 'locked' | 'unlocked' | 'failed'): void {
  const { board, orders } = turn.state;
  if (board.lock === to) return;
  turn.set({ board: { ...board, lock: to } });
  if (board.lock !== 'unknown' || to !== 'unlocked' || turn.state.session)
    turn.fact({ source: 'energy', type: 'lock.changed', data: { state: to } });
  if (to === 'failed') raise(turn, 'lock-failed', 'the plug lock does not move', 'own');
  else clear(turn, 'lock-failed');
  if ((to === 'locked') === orders.locked) turn.cancel('lock');
  if (to !== 'locked') answerUnlock(turn, to);
}

export function onLockTimeout(turn: Turn): void {
  const { board, orders } = turn.state;
  if (board.link && (board.lock === 'locked') !== orders.locked)
    raise(turn, 'lock-failed', 'the plug lock does not confirm', 'own');
}

/** Nothing is known of the hardware now; the board opens by itself. */
function linkDown(turn: Turn, reason = 'the link is down'): void {
  const { board } = turn.state;
  if (!board.link) return;
  turn.cancel('debounce');
  turn.cancel('contactor');
  turn.cancel('lock');
  turn.set({
    board: {
      ...board,
      link: false,
      lostAt: turn.moment.now,
      candidate: undefined,
      contactor: 'unknown',
      lock: 'unknown',
    },
    present: { ...turn.state.present, current: amps(0) },
  });
  turn.fact({ source: 'fault', type: 'fault.raised', data: { code: 'board-link', text: reason } });
  if (turn.state.transaction) turn.arm('board-grace', T_BOARD_GRACE);
}

/** The board told its whole state before; all that we want of it is said again. */
function linkUp(turn: Turn): void {
  const { board, orders, limits, supply } = turn.state;
  if (board.link) return;
  turn.cancel('board-grace');
  turn.set({ board: { ...board, link: true, lostAt: undefined } });
  if (board.lostAt !== undefined)
    turn.fact({ source: 'fault', type: 'fault.cleared', data: { code: 'board-link' } });
  turn.do({ do: 'open' });
  turn.do({ do: 'pilot', output: orders.output });
  turn.do({ do: 'lock', locked: orders.locked });
  turn.set({ orders: { ...turn.state.orders, limit: undefined, leftFAt: turn.moment.now } });
  turn.arm('pilot-settle', T_PILOT_SETTLE);
  const slot = limits.find((entry) => entry.name === 'supply');
  if (supply && slot?.limit !== supply.maxCurrent && turn.state.has.supply)
    setLimit(turn, 'supply', supply.maxCurrent);
}

export function onBoardGrace(turn: Turn): void {
  if (!turn.state.board.link) endTransaction(turn, 'BoardLost');
}
