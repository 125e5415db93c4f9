import { setTimeout as pause } from 'node:timers/promises';
import type { Evse } from '@kerbside/contracts';
import { SeededRandom } from '@kerbside/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from '../support/bench.ts';
import {
  allSessions,
  bookErrors,
  deliveredOrder,
  journalTransactions,
  ofType,
  orderErrors,
  registerErrors,
} from '../support/books.ts';
import { noNamespaces } from '../support/repository.ts';
import { openRigEyes, type RigEyes } from '../support/rig-eyes.ts';
import { eventually } from '../support/running.ts';

const RUNS = Number(process.env['KERBSIDE_KILL_RUNS'] ?? 20);
const SEED = Number(process.env['KERBSIDE_SEED'] ?? Date.now() % 1_000_000);
/** The rig opens after a second without a heartbeat, or at once when its socket closes. */
const OPEN_WITHIN_MS = 1200;
/** Plug-in, matching, V2G, authorisation, charging, stop: a charge of a few watt-hours takes this long. */
const SPAN_MS = 10_000;
const EVSES = [1, 2] as const;
const KIND = { 1: 'iso2-ac', 2: 'iso2-dc' } as const;

interface Killed {
  readonly evse: Evse;
  readonly transaction: string | undefined;
}

describe.skipIf(noNamespaces)(
  `kill -9 of the charger, ${RUNS} times, seed ${SEED} (needs root, for network namespaces)`,
  () => {
    const random = new SeededRandom(SEED);
    const states = new Map<string, number>();
    const closedBy = new Map<string, string>();
    const meters = new Map<number, { from: number; to: number }>();
    let bench: Bench;
    let rig: RigEyes;

    beforeAll(async () => {
      bench = await startBench();
      rig = await openRigEyes(bench.sockets);
      for (const evse of EVSES) meters.set(evse, { from: (await rig.state(evse)).energyWh, to: 0 });
    }, 120_000);
    afterAll(async () => {
      rig?.close();
      await bench?.close();
    });

    const present = (evse: number) => bench.api.evse(evse).catch(() => undefined);

    async function plugInAnew(evse: 1 | 2, round: number): Promise<void> {
      const { api } = bench;
      if ((await rig.state(evse)).plugged)
        await api.call('POST', `/bench/evses/${evse}/vehicle`, { action: 'unplug' });
      await eventually('free', async () => (await present(evse))?.session === undefined, 20_000);
      const kind = random.int(5) === 0 && evse === 1 ? 'basic' : KIND[evse];
      // every third car soon has what it wants, so that kills hit the stop too
      const energyWh = round % 3 === 2 ? 3 + random.int(8) : undefined;
      await api.call('POST', `/bench/evses/${evse}/vehicle`, {
        action: 'plug-in',
        kind,
        soc: 40,
        internet: true,
        ...(energyWh === undefined ? {} : { energyWh }),
      });
      await eventually('a session', async () => (await present(evse))?.session !== undefined);
    }

    async function kill(): Promise<Killed[]> {
      const pid = bench.pid('charger');
      if (pid === undefined) throw new Error('no charger runs');
      const before = await Promise.all(EVSES.map((evse) => bench.api.evse(evse)));
      process.kill(pid, 'SIGKILL');
      const dead = await Promise.all(EVSES.map((evse) => rig.untilAlone(evse, OPEN_WITHIN_MS)));
      for (const took of dead) expect(took).toBeLessThan(OPEN_WITHIN_MS);
      for (const { state } of before) states.set(state, 1 + (states.get(state) ?? 0));
      await eventually(
        'another charger runs',
        () => ![undefined, pid].includes(bench.pid('charger')),
      );
      await eventually('it answers', async () => (await present(1)) !== undefined, 20_000);
      return before.map((evse) => ({
        evse,
        transaction: evse.contactor === 'closed' ? evse.transaction?.key : undefined,
      }));
    }

    /** A car that was charging charges again, under the same token, in a session of its own. */
    async function comesBack({ evse: { id, session } }: Killed): Promise<void> {
      await eventually(
        `EVSE ${id} charges again`,
        async () => {
          const now = await present(id);
          return (
            now?.session !== undefined && now.session.id !== session?.id && now.state === 'Charging'
          );
        },
        30_000,
      );
      const again = (await bench.api.evse(id)).session?.id ?? '';
      const [began] = ofType(await bench.api.timeline(again), 'session.began');
      expect(began?.data).toEqual({ trigger: 'recovery' });
    }

    it.each(Array.from({ length: RUNS }, (_, round) => round))(
      'kill %i: the contactor opens, the charger comes back, the car charges on',
      async (round) => {
        const evse = EVSES[round % 2] as 1 | 2;
        await plugInAnew(evse, round);
        // spread over the whole charge by the golden ratio, at random within a stretch of it
        const moment = ((round * 0.618 + random.next() / RUNS) % 1) * SPAN_MS;
        // early, so that AC falls back to the pilot alone, or once the car talks
        const token = random.next() * Math.min(moment, 4000);
        await pause(token);
        await bench.api.call('POST', `/bench/evses/${evse}/token`, { idTag: 'KERB-OWNER' });
        await pause(moment - token);
        const killed = await kill();
        expect(killed).toHaveLength(EVSES.length);
        for (const one of killed) {
          if (one.transaction === undefined) continue;
          closedBy.set(one.transaction, `kill ${round}`);
          // a car that has what it wanted stays as it is
          if (one.evse.state === 'Charging' && round % 3 !== 2) await comesBack(one);
        }
      },
      90_000,
    );

    it('a car that took the place of another while the charger was dead does not charge on its account', async () => {
      const { api } = bench;
      await plugInAnew(1, 0);
      await api.call('POST', '/bench/evses/1/token', { idTag: 'KERB-OWNER' });
      await eventually(
        'it charges',
        async () => (await present(1))?.state === 'Charging',
        40_000,
        () => present(1),
      );
      const pid = bench.pid('charger') as number;
      const { transaction } = await api.evse(1);
      process.kill(pid, 'SIGKILL');
      await rig.untilAlone(1, OPEN_WITHIN_MS);
      await rig.link.request({ do: 'vehicle', evse: 1, order: 'unplug' });
      await eventually('it is gone', async () => !(await rig.state(1)).plugged);
      await rig.link.request({ do: 'vehicle', evse: 1, order: 'plug-in', kind: 'basic' });
      await eventually('another is there', async () => (await rig.state(1)).plugged);
      closedBy.set(transaction?.key ?? '', 'kill with another car');
      await eventually(
        'it asks for a token',
        async () => (await present(1))?.reason === 'waiting-for-authorization',
        30_000,
        () => present(1),
      );
      const timeline = await api.timeline((await api.evse(1)).session?.id ?? '');
      expect(ofType(timeline, 'session.began')[0]?.data).toEqual({ trigger: 'plug-in' });
      expect(ofType(timeline, 'system.replugged')).toHaveLength(1);
      await pause(2000);
      expect(await rig.state(1)).toMatchObject({ contactor: 'open' });
      expect((await api.evse(1)).transaction).toBeUndefined();
    }, 120_000);

    it('journal and CSMS agree one to one, in order, and all transactions make the meter’s total', async () => {
      const { api } = bench;
      for (const evse of EVSES) {
        if ((await rig.state(evse)).plugged)
          await api.call('POST', `/bench/evses/${evse}/vehicle`, { action: 'unplug' });
        await eventually('free', async () => (await api.evse(evse)).state === 'Available', 20_000);
        meters.set(evse, {
          from: meters.get(evse)?.from ?? 0,
          to: (await rig.state(evse)).energyWh,
        });
      }
      await eventually(
        'everything is delivered',
        async () => (await journalTransactions(api)).every(({ delivered }) => delivered),
        60_000,
      );
      await pause(500);
      const journal = await journalTransactions(api);
      const billed = await bench.transactions();
      const sessions = await allSessions(api);
      process.stdout.write(
        `seed ${SEED}: ${RUNS} kills in ${JSON.stringify(Object.fromEntries(states))}; ` +
          `${sessions.length} sessions, ${journal.length} transactions, ${billed.length} in the CSMS, ` +
          `${closedBy.size} closed by kills, register ${JSON.stringify([...meters])}\n`,
      );
      expect(bookErrors(journal, billed)).toEqual([]);
      expect(registerErrors(journal, meters)).toEqual([]);
      expect(orderErrors(await deliveredOrder(bench))).toEqual([]);
      expect(sessions.filter(({ ended }) => ended === undefined)).toEqual([]);
      for (const one of journal)
        if (closedBy.has(one.key))
          expect(one.reason, `${one.key}, ${closedBy.get(one.key)}`).toBe('PowerLoss');
      expect(closedBy.size).toBeGreaterThan(RUNS / 3);
    }, 120_000);
  },
);
