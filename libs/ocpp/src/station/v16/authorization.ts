import { type Amps, amps } from '@kerbside/kernel';
import type { IdTagInfo } from '../../messages/v16/id-tag-info.ts';
import { parseDateTime } from '../../messages/v16/date-time.ts';
import { checkResponse } from '../../messages/v16/validate.ts';
import type {
  AssignedTransaction,
  CachedCard,
  StationAuthorizationResult,
  TransactionKey,
} from '../../ports.ts';
import type { CallOutcome } from '../../rpc/rpc-machine.ts';
import { isSet, numberOf } from './configuration/configuration.ts';
import type { Connector } from './station-state.ts';
import type { Turn } from './turn.ts';

/** idTags compare without case. */
export const cardKey = (idTag: string): string => idTag.toUpperCase();

const MAX_ID_TAG = 20;
const MAX_CARDS = 1_000;

function answer(turn: Turn, ref: string, result: StationAuthorizationResult): void {
  turn.do({ do: 'authorized', ref, result });
}

const expired = (card: CachedCard, wall: number): boolean =>
  card.expires !== undefined && card.expires <= wall;

function cachedCard(turn: Turn, idTag: string): CachedCard | undefined {
  return isSet(turn.state.configuration, 'AuthorizationCacheEnabled')
    ? turn.state.cards.get(cardKey(idTag))
    : undefined;
}

const resultOf = (card: CachedCard, wall: number): StationAuthorizationResult => ({
  status: card.status === 'Accepted' && expired(card, wall) ? 'Expired' : card.status,
  from: 'cache',
  ...(card.parentIdToken === undefined ? {} : { parentIdToken: card.parentIdToken }),
});

/** Without the CSMS: the cache by LocalAuthorizeOffline, others by AllowOfflineTxForUnknownId. */
function offlineResult(turn: Turn, idTag: string): StationAuthorizationResult {
  const { configuration } = turn.state;
  const card = isSet(configuration, 'LocalAuthorizeOffline') ? cachedCard(turn, idTag) : undefined;
  if (card) return resultOf(card, turn.moment.wall);
  return {
    status: isSet(configuration, 'AllowOfflineTxForUnknownId') ? 'Accepted' : 'Invalid',
    from: 'offline',
  };
}

/** May this card charge? Answered by `authorized`, always. OCPP 1.6 sections 3.4, 4.1 */
export function onAuthorize(turn: Turn, ref: string, idToken: string, evse: number): void {
  const { configuration, remoteStarts } = turn.state;
  // A longer one is no idTag of 1.6; cut, it might be somebody else's.
  if (idToken.length === 0 || idToken.length > MAX_ID_TAG) {
    answer(turn, ref, { status: 'Invalid', from: 'offline' });
    return;
  }
  const remote = remoteStarts.get(evse);
  if (remote && remote.until > turn.moment.now && remote.idTag === cardKey(idToken)) {
    answer(turn, ref, { status: 'Accepted', from: 'csms' });
    return;
  }
  if (!turn.online) {
    answer(turn, ref, offlineResult(turn, idToken));
    return;
  }
  const card = isSet(configuration, 'LocalPreAuthorize') ? cachedCard(turn, idToken) : undefined;
  if (card?.status === 'Accepted' && !expired(card, turn.moment.wall)) {
    answer(turn, ref, resultOf(card, turn.moment.wall));
    return;
  }
  const id = turn.call(
    { for: 'authorize', ref, idTag: idToken },
    'Authorize',
    { idTag: idToken },
    { urgent: true },
  );
  turn.set({ authorizing: new Map([...turn.state.authorizing, [ref, id]]) });
  turn.arm(`authorize:${ref}`, numberOf(configuration, 'MessageTimeout'));
}

function settle(turn: Turn, ref: string, result: StationAuthorizationResult): void {
  if (!turn.state.authorizing.has(ref)) return;
  const authorizing = new Map(turn.state.authorizing);
  authorizing.delete(ref);
  turn.set({ authorizing });
  turn.cancel(`authorize:${ref}`);
  answer(turn, ref, result);
}

export function onAuthorizeOutcome(
  turn: Turn,
  ref: string,
  idTag: string,
  outcome: CallOutcome,
): void {
  const checked =
    outcome.kind === 'result' ? checkResponse('Authorize', outcome.payload) : undefined;
  // CALLERROR, no answer, a malformed one: the CSMS is not there for this card.
  if (!checked?.ok) {
    settle(turn, ref, offlineResult(turn, idTag));
    return;
  }
  const info = checked.value.idTagInfo;
  rememberCard(turn, idTag, info);
  const {
    status,
    from: _,
    ...rest
  } = resultOf(cardOf(idTag, info, turn.moment.wall), turn.moment.wall);
  settle(turn, ref, { status, from: 'csms', ...rest });
}

/** The driver has waited long enough, also when the CALL itself still waits its turn. */
export function onAuthorizeTimer(turn: Turn, ref: string): void {
  const id = turn.state.authorizing.get(ref);
  if (id === undefined) return;
  const work = turn.state.work.get(id);
  if (work?.for !== 'authorize') return;
  turn.do({ do: 'withdraw', id });
  settle(turn, ref, offlineResult(turn, work.idTag));
}

function cardOf(idTag: string, info: IdTagInfo, wall: number): CachedCard {
  const expires = info.expiryDate === undefined ? undefined : parseDateTime(info.expiryDate);
  return {
    idToken: cardKey(idTag),
    status: info.status,
    ...(info.parentIdTag === undefined ? {} : { parentIdToken: info.parentIdTag }),
    ...(expires === undefined ? {} : { expires }),
    updatedAt: wall,
  };
}

/** Who leaves when the cache is full: first a card that is not Accepted, then the oldest. */
function victim(cards: ReadonlyMap<string, CachedCard>): CachedCard | undefined {
  return [...cards.values()].toSorted(
    (a, b) =>
      Number(a.status === 'Accepted') - Number(b.status === 'Accepted') ||
      a.updatedAt - b.updatedAt,
  )[0];
}

/** Keeps what the CSMS said of a card, good or bad. OCPP 1.6 section 3.4.1 */
export function rememberCard(turn: Turn, idTag: string, info: IdTagInfo): void {
  if (!isSet(turn.state.configuration, 'AuthorizationCacheEnabled')) return;
  // It depends on what else goes on now, and says nothing of the card itself.
  if (info.status === 'ConcurrentTx') return;
  const card = cardOf(idTag, info, turn.moment.wall);
  const cards = new Map(turn.state.cards);
  if (!cards.has(card.idToken) && cards.size >= MAX_CARDS) {
    const leaving = victim(cards);
    if (leaving) {
      cards.delete(leaving.idToken);
      turn.ask({ for: 'nothing', what: 'card' }, { ask: 'remove-card', idToken: leaving.idToken });
    }
  }
  cards.set(card.idToken, card);
  turn.set({ cards });
  turn.ask({ for: 'nothing', what: 'card' }, { ask: 'put-card', card });
}

/** StartTransaction.conf refused the card: no more energy, by StopTransactionOnInvalidId. OCPP 1.6 section 4.8 */
export function onStartAnswered(
  turn: Turn,
  info: IdTagInfo,
  started: AssignedTransaction & { readonly connector: number },
): void {
  const { transaction, transactionId, connector } = started;
  turn.setConnector(connector, { numbered: { transaction, transactionId } });
  const evse = turn.state.connectors.get(connector)?.evse;
  if (info.status === 'Accepted' || evse === undefined) return;
  const stop = isSet(turn.state.configuration, 'StopTransactionOnInvalidId');
  turn.report('ocpp.card-refused', { transaction, status: info.status, stop });
  if (stop)
    turn.ask(
      { for: 'nothing', what: 'stop of a refused card' },
      {
        ask: 'command',
        evse,
        command: { command: 'stop', transaction, reason: 'DeAuthorized' },
      },
    );
  else suspendWhile(turn, started);
}

/** The transaction goes on without energy until it ends; the limit is lifted with its end. */
function suspendWhile(
  turn: Turn,
  { transaction, connector }: { readonly transaction: TransactionKey; readonly connector: number },
): void {
  const known = turn.state.connectors.get(connector);
  // An offline start whose transaction is over already needs no limit.
  if (known?.evse === undefined || known.snapshot?.transaction?.key !== transaction) return;
  turn.setConnector(connector, { suspended: transaction });
  commandLimit(turn, known.evse, amps(0));
}

const commandLimit = (turn: Turn, evse: number, limit: Amps | undefined): void =>
  turn.ask(
    { for: 'nothing', what: 'limit of a refused card' },
    { ask: 'command', evse, command: { command: 'limit', slot: 'ocpp', limit } },
  );

/** Lifts the limit of a refused card when its transaction is over. */
export function liftSuspension(turn: Turn, connector: Connector): void {
  if (connector.suspended === undefined || connector.evse === undefined) return;
  if (connector.snapshot?.transaction?.key === connector.suspended) return;
  turn.setConnector(connector.connector, { suspended: undefined });
  commandLimit(turn, connector.evse, undefined);
}
