import type { Session, TimelineEntry } from '@kerbside/contracts';
import { expect } from 'vitest';
import { beginCharge, type Bench, type ChargePlan, unplug } from './bench.ts';
import { eventually } from './running.ts';

const SOURCES_OF = {
  basic: ['pilot', 'authorization', 'energy', 'ocpp', 'system'],
  'iso2-ac': ['pilot', 'slac', 'v2g', 'authorization', 'energy', 'ocpp', 'system'],
  'iso2-dc': ['pilot', 'slac', 'v2g', 'authorization', 'energy', 'ocpp', 'system'],
} as const;

const named = (entries: TimelineEntry[], name: string) =>
  entries.some((entry) => entry.type === 'v2g.message' && entry.data['name'] === name);

/**
 * One charge from plug-in to bill; the energies of vehicle, meter, journal, StopTransaction and CSMS must agree.
 * `internet`: the bench can give cars internet; the car chooses it where it is offered, and only there.
 */
export async function chargeAndCompare(
  bench: Bench,
  { kind, evse, energyWh, ...plan }: ChargePlan & { energyWh: number; internet?: boolean },
): Promise<Session> {
  const { api } = bench;
  await beginCharge(api, { kind, evse, energyWh });
  const before = (await api.evse(evse)).transaction?.meterStart ?? Number.NaN;
  await eventually(
    'the car has what it wanted',
    async () => (await api.evse(evse)).contactor === 'open',
    60_000,
  );
  let vehicle = 0;
  await eventually('the car tells all that it took', async () => {
    const last = vehicle;
    vehicle = (await api.bench()).evses.find(({ id }) => id === evse)?.energyWh ?? 0;
    return vehicle >= energyWh && vehicle === last;
  });
  await eventually(
    'the meter is read after the contactor opened',
    async () => (await api.evse(evse)).measurement?.power === 0,
  );
  const meter = (await api.evse(evse)).measurement?.energy ?? Number.NaN;
  if (kind !== 'basic')
    await eventually(
      'the car ends its session',
      async () => (await api.evse(evse)).state === 'Finishing',
    );
  await unplug(api, evse);
  await eventually('everything is delivered', async () => {
    const session = await api.lastSession(evse);
    return session?.transactions.at(-1)?.delivered ?? false;
  });

  const session = (await api.lastSession(evse)) as Session;
  const [transaction] = session.transactions;
  let entries: TimelineEntry[] = [];
  // what need not be synced is written in batches
  await eventually('the whole time line is on disk', async () => {
    entries = await api.timeline(session.id);
    return kind === 'basic' || named(entries, 'SessionStopRes');
  });
  const stopped = entries.find((entry) => entry.type === 'transaction.stopped')?.data as {
    meterStart: number;
    meter: { energy: number };
  };
  const billed = (await bench.transactions()).find(
    ({ id }) => id === transaction?.ocppTransactionId,
  );
  const journal = stopped.meter.energy - stopped.meterStart;

  expect(session).toMatchObject({ kind, transactions: [{ delivered: true }] });
  expect(vehicle).toBeGreaterThanOrEqual(energyWh);
  // the model's step is 20 ms: at 60 kW a third of a watt-hour
  expect(Math.abs(journal - vehicle)).toBeLessThan(0.5);
  expect(Math.abs(meter - before - journal)).toBeLessThan(0.5);
  expect(session.energy).toBeCloseTo(journal, 3);
  expect(billed?.meterStart).toBe(Math.round(stopped.meterStart));
  expect(billed?.meterStop).toBe(Math.round(stopped.meter.energy));

  for (const source of SOURCES_OF[kind])
    expect(
      entries.some((entry) => entry.source === source),
      source,
    ).toBe(true);
  expect(entries.map((entry) => entry.id)).toEqual(
    entries.map((entry) => entry.id).toSorted((a, b) => a - b),
  );
  if (kind !== 'basic') {
    const loop = kind === 'iso2-ac' ? 'ChargingStatusReq' : 'CurrentDemandReq';
    for (const name of ['SessionSetupReq', 'PowerDeliveryReq', loop, 'SessionStopRes'])
      expect(named(entries, name), name).toBe(true);
    const online = plan.internet ?? true;
    expect(entries.some((entry) => entry.type === 'vas.selected')).toBe(online);
    expect(entries.some((entry) => entry.type === 'vas.up')).toBe(online);
  }
  expect(JSON.stringify(entries)).not.toContain('KERB-OWNER');
  return session;
}
