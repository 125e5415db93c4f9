import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fact } from '@kerbside/charging';
import { systemClock as clock } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { createLedger, openStore } from '@kerbside/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recoveredTransactions, runOfStarts } from './recovered.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kbt-recovered-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const reading = { at: 5000, energy: 900, power: 0, voltage: [], current: [] };
const facts = [
  {
    at: 4000,
    evse: 1,
    session: 's',
    source: 'system',
    type: 'session.began',
    data: { trigger: 'plug-in' },
  },
  {
    at: 5000,
    evse: 1,
    session: 's',
    source: 'energy',
    type: 'transaction.started',
    data: { transaction: 't', connector: 1, idToken: 'TAG', meter: reading },
  },
] as unknown as readonly Fact[];

const store = async () =>
  openStore({ path: join(directory, 'kerbside.db'), clock, log: silentLogger });

it('knows how long ago it was within one run of the machine, or once a time source has set the clock', async () => {
  const first = await store();
  await createLedger(first, { clock, projections: [runOfStarts('run 1')] }).record(facts);
  await first.close();

  const again = await store();
  const known = (run: string | undefined, synchronised: boolean) =>
    recoveredTransactions(again.start, { run, synchronised })(1)?.timeKnown;
  expect(known('run 1', false)).toBe(true);
  expect(known('run 2', false)).toBe(false);
  expect(known('run 2', true)).toBe(true);
  expect(known(undefined, false)).toBe(false);
  const open = recoveredTransactions(again.start, { run: 'run 1', synchronised: false });
  expect(open(1)).toMatchObject({ transaction: 't', idToken: 'TAG', lastAt: 5000 });
  expect(open(2)).toBeUndefined();
  await again.close();
});

it('knows nothing of transactions that an earlier version started', async () => {
  const first = await store();
  await createLedger(first, { clock, projections: [runOfStarts(undefined)] }).record(facts);
  await first.close();
  const again = await store();
  const open = recoveredTransactions(again.start, { run: 'run 1', synchronised: false });
  expect(open(1)?.timeKnown).toBe(false);
  await again.close();
});
