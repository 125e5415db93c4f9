import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTimes } from '../support/answer-times.ts';
import {
  beginCharge,
  type Bench,
  sampleEverySecond,
  startBench,
  unplug,
} from '../support/bench.ts';
import { bookErrors, journalTransactions, registerErrors } from '../support/books.ts';
import { type HungDisk, hangDisk } from '../support/hung-writer.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { openRigEyes, type RigEyes } from '../support/rig-eyes.ts';
import { eventually } from '../support/running.ts';

const noStrace = spawnSync('strace', ['-V']).error ? 'needs strace' : undefined;
const missing = noNamespaces ?? noStrace;
const DELAY_MS = 100;

/** Answers whose least time over several sessions is that of a sync: they await a commit. */
function waiting(took: ReadonlyMap<string, readonly number[]>): string[] {
  return [...took].filter(([, times]) => Math.min(...times) > 0.8 * DELAY_MS).map(([name]) => name);
}

describe.skipIf(missing)(
  `a disk that takes ${DELAY_MS} ms for each sync (needs root, for network namespaces, and strace)`,
  () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await startBench([], { launcher: inRepository('e2e/support/launch-slow-disk.mjs') });
    }, 120_000);
    afterAll(async () => {
      await bench?.close();
    }, 60_000);

    it.each([
      { kind: 'iso2-dc', evse: 2 },
      { kind: 'iso2-ac', evse: 1 },
    ] as const)(
      '$kind: no answer to the car awaits a commit, and the charge is billed',
      async ({ kind, evse }) => {
        const times = await answerTimes(bench, { kind, evse, sessions: 2 });
        expect(times.size).toBeGreaterThan(8);
        // on AC the answer to PowerDelivery tells that the contactor is closed: lock and contactor move
        const moves = kind === 'iso2-ac' ? ['PowerDeliveryRes'] : [];
        expect(waiting(times).filter((name) => !moves.includes(name))).toEqual([]);
      },
      150_000,
    );

    it('the disk really was slow, and the thread that serves the cars never waited for it', async () => {
      const lines = readFileSync(path.join(bench.data, 'syncs.trace'), 'latin1').split('\n');
      const syncs = lines.filter((line) => /f(data)?sync\(/.test(line));
      const main = bench.pid('charger');
      expect(main).toBeDefined();
      const byWriter = syncs.filter((line) => !line.startsWith(`${main} `));
      expect(byWriter.length).toBeGreaterThan(30);
      expect(syncs.some((line) => line.includes('DELAYED'))).toBe(true);
      const started = Number(byWriter[0]?.split(/\s+/)[1]);
      const late = syncs.filter(
        (line) => line.startsWith(`${main} `) && Number(line.split(/\s+/)[1]) > started,
      );
      expect(late).toEqual([]);
      await eventually('delivered', async () =>
        (await journalTransactions(bench.api)).every(({ delivered }) => delivered),
      );
      expect(bookErrors(await journalTransactions(bench.api), await bench.transactions())).toEqual(
        [],
      );
    }, 60_000);
  },
);

describe.skipIf(missing)(
  'a disk that hangs while cars charge (needs root, for network namespaces, and strace)',
  () => {
    let bench: Bench;
    let rig: RigEyes;
    let hung: HungDisk | undefined;
    const from = new Map<number, number>();

    beforeAll(async () => {
      bench = await startBench();
      rig = await openRigEyes(bench.sockets);
      for (const evse of [1, 2]) from.set(evse, (await rig.state(evse)).energyWh);
      await sampleEverySecond(bench);
    }, 120_000);
    afterAll(async () => {
      await hung?.letGo();
      rig?.close();
      await bench?.close();
    }, 60_000);

    const hang = async (): Promise<void> => {
      hung = await hangDisk(bench.pid('charger') ?? 0);
    };
    const letGo = async (): Promise<void> => {
      await hung?.letGo();
      hung = undefined;
    };
    /** Watches the rig for a while: the contactor must stay open. */
    async function staysOpen(evse: number, forMs: number): Promise<void> {
      const until = performance.now() + forMs;
      while (performance.now() < until) {
        expect((await rig.state(evse)).contactor).toBe('open');
        await pause(20);
      }
    }
    const order = (evse: number, what: 'plug-in' | 'unplug') =>
      rig.link.request({
        do: 'vehicle',
        evse,
        order: what,
        ...(what === 'plug-in' ? { kind: 'basic' as const } : {}),
      });

    it('unplug opens at once; a start that is not on disk closes nothing; both are there afterwards', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      await order(1, 'plug-in');
      await eventually('a session', async () => (await api.evse(1)).session !== undefined);
      const unplugged = (await api.evse(2)).transaction?.key;
      await hang();
      await rig.link.request({ do: 'token', evse: 1, idToken: 'KERB-OWNER' });
      await pause(500);
      await order(2, 'unplug');
      await rig.untilOpen(2, 1000);
      await Promise.all([staysOpen(1, 5000), staysOpen(2, 5000)]);
      expect((await api.evse(1)).contactor).toBe('open');
      await letGo();
      await eventually(
        'the stop is written and delivered',
        async () =>
          (await journalTransactions(api)).some(
            ({ key, reason, delivered }) =>
              key === unplugged && reason === 'EVDisconnected' && delivered,
          ),
        20_000,
      );
      await order(1, 'unplug');
      await eventually('free', async () => (await api.evse(1)).state === 'Available', 15_000);
    }, 120_000);

    it('a running charge ends with the reason Storage, nothing closes meanwhile, and nothing is lost', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      const key = (await api.evse(2)).transaction?.key;
      await hang();
      // a meter value every second; 2 s for its commit
      await rig.untilOpen(2, 6000);
      await rig.link.request({ do: 'token', evse: 2, idToken: 'KERB-GUEST' });
      await staysOpen(2, 3000);
      const health = await api.call<{ parts: { name: string; status: string }[] }>(
        'GET',
        '/health',
      );
      expect(health.parts.find(({ name }) => name === 'store')?.status).not.toBe('ok');
      await letGo();
      await eventually(
        'the stop is written and delivered',
        async () =>
          (await journalTransactions(api)).some(
            (one) => one.key === key && one.reason === 'Storage' && one.delivered,
          ),
        20_000,
      );
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
        meters.set(evse, { from: from.get(evse) ?? 0, to: (await rig.state(evse)).energyWh });
      expect(
        registerErrors(
          journal,
          new Map([...meters].filter(([evse]) => journal.some((one) => one.evse === evse))),
        ),
      ).toEqual([]);
    }, 120_000);
  },
);
