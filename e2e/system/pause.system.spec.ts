import type { TimelineEntry } from '@kerbside/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCharge, type Bench, startBench, unplug } from '../support/bench.ts';
import { eventually } from '../support/running.ts';

describe('a car that pauses on the bench', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await startBench();
  }, 120_000);
  afterAll(() => bench?.close(), 60_000);

  it.each([
    { kind: 'iso2-ac', evse: 1 },
    { kind: 'iso2-dc', evse: 2 },
  ] as const)(
    '$kind: sleeps at X1, wakes, is in its network and its session again, one transaction in the books',
    async ({ kind, evse }) => {
      const { api } = bench;
      const order = (action: 'pause' | 'wake' | 'stop') =>
        api.call('POST', `/bench/evses/${evse}/vehicle`, { action });
      const phase = async () =>
        (await api.bench()).evses.find(({ id }) => id === evse)?.vehicleState;
      await beginCharge(api, { kind, evse });
      const key = (await api.evse(evse)).transaction?.key;
      await order('pause');
      await eventually(
        'the car sleeps, the pilot at X1',
        async () => {
          const { reason, pilot, contactor } = await api.evse(evse);
          return reason === 'paused-by-car' && pilot.output === 'X1' && contactor === 'open';
        },
        30_000,
      );
      expect(await api.evse(evse)).toMatchObject({ state: 'SuspendedEV', transaction: { key } });
      expect(await phase()).toBe('paused');

      await order('wake');
      await eventually(
        'power flows again',
        async () => {
          const { state, measurement } = await api.evse(evse);
          return state === 'Charging' && (measurement?.power ?? 0) > 0;
        },
        40_000,
      );
      expect((await api.evse(evse)).transaction?.key).toBe(key);
      await order('stop');
      await eventually(
        'the session ends',
        async () => (await api.evse(evse)).state === 'Finishing',
        30_000,
      );
      await unplug(api, evse);

      let entries: TimelineEntry[] = [];
      await eventually('the whole time line is on disk', async () => {
        const session = await api.lastSession(evse);
        entries = session ? await api.timeline(session.id) : [];
        return (
          entries.filter(
            ({ type, data }) => type === 'v2g.message' && data['name'] === 'SessionStopRes',
          ).length === 2
        );
      });
      const of = (type: string) => entries.filter((entry) => entry.type === type);
      const setups = of('v2g.message').filter(({ data }) => data['name'] === 'SessionSetupRes');
      expect(setups.map(({ data }) => data['responseCode'])).toEqual([
        'OK_NewSessionEstablished',
        'OK_OldSessionJoined',
      ]);
      // the network of before: nothing is matched anew
      expect(of('slac.matching-started')).toHaveLength(1);
      expect(of('slac.resumed')).toHaveLength(1);
      expect(of('transaction.started')).toHaveLength(1);
      expect(of('transaction.stopped')).toHaveLength(1);
      expect(of('system.v2g-lost')).toEqual([]);
      const session = await api.lastSession(evse);
      expect(session?.transactions).toHaveLength(1);
    },
    180_000,
  );
});
