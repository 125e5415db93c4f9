import type { Fact } from '@kerbside/charging';
import type { Projection } from '../../src/ledger.ts';
import {
  beganFact,
  endedFact,
  sampledFact,
  startedFact,
  stoppedFact,
} from '../../src/testing/facts.ts';

/** Charges that overlap: each takes 8 facts, and three run at a time. */
const STEPS = 8;
const LANES = 3;

export interface WorkItem {
  readonly fact: Fact;
  readonly charge: number;
  readonly step: number;
}

/** Fact number `n` of the endless workload, from 0; its number is its time. */
export function workItem(n: number): WorkItem {
  const round = Math.floor(n / (STEPS * LANES));
  const within = n % (STEPS * LANES);
  const charge = round * LANES + (within % LANES);
  const step = Math.floor(within / LANES);
  const key = `t${charge}`;
  const session = `s${charge}`;
  const facts: Fact[] = [
    beganFact(n, session),
    startedFact(key, charge * 1_000, n, session),
    ...[100, 200, 300, 400].map((wh) => sampledFact(key, charge * 1_000 + wh, n, session)),
    stoppedFact(key, charge * 1_000 + 500, n, session),
    endedFact(n, session),
  ];
  return { fact: facts[step] as Fact, charge, step };
}

/** Keys and meters of the transactions that are open after the first `count` facts. */
export function expectedOpen(count: number): { transaction: string; lastMeter: number }[] {
  const open = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    const { fact } = workItem(n);
    if (fact.type === 'transaction.started')
      open.set(fact.data.transaction, fact.data.meter.energy);
    if (fact.type === 'meter.sampled') open.set(fact.data.transaction, fact.data.meter.energy);
    if (fact.type === 'transaction.stopped') open.delete(fact.data.transaction);
  }
  return [...open].map(([transaction, lastMeter]) => ({ transaction, lastMeter }));
}

/** One message for each start and stop, as a back-end's queue has. */
export const workloadMessages: Projection = (fact) => ({
  messages: fact.type.startsWith('transaction.')
    ? [{ action: fact.type, transaction: 't', fact: String(fact.at) }]
    : [],
});
