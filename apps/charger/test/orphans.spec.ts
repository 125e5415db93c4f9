import type { OpenTransaction } from '@kerbside/charging';
import { wattHours } from '@kerbside/kernel';
import { expect, it } from 'vitest';
import { orphanFacts } from '../src/unit/orphan-facts.ts';

const open = (evse: number, transaction: string): OpenTransaction => ({
  transaction,
  session: `session of ${transaction}`,
  evse,
  connector: evse,
  idToken: 'TAG',
  meterStart: wattHours(100),
  lastMeter: wattHours(150),
  lastAt: 4000,
});
const session = (evse: number, name: string) => ({ session: name, evse, began: 1 });

it('ends what no EVSE takes up: a transaction of one that was removed, with its last value on disk', () => {
  const facts = orphanFacts(
    {
      openTransactions: [open(1, 't1'), open(2, 't2')],
      openSessions: [
        session(1, 'session of t1'),
        session(2, 'session of t2'),
        session(1, 'plugged in, never started'),
      ],
    },
    [1],
    5000,
  );
  expect(facts).toMatchObject([
    {
      evse: 2,
      session: 'session of t2',
      type: 'transaction.stopped',
      data: { transaction: 't2', meterStart: 100, meter: { energy: 150 }, reason: 'PowerLoss' },
    },
    { session: 'session of t2', type: 'session.ended' },
    { session: 'plugged in, never started', type: 'session.ended' },
  ]);
});

it('leaves to an EVSE what it goes on with', () => {
  const left = { openTransactions: [open(1, 't1')], openSessions: [session(1, 'session of t1')] };
  expect(orphanFacts(left, [1, 2], 5000)).toEqual([]);
});
