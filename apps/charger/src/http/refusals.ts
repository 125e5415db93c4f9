import type { Ledger } from '@kerbside/charging';
import { BAD_INPUT_RATE, type Clock, TrickleLimit } from '@kerbside/kernel';

/** What came in that is no valid input: where and what is wrong with it, never what it says. */
export interface Refusal {
  readonly on: 'http' | 'stream' | 'control';
  readonly code: string;
  /** The account or API token, where one was shown. */
  readonly by?: string;
  /** Address of the peer. */
  readonly from?: string;
  readonly method?: string;
  /** As the contract spells it, with parameters as {name}. */
  readonly route?: string;
  readonly status?: number;
}

export type TellRefusal = (refusal: Refusal) => void;

/** Peers of one kind with a limit of their own; all beyond them share one. */
const MOST_PEERS = 32;

/** Who is told apart: an account or API token by its name, a stranger by its address. */
type Peer = Pick<Refusal, 'by' | 'from'>;
const peerOf = ({ by, from }: Refusal): Peer =>
  by === undefined ? (from === undefined ? {} : { from }) : { by };

class PeerLimits {
  readonly #make: (peer: Peer) => TrickleLimit;
  readonly #limits = new Map<string, TrickleLimit>();
  readonly #others: TrickleLimit;

  constructor(make: (peer: Peer) => TrickleLimit) {
    this.#make = make;
    this.#others = make({});
  }

  of(peer: Peer): TrickleLimit {
    if (peer.by === undefined && peer.from === undefined) return this.#others;
    const key = JSON.stringify(peer);
    const known = this.#limits.get(key);
    if (known) return known;
    if (this.#limits.size >= MOST_PEERS) this.#forget();
    if (this.#limits.size >= MOST_PEERS) return this.#others;
    const limit = this.#make(peer);
    this.#limits.set(key, limit);
    return limit;
  }

  #forget(): void {
    for (const [key, limit] of this.#limits) if (limit.spent) this.#limits.delete(key);
  }

  flush(): void {
    for (const limit of [...this.#limits.values(), this.#others]) limit.flush();
  }
}

export interface Refusals {
  readonly tell: TellRefusal;
  /** Writes the counts that wait. */
  close(): void;
}

/** Notes refusals in the journal, a bounded number of each peer, and how many more there were. */
export function journalRefusals(ledger: Pick<Ledger, 'note'>, clock: Clock): Refusals {
  const note = (
    type: `${Refusal['on']}.${string}`,
    data: Peer & Readonly<Record<string, unknown>>,
  ) => {
    const source = data.by === undefined ? 'system' : 'operator';
    ledger.note([{ at: clock.now(), source, type, data }]);
  };
  const limitsOf = (on: Refusal['on']) =>
    new PeerLimits(
      (peer) =>
        new TrickleLimit(clock, BAD_INPUT_RATE, (refusals) =>
          note(`${on}.suppressed`, { refusals, ...peer }),
        ),
    );
  const limits = {
    http: limitsOf('http'),
    stream: limitsOf('stream'),
    control: limitsOf('control'),
  };
  return {
    tell(refusal) {
      const { on, ...data } = refusal;
      if (limits[on].of(peerOf(refusal)).passes()) note(`${on}.refused`, data);
    },
    close() {
      for (const kind of Object.values(limits)) kind.flush();
    },
  };
}
