import type { RecoveredTransaction } from '@kerbside/charging';
import type { Projection, Store } from '@kerbside/store';

/** The run of the machine in which the newest transaction started. */
const STARTED_IN = 'transactions.started-in';

/** What is known of the machine's time. */
export interface MachineTime {
  /** Names this run of the machine; undefined where it cannot be told. */
  readonly run: string | undefined;
  /** A time source keeps the clock. */
  readonly synchronised: boolean;
}

/**
 * The transactions that a crash left open, by EVSE. A machine that was off may have a clock that stood still meanwhile:
 * then nobody knows for how long, unless a time source has set it.
 */
export function recoveredTransactions(
  { settings, openTransactions }: Store['start'],
  { run, synchronised }: MachineTime,
): (evse: number) => RecoveredTransaction | undefined {
  const startedIn = settings.find(({ key }) => key === STARTED_IN)?.value;
  const timeKnown = synchronised || (run !== undefined && startedIn === JSON.stringify(run));
  return (evse) => {
    const open = openTransactions.find((one) => one.evse === evse);
    return open && { ...open, timeKnown };
  };
}

/** Keeps, with the start of each transaction, in which run of the machine it was. */
export const runOfStarts =
  (run: string | undefined): Projection =>
  (fact) =>
    run === undefined || fact.type !== 'transaction.started'
      ? {}
      : {
          operations: [
            {
              op: 'setting.put',
              key: STARTED_IN,
              value: JSON.stringify(run),
              source: 'charger',
              changedAt: fact.at,
              changedBy: 'charger',
            },
          ],
        };
