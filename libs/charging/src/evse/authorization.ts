import type { AuthorizationOrigin, AuthorizationStatus } from '../facts.ts';
import type { AuthorizationResult } from '../ports.ts';
import type { Token } from './state.ts';
import { T_AUTHORIZE } from './timings.ts';
import { endTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';

/** A token at the reader: it starts, stops, or takes back what it began. */
export function onToken(turn: Turn, idToken: string): void {
  const { transaction, token } = turn.state;
  if (transaction) return tokenInTransaction(turn, idToken);
  if (token?.idToken === idToken) {
    // The second time before anything flows takes the first back.
    if (token.status === 'accepted') dropToken(turn);
    return;
  }
  const why = refusesStart(turn);
  if (why || token?.status === 'asking') {
    turn.fact({ source: 'system', type: 'system.token-ignored', data: { reason: why ?? 'busy' } });
    return;
  }
  requestStart(turn, idToken, 'rfid');
}

/** Why nothing may be started now, by code. */
export function refusesStart(turn: Turn): string | undefined {
  const { board, faults, operative, shutdown, outbox, transaction, config, has } = turn.state;
  if (shutdown) return 'charger-stops';
  if (!board.link) return 'board-link-down';
  if (faults[0]) return 'faulted';
  if (!operative) return 'unavailable';
  if (config.kind === 'DC' && !has.hlc) return 'no-communication-configured';
  if (outbox.failing) return 'storage-failed';
  return transaction ? 'occupied' : undefined;
}

/** Asks the authorizer; an operator at the charger needs nobody's leave. */
export function requestStart(turn: Turn, idToken: string, by: Token['by']): void {
  const { now } = turn.moment;
  turn.setSession({ refused: undefined });
  if (!turn.state.session && turn.state.comingSession === undefined)
    turn.set({ comingSession: turn.newName() });
  if (by === 'operator') {
    turn.set({ token: { idToken, by, status: 'asking', ask: '', askedAt: now } });
    answered(turn, { status: 'Accepted', from: 'operator' });
    return;
  }
  turn.fact({ source: 'authorization', type: 'authorization.requested', data: { idToken, by } });
  const ask = turn.ask({ ask: 'authorize', idToken, by });
  turn.set({ token: { idToken, by, status: 'asking', ask, askedAt: now } });
  turn.arm('authorize', T_AUTHORIZE);
}

export function onAuthorization(turn: Turn, ask: string, result: AuthorizationResult): void {
  const { token, groupAsk } = turn.state;
  if (groupAsk?.ask === ask) return onGroup(turn, groupAsk.idToken, result);
  if (token?.ask === ask && token.status === 'asking') answered(turn, result);
}

export function onAuthorizeTimeout(turn: Turn): void {
  if (turn.state.token?.status === 'asking') answered(turn, { status: 'Invalid', from: 'offline' });
}

function answered(turn: Turn, result: AuthorizationResult): void {
  const { token, session, config } = turn.state;
  if (!token) return;
  turn.cancel('authorize');
  told(turn, token.idToken, result.status, result.from, turn.moment.now - token.askedAt);
  if (result.status !== 'Accepted') {
    turn.set({ token: undefined });
    turn.setSession({ refused: result.status });
    if (session && config.connectionTimeout > 0) turn.arm('connection', config.connectionTimeout);
    return;
  }
  turn.set({
    token: {
      ...token,
      status: 'accepted',
      ...(result.parentIdToken === undefined ? {} : { parent: result.parentIdToken }),
    },
  });
  turn.setSession({ over: undefined, timedOut: false });
  if (!session && config.connectionTimeout > 0) turn.arm('connection', config.connectionTimeout);
}

function told(
  turn: Turn,
  idToken: string,
  status: AuthorizationStatus,
  from: AuthorizationOrigin,
  tookMs: number,
): void {
  turn.fact({
    source: 'authorization',
    type: 'authorization.answered',
    data: { idToken, status, from, tookMs },
  });
}

export function dropToken(turn: Turn): void {
  turn.set({ token: undefined });
  turn.cancel('authorize');
  const { session, config } = turn.state;
  if (session && config.connectionTimeout > 0) turn.arm('connection', config.connectionTimeout);
  else turn.cancel('connection');
}

/** Plug-in or token came, and the other did not in time. */
export function onConnectionTimeout(turn: Turn): void {
  const { session, transaction, token } = turn.state;
  if (transaction || token?.status === 'asking') return;
  if (session && !token) turn.setSession({ timedOut: true });
  else if (!session && token) turn.set({ token: undefined });
  else return;
  turn.fact({
    source: 'system',
    type: 'system.connection-timeout',
    data: { missing: session ? 'authorization' : 'vehicle' },
  });
}

/** The same token stops; another one only if it is of the same group. */
function tokenInTransaction(turn: Turn, idToken: string): void {
  const { transaction, groupAsk } = turn.state;
  if (!transaction) return;
  if (transaction.idToken === idToken) return endTransaction(turn, 'Local', { idToken });
  if (transaction.parent === undefined || groupAsk) {
    const data = { reason: 'another transaction is running' };
    turn.fact({ source: 'system', type: 'system.token-ignored', data });
    return;
  }
  turn.fact({
    source: 'authorization',
    type: 'authorization.requested',
    data: { idToken, by: 'rfid' },
  });
  turn.set({ groupAsk: { idToken, ask: turn.ask({ ask: 'authorize', idToken, by: 'rfid' }) } });
}

function onGroup(turn: Turn, idToken: string, result: AuthorizationResult): void {
  const { transaction } = turn.state;
  turn.set({ groupAsk: undefined });
  told(turn, idToken, result.status, result.from, 0);
  const sameGroup =
    transaction?.parent !== undefined && result.parentIdToken === transaction.parent;
  if (result.status === 'Accepted' && sameGroup) endTransaction(turn, 'Local', { idToken });
}
