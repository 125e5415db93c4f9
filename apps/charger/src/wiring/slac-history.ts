import type { SlacAttemptPage, SlacAttemptSummary } from '@kerbside/contracts';
import type { Attempt, LastGood } from '@kerbside/slac';
import type { StartState, Store } from '@kerbside/store';
import type { SlacHistory } from '../slac/slac-history.ts';
import { toSlacSummary } from '../slac/slac-view.ts';

/** The attempts of SLAC in the store, written in batches that nobody awaits. */
export function slacHistory(store: Pick<Store, 'note' | 'reader'>): SlacHistory {
  return {
    keep({ evse, attempt, reference }) {
      store.note([
        {
          op: 'attempt.put',
          id: attempt.id,
          evse,
          session: attempt.session,
          began: attempt.began,
          result: attempt.result,
          evMac: attempt.evMac,
          summary: JSON.stringify(toSlacSummary(attempt, evse)),
          data: JSON.stringify(attempt),
          reference: reference && JSON.stringify(reference),
        },
      ]);
    },
    async list(query): Promise<SlacAttemptPage> {
      const { items, next, totals, medianMs } = await store.reader.slacAttempts(query);
      const count = (result: string) => totals[result] ?? 0;
      return {
        // written by `keep`, of this version or one before
        items: items.map(({ summary }) => summary as unknown as SlacAttemptSummary),
        ...(next === undefined ? {} : { next }),
        totals: { matched: count('matched'), failed: count('failed'), ended: count('ended') },
        ...(medianMs === undefined ? {} : { medianMs }),
      };
    },
    async attempt(evse, id) {
      return (await store.reader.slacAttempt({ evse, id })) as unknown as Attempt | undefined;
    },
  };
}

/** What an EVSE's next attempts are compared with, from before the start. */
export function lastGoodOf(start: StartState, evse: number): LastGood | undefined {
  const found = start.slacReferences.find((one) => one.evse === evse);
  return found && (JSON.parse(found.reference) as LastGood);
}
