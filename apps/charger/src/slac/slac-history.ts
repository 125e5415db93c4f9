import type { Attempt, LastGood } from '@kerbside/slac';
import type { SlacAttemptPage } from '@kerbside/contracts';

/** An attempt as it is kept. */
export interface KeptAttempt {
  readonly evse: number;
  readonly attempt: Attempt;
  readonly reference?: LastGood;
}

/** The attempts that are kept. Reading rejects with a PortError when the store can't be read. */
export interface SlacHistory {
  /** Not awaited; the same attempt again replaces it. */
  keep(attempt: KeptAttempt): void;
  list(query: {
    evse: number;
    limit: number;
    cursor?: string | undefined;
    evMac?: string | undefined;
  }): Promise<SlacAttemptPage>;
  attempt(evse: number, id: string): Promise<Attempt | undefined>;
}
