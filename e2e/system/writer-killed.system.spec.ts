import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginCharge,
  type Bench,
  sampleEverySecond,
  startBench,
  unplug,
} from '../support/bench.ts';
import { bookErrors, journalTransactions, ofType, registerErrors } from '../support/books.ts';
import { noNamespaces } from '../support/repository.ts';
import { openRigEyes, type RigEyes } from '../support/rig-eyes.ts';
import { eventually } from '../support/running.ts';
import { KILLABLE_WRITER, type WriterThread, writerThread } from '../support/writer-thread.ts';

describe.skipIf(noNamespaces)(
  'the writer thread killed while cars charge (needs root, for network namespaces)',
  () => {
    let bench: Bench;
    let rig: RigEyes;
    let writer: WriterThread;
    const from = new Map<number, number>();

    beforeAll(async () => {
      bench = await startBench([], { env: KILLABLE_WRITER });
      rig = await openRigEyes(bench.sockets);
      writer = writerThread(bench.data);
      for (const evse of [1, 2]) from.set(evse, (await rig.state(evse)).energyWh);
      await sampleEverySecond(bench);
    }, 120_000);
    afterAll(async () => {
      await writer?.letLive().catch(() => {});
      rig?.close();
      await bench?.close();
    }, 60_000);

    const storeHealth = async () => {
      const { parts } = await bench.api.call<{
        parts: { name: string; status: string; reason?: string }[];
      }>('GET', '/health');
      return parts.find(({ name }) => name === 'store');
    };
    /** Commits that must not be lost and wait in memory for the disk. */
    const waiting = async (): Promise<number> => {
      const text = await (await bench.api.raw('GET', '/metrics')).text();
      return Number(/^kerbside_store_waiting_commits (\d+)$/m.exec(text)?.[1]);
    };
    async function staysOpen(evse: number, forMs: number): Promise<void> {
      const until = performance.now() + forMs;
      while (performance.now() < until) {
        expect((await rig.state(evse)).contactor).toBe('open');
        await pause(20);
      }
    }
    const stopped = (key: string | undefined, reason: string) =>
      eventually(
        'the stop is written and delivered',
        async () =>
          (await journalTransactions(bench.api)).some(
            (one) => one.key === key && one.reason === reason && one.delivered,
          ),
        20_000,
      );

    it('killed again and again, it is started anew at once: the charge goes on', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      const { key } = (await api.evse(2)).transaction ?? {};
      const begun = await writer.starts();
      for (let kill = 1; kill <= 5; kill++) {
        await writer.kill();
        await eventually('another one', async () => (await writer.starts()) === begun + kill);
        await eventually('it writes', async () => (await storeHealth())?.status === 'ok');
        // so that what is written next is a meter value of the charge
        await pause(700);
      }
      expect(await api.evse(2)).toMatchObject({ state: 'Charging', contactor: 'closed' });
      expect((await api.evse(2)).transaction?.key).toBe(key);
      expect((await rig.state(2)).contactor).toBe('closed');
      await unplug(api, 2);
      await stopped(key, 'EVDisconnected');
      const entries = await api.timeline((await api.lastSession(2))?.id ?? '');
      expect(ofType(entries, 'contactor.changed').map(({ data }) => data['state'])).toEqual([
        'closed',
        'open',
      ]);
    }, 90_000);

    it('gone for good: unplug opens at once, a start closes nothing, both are there when it is back', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      await rig.link.request({ do: 'vehicle', evse: 1, order: 'plug-in', kind: 'basic' });
      await eventually('a session', async () => (await api.evse(1)).session !== undefined);
      const { key } = (await api.evse(2)).transaction ?? {};
      await writer.keepDead();
      await rig.link.request({ do: 'token', evse: 1, idToken: 'KERB-OWNER' });
      await rig.link.request({ do: 'vehicle', evse: 2, order: 'unplug' });
      await rig.untilOpen(2, 5000);
      await Promise.all([staysOpen(1, 5000), staysOpen(2, 5000)]);
      expect((await api.evse(1)).contactor).toBe('open');
      expect(await storeHealth()).toMatchObject({ status: 'failed', reason: 'store.writer-lost' });
      expect(await waiting(), 'the facts wait in memory').toBeGreaterThan(2);
      expect((await journalTransactions(api)).find((one) => one.key === key)?.stopped).toBe(
        undefined,
      );
      const dead = await writer.starts();
      const back = Date.now();
      await writer.letLive();
      // the charger itself tries, every two seconds
      await eventually('it is started anew', async () => (await writer.starts()) > dead, 10_000);
      await stopped(key, 'EVDisconnected');
      await eventually('nothing waits', async () => (await waiting()) === 0);
      // the charger too acted first and recorded after: it awaited nothing
      const session = (await api.lastSession(2))?.id ?? '';
      const told = (await api.timeline(session)).map(({ at, type, data }) => ({ at, type, data }));
      const [unplugged, opened, stop] = [
        told.findLast(({ type, data }) => type === 'pilot.changed' && data['state'] === 'A'),
        told.findLast(({ type, data }) => type === 'contactor.changed' && data['state'] === 'open'),
        told.findLast(({ type }) => type === 'transaction.stopped'),
      ];
      expect([unplugged, opened, stop].map((entry) => told.indexOf(entry as never))).toEqual(
        [unplugged, opened, stop]
          .map((entry) => told.indexOf(entry as never))
          .toSorted((a, b) => a - b),
      );
      // while no writer lived: long before the stop was on disk
      expect(Date.parse(opened?.at ?? '')).toBeLessThan(back);
      expect(Date.parse(stop?.at ?? '')).toBeLessThan(back);
      expect((await storeHealth())?.status).toBe('ok');
      await rig.link.request({ do: 'vehicle', evse: 1, order: 'unplug' });
      await eventually('free', async () => (await api.evse(1)).state === 'Available', 15_000);
    }, 120_000);

    it('gone for good in a charge: it ends with Storage, and nothing is lost', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      const { key } = (await api.evse(2)).transaction ?? {};
      await writer.keepDead();
      await rig.untilOpen(2, 8000);
      await rig.link.request({ do: 'token', evse: 2, idToken: 'KERB-GUEST' });
      await staysOpen(2, 3000);
      await writer.letLive();
      await stopped(key, 'Storage');
      await unplug(api, 2);
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      await unplug(api, 2);
      await eventually('all is delivered', async () =>
        (await journalTransactions(api)).every(({ delivered }) => delivered),
      );
      const journal = await journalTransactions(api);
      expect(bookErrors(journal, await bench.transactions())).toEqual([]);
      const meters = new Map<number, { from: number; to: number }>();
      for (const evse of [1, 2])
        if (journal.some((one) => one.evse === evse))
          meters.set(evse, { from: from.get(evse) ?? 0, to: (await rig.state(evse)).energyWh });
      expect(registerErrors(journal, meters)).toEqual([]);
      // every entry that was numbered is there: none was dropped, none is doubled
      const ids: number[] = [];
      let cursor = '';
      do {
        const page = await api.call<{ items: { id: number }[]; next?: string }>(
          'GET',
          `/journal?limit=500${cursor}`,
        );
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next === undefined ? '' : `&cursor=${page.next}`;
      } while (cursor !== '');
      expect(ids.toReversed()).toEqual(ids.map((_, at) => at + 1));
    }, 120_000);
  },
);
