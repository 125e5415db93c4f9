import { setTimeout as pause } from 'node:timers/promises';
import type { OcppStatus } from '@kerbside/contracts';
import { SeededRandom } from '@kerbside/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginCharge,
  type Bench,
  type CsmsTransaction,
  startBench,
  unplug,
} from '../support/bench.ts';
import { bookErrors, journalTransactions, ofType, registerErrors } from '../support/books.ts';
import { noNamespaces } from '../support/repository.ts';
import { openRigEyes, type RigEyes } from '../support/rig-eyes.ts';
import { eventually } from '../support/running.ts';

const SEED = Number(process.env['KERBSIDE_SEED'] ?? Date.now() % 1_000_000);
const EVSES = [1, 2] as const;

interface MeterValue {
  readonly timestamp: string;
}

describe.skipIf(noNamespaces)(
  `kill -9 of the CSMS at six moments, seed ${SEED} (needs root, for network namespaces)`,
  () => {
    const random = new SeededRandom(SEED);
    const from = new Map<number, number>();
    let bench: Bench;
    let rig: RigEyes;

    beforeAll(async () => {
      bench = await startBench();
      rig = await openRigEyes(bench.sockets);
      for (const evse of EVSES) from.set(evse, (await rig.state(evse)).energyWh);
      // a card of before: known to the cache, so that it starts without a back-end too
      await beginCharge(bench.api, { evse: 1, kind: 'basic' });
      await beginCharge(bench.api, { evse: 2, kind: 'iso2-dc' });
    }, 180_000);
    afterAll(async () => {
      rig?.close();
      await bench?.close();
    });

    const status = () => bench.api.call<OcppStatus>('GET', '/ocpp/status');
    const stops = (transactions: readonly CsmsTransaction[]) =>
      transactions.map(({ reason }) => reason);
    async function kill(): Promise<void> {
      const pid = bench.pid('csms');
      if (pid === undefined) throw new Error('no CSMS runs');
      process.kill(pid, 'SIGKILL');
      await eventually('another CSMS runs', () => ![undefined, pid].includes(bench.pid('csms')));
    }
    const drained = () =>
      eventually(
        'the charger is connected again, and has delivered everything',
        async () => {
          const { phase, queue } = await status();
          return phase === 'accepted' && queue.length === 0;
        },
        60_000,
      );
    async function chargesOn(evse: number): Promise<void> {
      const { energyWh, contactor } = await rig.state(evse);
      expect(contactor).toBe('closed');
      await pause(300);
      expect((await rig.state(evse)).energyWh).toBeGreaterThan(energyWh);
      expect((await bench.api.evse(evse)).state).toBe('Charging');
    }

    it('while power flows: charging goes on, connected or not', async () => {
      await pause(random.int(1000));
      await kill();
      for (const evse of EVSES) await chargesOn(evse);
      await drained();
      for (const evse of EVSES) await chargesOn(evse);
      expect(await bench.transactions()).toHaveLength(2);
    }, 120_000);

    it('as a charge ends: its stop is delivered once', async () => {
      const ending = unplug(bench.api, 1);
      await pause(random.int(60));
      await kill();
      await ending;
      await chargesOn(2);
      await drained();
      expect(stops(await bench.transactions())).toEqual(['EVDisconnected', undefined]);
    }, 120_000);

    it('as a token is presented: the charge begins, with the back-end or from the cache', async () => {
      const begun = beginCharge(bench.api, { evse: 1, kind: 'basic' });
      await pause(300 + random.int(900));
      await kill();
      await begun;
      await drained();
      expect(await bench.transactions()).toHaveLength(3);
    }, 120_000);

    it('with no back-end at all a charge ends and another begins; then both are delivered in order', async () => {
      await kill();
      await unplug(bench.api, 1);
      await beginCharge(bench.api, { evse: 1, kind: 'basic' });
      await chargesOn(2);
      await drained();
      expect(await bench.transactions()).toHaveLength(4);
    }, 120_000);

    it('while the queue drains', async () => {
      await kill();
      await unplug(bench.api, 1);
      await unplug(bench.api, 2);
      await eventually('it delivers', async () => (await status()).phase === 'accepted', 60_000);
      await pause(random.int(100));
      await kill();
      await drained();
      expect(stops(await bench.transactions())).toEqual(
        Array.from({ length: 4 }, () => 'EVDisconnected'),
      );
    }, 180_000);

    it('each message took effect once: journal and CSMS agree one to one, meter values too', async () => {
      const { api } = bench;
      const meters = new Map<number, { from: number; to: number }>();
      for (const evse of EVSES)
        meters.set(evse, { from: from.get(evse) ?? 0, to: (await rig.state(evse)).energyWh });
      await eventually('all is delivered', async () =>
        (await journalTransactions(api)).every(({ delivered }) => delivered),
      );
      const journal = await journalTransactions(api);
      const billed = await bench.transactions();
      expect(bookErrors(journal, billed)).toEqual([]);
      expect(registerErrors(journal, meters)).toEqual([]);
      const starts = billed.map(({ timestamp }) => timestamp);
      expect(starts, 'in the order of the facts, over both connectors').toEqual(starts.toSorted());
      let samples = 0;
      for (const { key, session, ocppTransactionId } of journal) {
        const sampled = ofType(await api.timeline(session), 'meter.sampled').filter(
          ({ data }) => data['transaction'] === key,
        );
        const answer = await fetch(`${bench.csms}/api/v1/transactions/${ocppTransactionId}`);
        const { meterValues } = (await answer.json()) as { meterValues: MeterValue[] };
        const times = sampled.map(({ data }) =>
          new Date((data['meter'] as { at: number }).at).toISOString(),
        );
        expect(meterValues.map(({ timestamp }) => timestamp)).toEqual(times);
        samples += times.length;
      }
      process.stdout.write(
        `seed ${SEED}: 6 kills, ${journal.length} transactions, ${samples} meter values\n`,
      );
      expect(samples).toBeGreaterThan(5);
    }, 60_000);
  },
);
