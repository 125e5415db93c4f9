import { networkNamespace, runInNamespace } from '@kerbside/host';
import { seconds } from '@kerbside/kernel';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench, unplug } from '../support/bench.ts';
import { type Capture, countPackets, startCapture } from '../support/capture.ts';
import { chargeAndCompare } from '../support/compared-charge.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { eventually } from '../support/running.ts';

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
      async (plan) => {
        const session = await chargeAndCompare(bench, plan);
        expect(session.transactions).toHaveLength(1);
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
      const scan = [inRepository('e2e/support/scan-ports.mjs'), 'ev0'];
      const report = await runInNamespace(vehicle, process.execPath, scan, { limit: seconds(100) });
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
