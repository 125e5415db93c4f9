import type { EvseId, SessionId } from '@kerbside/charging';

/** The EVSE and the session that an exchange with the back-end is about. */
export interface Owner {
  readonly evse: EvseId;
  readonly session?: SessionId;
}

interface Exchange {
  readonly id?: unknown;
  readonly kind?: unknown;
  readonly action?: unknown;
  readonly payload?: unknown;
}

const REMEMBERED = 128;

const numberIn = (payload: unknown, name: string): number | undefined => {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const value = (payload as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'number' ? value : undefined;
};

class Recent<K, V> extends Map<K, V> {
  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    const oldest = this.size > REMEMBERED ? this.keys().next() : undefined;
    if (oldest && !oldest.done) this.delete(oldest.value);
    return this;
  }
}

/** Finds out to which session a message belongs: by connector, by transaction, or by the call that it answers. */
export class OcppSessions {
  readonly #sessionOf: (evse: EvseId) => SessionId | undefined;
  readonly #byCall = new Recent<string, Owner>();
  readonly #byTransaction = new Recent<number, Owner>();
  #asking: Owner | undefined;

  constructor(sessionOf: (evse: EvseId) => SessionId | undefined) {
    this.#sessionOf = sessionOf;
  }

  /** A token of this EVSE is about to be asked for: the next Authorize is its. */
  authorizing(evse: EvseId): void {
    this.#asking = this.#now(evse);
  }

  #now(evse: EvseId): Owner {
    const session = this.#sessionOf(evse);
    return { evse, ...(session === undefined ? {} : { session }) };
  }

  ownerOf(exchange: Exchange, evse: EvseId | undefined): Owner | undefined {
    const { id, kind, action, payload } = exchange;
    if (typeof id !== 'string') return evse === undefined ? undefined : this.#now(evse);
    if (kind !== 'call') {
      const owner = this.#byCall.get(id);
      const transaction = numberIn(payload, 'transactionId');
      if (owner && action === 'StartTransaction' && transaction !== undefined)
        this.#byTransaction.set(transaction, owner);
      return owner;
    }
    const transaction = numberIn(payload, 'transactionId');
    const owner =
      (transaction === undefined ? undefined : this.#byTransaction.get(transaction)) ??
      (evse === undefined ? undefined : this.#now(evse)) ??
      (action === 'Authorize' ? this.#asking : undefined);
    if (owner) this.#byCall.set(id, owner);
    return owner;
  }
}
