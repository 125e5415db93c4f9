import { networkNamespace, runInNamespace } from '@kerbside/host';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session, TimelineEntry } from '@kerbside/contracts';
import { beginCharge, type Bench, startBench, unplug } from '../support/bench.ts';
import { type Capture, countPackets, startCapture } from '../support/capture.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { eventually } from '../support/running.ts';

const SOURCES_OF = {
  basic: ['pilot', 'authorization', 'energy', 'ocpp', 'system'],
  'iso2-ac': ['pilot', 'slac', 'v2g', 'vas', 'authorization', 'energy', 'ocpp', 'system'],
  'iso2-dc': ['pilot', 'slac', 'v2g', 'vas', 'authorization', 'energy', 'ocpp', 'system'],
} as const;

const named = (entries: TimelineEntry[], name: string) =>
  entries.some((entry) => entry.type === 'v2g.message' && entry.data['name'] === name);

describe.skipIf(noNamespaces)(
  'one charge from plug-in to bill (needs root, for network namespaces)',
  () => {
    let bench: Bench;
    let captures: Capture[];
    const interfaces = ['ev0', 'ev1'];

    beforeAll(async () => {
      bench = await startBench();
      const charger = networkNamespace(`kb${bench.launcher.child.pid}-chg`);
      captures = await Promise.all(
        interfaces.map((name) =>
          startCapture(path.join(bench.data, `${name}.pcap`), name, charger),
        ),
      );
    }, 120_000);
    afterAll(async () => {
      await Promise.all(captures?.map((capture) => capture.stop()) ?? []);
      await bench?.close();
    });

    it.each([
      { kind: 'iso2-ac', evse: 1, energyWh: 25 },
      { kind: 'iso2-dc', evse: 2, energyWh: 60 },
      { kind: 'basic', evse: 1, energyWh: 20 },
    ] as const)(
      '$kind: the energies of vehicle, meter, journal, StopTransaction and CSMS agree',
      async ({ kind, evse, energyWh }) => {
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
          expect(entries.some((entry) => entry.type === 'vas.selected')).toBe(true);
        }
        expect(JSON.stringify(entries)).not.toContain('KERB-OWNER');
      },
      120_000,
    );

    it('SLAC frames, SDP datagrams and V2G segments crossed the veth pairs', async () => {
      for (const [at, name] of interfaces.entries()) {
        await captures[at]?.stop();
        const file = captures[at]?.file as string;
        expect(await countPackets(file, 'eth.type == 0x88e1'), `${name}: SLAC`).toBeGreaterThan(20);
        expect(await countPackets(file, 'udp.dstport == 15118'), `${name}: SDP`).toBeGreaterThan(0);
        expect(
          await countPackets(file, 'tcp.payload[0:2] == 01:fe'),
          `${name}: V2GTP over TCP`,
        ).toBeGreaterThan(20);
      }
      captures = [];
    }, 60_000);

    it('nothing but SDP and the session of V2G answers on an EV interface: not the API, not the meter, not the UI', async () => {
      const { pid } = bench.launcher.child;
      const vehicle = networkNamespace(`kb${pid}-veh`);
      const report = await runInNamespace(vehicle, process.execPath, [
        inRepository('e2e/support/scan-ports.mjs'),
        'ev0',
      ]);
      const { open, scanned } = JSON.parse(report) as { open: number[]; scanned: number };
      expect(scanned).toBeGreaterThan(60_000);
      expect(open).toEqual([]);
    }, 120_000);

    it('a blocked token starts nothing, and the back-end has no transaction of it', async () => {
      const { api } = bench;
      const known = (await bench.transactions()).length;
      await api.call('POST', '/bench/evses/1/vehicle', { action: 'plug-in', kind: 'iso2-ac' });
      await eventually('a session begins', async () => (await api.evse(1)).session !== undefined);
      await api.call('POST', '/bench/evses/1/token', { idTag: 'KERB-BLOCKED' });
      await eventually('the answer is in the journal', async () => {
        const session = await api.lastSession(1);
        const entries = session ? await api.timeline(session.id) : [];
        return entries.some(
          (entry) => entry.type === 'authorization.answered' && entry.data['status'] !== 'Accepted',
        );
      });
      expect(await api.evse(1)).toMatchObject({ contactor: 'open' });
      await unplug(api, 1);
      expect(await bench.transactions()).toHaveLength(known);
    });

    it('the back-end starts and stops remotely', async () => {
      const { api, csms } = bench;
      const order = (command: string, body: unknown) =>
        fetch(`${csms}/api/v1/stations/KERBSIDE-1/${command}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      await api.call('POST', '/bench/evses/2/vehicle', { action: 'plug-in', kind: 'iso2-dc' });
      await eventually('a session begins', async () => (await api.evse(2)).session !== undefined);
      const started = await order('remote-start', { connectorId: 2, idTag: 'KERB-GUEST' });
      expect(await started.json()).toMatchObject({ status: 'Accepted' });
      await eventually('power flows', async () => (await api.evse(2)).state === 'Charging', 40_000);
      const open = (await bench.transactions()).find((entry) => entry.stopTimestamp === undefined);
      const stopped = await order('remote-stop', { transactionId: open?.id });
      expect(await stopped.json()).toMatchObject({ status: 'Accepted' });
      await eventually(
        'the contactor opens',
        async () => (await api.evse(2)).contactor === 'open',
        30_000,
      );
      await eventually('the stop is billed', async () =>
        (await bench.transactions()).some(
          ({ id, reason }) => id === open?.id && reason === 'Remote',
        ),
      );
      await unplug(api, 2);
    }, 120_000);
  },
);
