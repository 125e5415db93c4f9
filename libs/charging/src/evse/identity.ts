import { endTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';

/**
 * The car says who it is (EVCCID). Another one than before, in one session: its predecessor was unplugged while the board
 * could not tell. Nobody charges on another's account: the transaction ends, the token is forgotten, and the newcomer
 * is told to stop, until it is plugged in anew.
 */
export function identify(turn: Turn, evccId: string): void {
  const { session, token, transaction } = turn.state;
  const before = session?.evccId;
  turn.setSession({ evccId });
  if (before === undefined || before === evccId || !(transaction ?? token)) return;
  turn.fact({ source: 'system', type: 'system.other-car', data: { before, now: evccId } });
  if (transaction) endTransaction(turn, 'EVDisconnected');
  else turn.set({ token: undefined });
}
