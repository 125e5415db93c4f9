import type { QueuedMessage as OcppMessage, QueueStore } from '@kerbside/ocpp';
import { type Clock, PortError } from '@kerbside/kernel';
import { GIVEN_UP_SHOWN, type StartState } from '../database/start-state.ts';
import { BatchRefused, StoreClosed } from '../errors.ts';
import type { Operation } from '../operations.ts';
import type { QueuedMessage } from '../records.ts';
import type { Store } from '../store.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** The message is not in the queue, or already done. */
export class NotQueued extends PortError {
  constructor(seq: number) {
    super('store.not-queued', `message ${seq} is not in the queue`);
  }
}

export interface OcppQueue extends QueueStore {
  /** Takes the messages of a commit that is on disk: for `onQueued` of the ledger. */
  queued(messages: readonly QueuedMessage[]): void;
  /** Arrival of the oldest message, wall time. */
  readonly oldest: number | undefined;
  /** The EVSE and the session of a transaction that still has messages here. */
  ownerOf(transaction: string): { readonly evse: number; readonly session?: string } | undefined;
  /** How many messages are on record that were given up, and the newest of them, oldest first. */
  readonly givenUp: StartState['givenUp'];
}

/** The transaction queue of OCPP on the store: kept in memory, every change on disk before it is told. */
export function createOcppQueue(store: Store, clock: Clock): OcppQueue {
  const waiting = new Map<number, QueuedMessage>();
  const numbers = new Map<string, number>();
  for (const message of store.start.queue) waiting.set(message.id, message);
  for (const { transaction, ocppTransactionId } of store.start.transactionNumbers)
    numbers.set(transaction, ocppTransactionId);

  let { givenUp } = store.start;

  const first = (): QueuedMessage | undefined => waiting.values().next().value;
  const find = (seq: number): QueuedMessage => {
    const message = waiting.get(seq);
    if (!message) throw new NotQueued(seq);
    return message;
  };
  /**
   * Resolves when it is on disk, however long the disk fails meanwhile: an answer of the back-end that was
   * given up would be asked for again, and a transaction started twice.
   */
  async function change(seq: number, operations: readonly Operation[]): Promise<void> {
    find(seq);
    await new Promise<void>((resolve, reject) => {
      store.commit(operations, { retain: true, landed: resolve }).then(
        () => resolve(),
        (error: unknown) => {
          if (error instanceof BatchRefused || error instanceof StoreClosed) reject(error);
        },
      );
    });
  }

  return {
    get oldest() {
      return first()?.at;
    },
    get givenUp() {
      return givenUp;
    },
    ownerOf(transaction) {
      for (const { transaction: key, evse, session } of waiting.values())
        if (key === transaction && evse !== undefined)
          return { evse, ...(session === undefined ? {} : { session }) };
      return undefined;
    },
    queued(messages) {
      for (const message of messages) waiting.set(message.id, message);
    },
    async head() {
      const message = first();
      return message && seen(message, numbers.get(message.transaction ?? ''));
    },
    async length() {
      return waiting.size;
    },
    async markRendered(seq, payload) {
      await change(seq, [{ op: 'message.render', id: seq, payload }]);
      waiting.set(seq, { ...find(seq), payload, state: 'rendered' });
    },
    async markAttempt(seq, attempts) {
      await change(seq, [{ op: 'message.attempt', id: seq, attempts }]);
      waiting.set(seq, { ...find(seq), attempts });
    },
    async markDone(seq, assigned) {
      await change(seq, [
        ...(assigned ? [{ op: 'transaction.identify', ...numberOf(assigned) } as const] : []),
        { op: 'message.done', id: seq, at: clock.now() },
      ]);
      if (assigned) numbers.set(assigned.transaction, assigned.transactionId);
      waiting.delete(seq);
    },
    async drop(seq, reason) {
      const at = clock.now();
      await change(seq, [{ op: 'message.drop', id: seq, at, outcome: reason }]);
      const { at: since, action, evse, session, transaction } = find(seq);
      const dropped = {
        at: since,
        action,
        evse,
        session,
        transaction,
        doneAt: at,
        outcome: reason,
      };
      givenUp = {
        count: givenUp.count + 1,
        newest: [...givenUp.newest, withoutUndefined(dropped)].slice(-GIVEN_UP_SHOWN),
      };
      waiting.delete(seq);
    },
    async transactionId(transaction) {
      return numbers.get(transaction);
    },
    async transactionKey(transactionId) {
      for (const [key, number] of numbers) if (number === transactionId) return key;
      return undefined;
    },
  };
}

const numberOf = (assigned: { transaction: string; transactionId: number }) => ({
  transaction: assigned.transaction,
  ocppTransactionId: assigned.transactionId,
});

/** A row of the store as the station knows it. */
function seen(message: QueuedMessage, transactionId: number | undefined): OcppMessage {
  const { id, action, transaction = '', fact, attempts, payload } = message;
  return {
    seq: id,
    action: action as OcppMessage['action'],
    transaction,
    body: fact,
    attempts,
    ...(payload === undefined ? {} : { rendered: payload }),
    ...(transactionId === undefined ? {} : { transactionId }),
  };
}
