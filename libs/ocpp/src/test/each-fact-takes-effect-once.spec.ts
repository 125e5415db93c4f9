import { env } from 'node:process';
import { millis } from '@kerbside/kernel';
import { SeededRandom, settle } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import type { JournalFact } from '../ports.ts';
import { type Fate, StationBench } from '../testing/index.ts';

const quick = {
  defaults: { TransactionMessageRetryInterval: '1', MessageTimeout: '5' },
} as const;

/** Two sessions on two connectors, interleaved: ten transaction messages. */
function twoSessions(epoch: number): { fact: JournalFact; effect: string }[] {
  const meter = (at: number, energy: number) => ({
    at,
    energy,
    power: 11_000,
    voltage: [230],
    current: [16],
  });
  const iso = (at: number) => new Date(at).toISOString();
  let at = epoch;
  const next = () => (at += 1_000);
  const start = (connector: number) => {
    const now = next();
    const data = {
      transaction: `t${connector}`,
      connector,
      idToken: 'GOOD',
      meter: meter(now, 100),
    };
    return {
      fact: { at: now, type: 'transaction.started', data } as const,
      effect: `start ${connector} ${iso(now)}`,
    };
  };
  const sample = (connector: number) => {
    const now = next();
    const data = {
      transaction: `t${connector}`,
      connector,
      meter: meter(now, 100 + (now - epoch) / 1000),
      context: 'Sample.Periodic',
    } as const;
    return {
      fact: { at: now, type: 'meter.sampled', data } as const,
      effect: `meter ${connector} ${iso(now)}`,
    };
  };
  const stop = (connector: number) => {
    const now = next();
    const data = {
      transaction: `t${connector}`,
      connector,
      meterStart: 100,
      meter: meter(now, 200),
      reason: 'Local',
    } as const;
    return {
      fact: { at: now, type: 'transaction.stopped', data } as const,
      effect: `stop ${connector} ${iso(now)}`,
    };
  };
  return [
    start(1),
    sample(1),
    start(2),
    sample(2),
    sample(1),
    sample(2),
    stop(1),
    sample(2),
    sample(2),
    stop(2),
  ];
}

const isTransactionMessage = (text: string): boolean =>
  /^\[2,"[^"]*","(StartTransaction|MeterValues|StopTransaction)"/.test(text);

/** Transaction messages as they first went out, by payload: none may ever change. */
function checkPayloads(bench: StationBench): void {
  const sent = bench.frames
    .filter(({ text }) => isTransactionMessage(text))
    .map(({ text }) => text);
  const payloads = new Set(sent.map((text) => text.replace(/^\[2,"[^"]*",/, '')));
  expect(payloads.size).toBe(bench.queue.rows.length);
  const ids = sent.map((text) => (JSON.parse(text) as string[])[1]);
  expect(new Set(ids).size, 'a new message id per try').toBe(ids.length);
}

async function drain(bench: StationBench): Promise<void> {
  for (let i = 0; i < 600 && (await bench.queue.length()) > 0; i++) await bench.run(500, 100);
  expect(await bench.queue.length()).toBe(0);
}

describe('each fact takes effect once, in order', () => {
  it('without any fault', async () => {
    const bench = await new StationBench({ settings: quick }).start();
    const facts = twoSessions(bench.clock.now());
    for (const { fact } of facts) bench.commit(fact);
    await drain(bench);
    expect(bench.csmsDisk.effects).toEqual(facts.map(({ effect }) => effect));
    checkPayloads(bench);
  });

  it('when every fact was made before the first connection', async () => {
    const bench = new StationBench({ settings: quick });
    bench.network.up = false;
    await bench.start();
    const facts = twoSessions(bench.clock.now());
    for (const { fact } of facts) bench.commit(fact);
    await bench.run(60_000, 1_000);
    expect(bench.csmsDisk.effects).toEqual([]);
    bench.network.up = true;
    await drain(bench);
    expect(bench.csmsDisk.effects).toEqual(facts.map(({ effect }) => effect));
    checkPayloads(bench);
  });

  const boundaries: readonly (readonly [string, 'up' | 'down', Fate])[] = [
    ['before a message is sent', 'up', 'cut-before'],
    ['after it is sent, before it is received', 'up', 'lost'],
    ['after it is received, before it is answered', 'up', 'cut-after'],
    ['while its answer is being sent', 'down', 'cut-before'],
    ['while its answer is on the way', 'down', 'lost'],
  ];
  for (const [name, direction, fate] of boundaries)
    it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
      `with the connection lost ${name}, message %i`,
      async (index) => {
        const bench = await new StationBench({ settings: quick }).start();
        let seen = -1;
        let struck = 0;
        bench.network.fate = (frame) => {
          const ours = isTransactionMessage(frame.text);
          if (frame.direction === 'up' && ours) seen++;
          const now = seen === index && struck === 0;
          if (!now || frame.direction !== direction) return 'delivered';
          if (direction === 'up' && !ours) return 'delivered';
          struck++;
          return fate;
        };
        const facts = twoSessions(bench.clock.now());
        for (const { fact } of facts) bench.commit(fact);
        await drain(bench);
        expect(struck).toBe(1);
        expect(bench.network.connections).toBe(2);
        expect(bench.csmsDisk.effects).toEqual(facts.map(({ effect }) => effect));
        checkPayloads(bench);
        expect(bench.received.filter((action) => action === 'BootNotification')).toHaveLength(1);
      },
    );

  const commits = ['markRendered', 'markDone'] as const;
  for (const commit of commits)
    for (const when of ['before', 'after'] as const)
      it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
        `with the charger killed ${when} the commit ${commit}, message %i`,
        async (index) => {
          const bench = await new StationBench({ settings: quick }).start();
          let seen = -1;
          let killed = false;
          bench.queue.beforeCommit = (what) => {
            if (what !== commit || ++seen !== index || killed) return;
            killed = true;
            if (when === 'before') {
              void bench.restartStation();
              throw new Error('killed');
            }
            void Promise.resolve().then(() => bench.restartStation());
          };
          const facts = twoSessions(bench.clock.now());
          for (const { fact } of facts) bench.commit(fact);
          await drain(bench);
          expect(killed).toBe(true);
          expect(bench.csmsDisk.effects).toEqual(facts.map(({ effect }) => effect));
          checkPayloads(bench);
        },
      );

  const runs = Number(env['KERBSIDE_KILL_RUNS'] ?? 300);
  const firstSeed = Number(env['KERBSIDE_SEED'] ?? 1);
  it(`with random kills of charger, CSMS and connection (${runs} runs, seeds from ${firstSeed})`, async () => {
    const happened: Record<string, number> = {};
    for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
      const random = new SeededRandom(seed);
      const bench = await new StationBench({ seed, settings: quick }).start();
      const facts = twoSessions(bench.clock.now());
      bench.network.fate = () => {
        if (random.next() > 0.08) return 'delivered';
        const fate = random.pick<Fate>(['cut-before', 'lost', 'cut-after']);
        happened[fate] = (happened[fate] ?? 0) + 1;
        return fate;
      };
      for (const { fact } of facts) {
        bench.commit(fact);
        bench.clock.advance(millis(random.int(400)));
        await settle();
        const event = random.pick(['none', 'none', 'kill-charger', 'kill-csms', 'cut', 'slow']);
        happened[event] = (happened[event] ?? 0) + 1;
        if (event === 'kill-charger') await bench.restartStation();
        if (event === 'cut') bench.network.cut();
        if (event === 'kill-csms') {
          bench.killCsms();
          await bench.run(random.int(3_000), 250);
          bench.startCsms();
        }
        if (event === 'slow') await bench.run(random.int(2_000), 250);
      }
      bench.network.fate = () => 'delivered';
      await drain(bench);
      expect(bench.csmsDisk.effects, `seed ${seed}`).toEqual(facts.map(({ effect }) => effect));
      expect(bench.queue.drops, `seed ${seed}`).toEqual([]);
      checkPayloads(bench);
      bench.station.stop();
    }
    for (const event of ['kill-charger', 'kill-csms', 'cut', 'cut-before', 'lost', 'cut-after'])
      expect(happened[event], event).toBeGreaterThan(runs / 3);
  }, 600_000);
});
