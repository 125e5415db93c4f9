import type { Fact } from '@kerbside/charging';
import { watts } from '@kerbside/kernel';
import type { StartState } from '@kerbside/store';

type Left = Pick<StartState, 'openTransactions' | 'openSessions'>;

/**
 * What a crash left open and no EVSE takes up: sessions without a transaction, and transactions of an EVSE
 * that is not there any more. They end here, a transaction with the last register value on disk.
 */
export function orphanFacts(left: Left, evses: readonly number[], at: number): readonly Fact[] {
  const { openTransactions, openSessions } = left;
  const taken = new Set(evses.map((id) => openTransactions.find(({ evse }) => evse === id)));
  const stops = openTransactions
    .filter((open) => !taken.has(open))
    .map(({ evse, session, transaction, connector, meterStart, lastMeter }): Fact => ({
      at,
      evse,
      session,
      source: 'energy',
      type: 'transaction.stopped',
      data: {
        transaction,
        connector,
        meterStart,
        meter: { at, energy: lastMeter, power: watts(0), voltage: [], current: [] },
        reason: 'PowerLoss',
      },
    }));
  const goOn = new Set([...taken].map((open) => open?.session));
  const ends = openSessions
    .filter(({ session }) => !goOn.has(session))
    .map(({ session, evse }): Fact => ({
      at,
      evse,
      session,
      source: 'system',
      type: 'session.ended',
      data: { reason: 'PowerLoss' },
    }));
  return [...stops, ...ends];
}
