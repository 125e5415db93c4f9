import type { Fact, Ledger } from '@kerbside/charging';
import { type Clock, type Logger, millis, PortError, silentLogger } from '@kerbside/kernel';
import { BatchRefused, StoreClosed, StoreSlow } from './errors.ts';
import type { MessageRow, Operation } from './operations.ts';
import { entryOf, rowsOf } from './ops-of.ts';
import type { JournalRecord, QueuedMessage } from './records.ts';
import type { Store } from './store.ts';
import { withoutUndefined } from './without-undefined.ts';

/** A message that a fact puts into the queue; its place and its journal entry are given here. */
export type NewMessage = Omit<MessageRow, 'id' | 'at' | 'entry'>;

/** A pure function of the fact: what else goes into its transaction, such as rows of the OCPP queue. */
export type Projection = (fact: Fact) => {
  readonly messages?: readonly NewMessage[];
  readonly operations?: readonly Operation[];
};

export interface LedgerOptions {
  readonly clock: Clock;
  readonly log?: Logger;
  readonly projections?: readonly Projection[];
  /** Each fact as soon as it is known, with its place in the journal, secrets masked. */
  readonly onEntry?: (entry: JournalRecord) => void;
  /** The messages of a commit, once they are on disk, in order. */
  readonly onQueued?: (messages: readonly QueuedMessage[]) => void;
  /**
   * Milliseconds since the machine started while its clock is not right: entries are marked with it.
   * Undefined once their times can be trusted.
   */
  readonly sinceBoot?: () => number | undefined;
  /** The energy side gives up on a commit after this long; the facts stay and are tried on. */
  readonly patience?: number;
}

/** `record` rejects after this long. DESIGN section 3 */
export const LEDGER_PATIENCE_MS = 2_000;

/** The session journal on the store: a fact, its rows and its messages in one commit. */
export function createLedger(store: Store, options: LedgerOptions): Ledger {
  const { clock, log = silentLogger, projections = [], onEntry, onQueued } = options;
  const patience = millis(options.patience ?? LEDGER_PATIENCE_MS);

  function translate(facts: readonly Fact[]): {
    operations: Operation[];
    messages: QueuedMessage[];
  } {
    const operations: Operation[] = [];
    const messages: QueuedMessage[] = [];
    for (const fact of facts) {
      const entry = entryOf(fact, store.nextEntry(), options.sinceBoot?.());
      operations.push({ op: 'entry.add', ...entry }, ...rowsOf(fact));
      for (const projection of projections) {
        const more = projection(fact);
        for (const message of more.messages ?? []) {
          const row: MessageRow = {
            ...message,
            id: store.nextMessage(),
            at: fact.at,
            entry: entry.id,
          };
          operations.push({ op: 'message.add', ...row });
          messages.push({
            ...withoutUndefined({ ...row, session: fact.session }),
            attempts: 0,
            state: 'waiting',
          });
        }
        operations.push(...(more.operations ?? []));
      }
      onEntry?.(recordOf(entry));
    }
    return { operations, messages };
  }

  /** Facts that were recorded, each with the moment it is on disk; the same object is written once. */
  const recorded = new WeakMap<Fact, Promise<void>>();

  /** Commits the facts as one batch, which the store keeps until it is written. */
  function commit(facts: readonly Fact[]): Promise<void> {
    const { operations, messages } = translate(facts);
    let onDisk = (): void => {};
    const landing = new Promise<void>((resolve) => (onDisk = resolve));
    for (const fact of facts) recorded.set(fact, landing);
    const landed = () => {
      onDisk();
      if (messages.length > 0) onQueued?.(messages);
    };
    return store.commit(operations, { retain: true, landed }).then(
      () => undefined,
      (error: unknown) => {
        // refused for good, or closed: nothing of it is waiting, it may be recorded anew
        if (!(error instanceof PortError) || !isDisk(error))
          for (const fact of facts) recorded.delete(fact);
        throw error;
      },
    );
  }

  return {
    record(facts) {
      const known = new Set(facts.map((fact) => recorded.get(fact)));
      const fresh = facts.filter((fact) => !recorded.has(fact));
      const waits = [...known].filter((landing) => landing !== undefined);
      if (fresh.length > 0) waits.push(commit(fresh));
      return new Promise((resolve, reject) => {
        const late = clock.arm(patience, () => reject(new StoreSlow(patience)));
        Promise.all(waits)
          .finally(late)
          .then(() => resolve(), reject);
      });
    },
    note(facts) {
      const { operations, messages } = translate(facts);
      if (messages.length === 0) {
        store.note(operations);
        return;
      }
      // a message is on disk before it is sent, whatever lane its fact came by
      const landed = () => onQueued?.(messages);
      store.commit(operations, { retain: true, landed }).catch((error: unknown) => {
        log.error('store.message-late', { reason: String(error) });
      });
    },
  };
}

/** The disk failed: the store keeps the batch and tries on. */
const isDisk = (error: PortError): boolean =>
  !(error instanceof BatchRefused || error instanceof StoreClosed);

function recordOf(entry: ReturnType<typeof entryOf>): JournalRecord {
  const { id, at, evse, session, source, type, sinceBoot } = entry;
  return {
    id,
    at,
    ...(evse === undefined ? {} : { evse }),
    ...(session === undefined ? {} : { session }),
    source,
    type,
    data: JSON.parse(entry.data) as Record<string, unknown>,
    ...(sinceBoot === undefined ? {} : { sinceBoot }),
  };
}
