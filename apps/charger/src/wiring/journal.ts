import type { Fact, FactHead, Ledger, ServiceFact, SessionId } from '@kerbside/charging';
import type { Clock } from '@kerbside/kernel';

/** Notes facts of a service of one EVSE; the session is the one in progress. */
export interface EvseJournal {
  note(source: ServiceFact['source'], type: ServiceFact['type'], data: ServiceFact['data']): void;
}

/** Anything of a report but its kind. */
export const withoutKind = <T extends { readonly kind: string }>({ kind, ...rest }: T) => {
  void kind;
  return rest;
};

/** Gives every fact its time, EVSE and session. */
export function evseJournal(
  ledger: Pick<Ledger, 'note'>,
  clock: Clock,
  evse: number,
  session: () => SessionId | undefined,
): EvseJournal {
  return {
    note(source, type, data) {
      const id = session();
      const head: FactHead = {
        at: clock.now(),
        evse,
        ...(id === undefined ? {} : { session: id }),
      };
      ledger.note([{ ...head, source, type, data } as Fact]);
    },
  };
}
