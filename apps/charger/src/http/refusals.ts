import type { Ledger } from '@kerbside/charging';
import { type Clock, ReportLimit } from '@kerbside/kernel';

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

/** Entries a second for all peers together; one that sends junk for ever fills no disk. */
const MOST_PER_SECOND = 10;

/** Notes refusals in the journal, a bounded number a second, and how many more there were. */
export function journalRefusals(ledger: Pick<Ledger, 'note'>, clock: Clock): TellRefusal {
  const note = (type: `${Refusal['on']}.${string}`, data: Readonly<Record<string, unknown>>) =>
    ledger.note([{ at: clock.now(), source: 'operator', type, data }]);
  const limitOf = (on: Refusal['on']) =>
    new ReportLimit(clock, MOST_PER_SECOND, (refusals) => note(`${on}.suppressed`, { refusals }));
  const limits = { http: limitOf('http'), stream: limitOf('stream'), control: limitOf('control') };
  return ({ on, ...data }) => {
    if (limits[on].passes()) note(`${on}.refused`, data);
  };
}
