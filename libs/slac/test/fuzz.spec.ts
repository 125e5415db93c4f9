import { env } from 'node:process';
import { fromHex, toHex } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Bench, EVSE } from './bench.ts';

const captures = JSON.parse(
  readFileSync(new URL('fixtures/captures.json', import.meta.url), 'utf8'),
) as Record<string, { hex: string }[]>;
const recorded = Object.values(captures)
  .flat()
  .map(({ hex }) => hex);
const frames = Number(env.KERBSIDE_FUZZ_RUNS ?? 10_000);

/** Brings a charger into the state, with a car that goes no further; plug-in to state in so many ms. */
const states: Record<string, (bench: Bench) => Promise<void>> = {
  unmatched: () => Promise.resolve(),
  waiting: async (bench) => bench.evse.enterBcd(),
  'wait-start': (bench) => stuck(bench, 20, { lose: { 'CM_START_ATTEN_CHAR.IND': 9 } }),
  sounding: (bench) => stuck(bench, 250, {}),
  'wait-rsp': (bench) => stuck(bench, 620, { lose: { 'CM_ATTEN_CHAR.RSP': 99 }, noMatchReq: true }),
  'wait-match': (bench) => stuck(bench, 800, { noMatchReq: true }),
  joining: (bench) => stuck(bench, 900, {}, true),
  matched: (bench) => stuck(bench, 2000, {}),
  failed: (bench) => stuck(bench, 30_000, { noMatchReq: true }),
};
async function stuck(bench: Bench, ms: number, knobs: object, linkDown = false): Promise<void> {
  const car = bench.vehicle({ knobs, modem: { linkDown } });
  await bench.plugIn(car, ms);
  car.pev.stop();
}

describe('frames of a stranger', () => {
  it.each(Object.keys(states))(
    `in state %s: ${frames} mutated frames, no fault, no growth, and a car still matches (seed 4)`,
    async (name) => {
      const bench = new Bench({ seed: 4 });
      await bench.run(500);
      await states[name]?.(bench);
      const shown = bench.evse.state;
      expect([shown.at, ...shown.sessions.map((session) => session.at)]).toContain(name);
      const random = new SeededRandom(4);
      const stranger = bench.bus.join('02:00:00:00:bb:01', { promiscuous: true });
      let most = 0;
      for (let i = 0; i < frames; i++) {
        stranger.send(mutated(random, bench));
        if (i % 50 === 0) {
          await bench.run(10);
          most = Math.max(most, bench.evse.armed.length);
        }
        if (i % 500 === 0) bench.bus.sent.length = 0;
      }
      expect(bench.evse.state.sessions.length).toBeLessThanOrEqual(5);
      expect(most).toBeLessThan(30);
      expect(bench.log.lines.filter((line) => line.level === 'error')).toEqual([]);
      expect(JSON.stringify(bench.evse.state).length).toBeLessThan(4000);
      expect(bench.reports.length).toBeLessThan(
        82 * Math.ceil(bench.clock.monotonic() / 1000) + 200,
      );
      stranger.close();
      bench.evse.leaveBcd();
      await bench.run(20_000);
      expect(await bench.plugIn(bench.vehicle(), 20_000)).toMatchObject({ kind: 'matched' });
      expect(bench.evse.state.at).toBe('matched');
      bench.stop();
    },
    120_000,
  );
});

/** A recorded frame, addressed to us, often with the car's address and run id, and then spoilt a little. */
function mutated(random: SeededRandom, bench: Bench): Uint8Array {
  const bytes = fromHex(random.pick(recorded)).slice();
  if (random.int(4) > 0) bytes.set(fromHex(random.int(2) ? EVSE : 'ffffffffffff'), 0);
  // The own modem's host port is out of a stranger's reach.
  if (toHex(bytes.subarray(6, 12), ':') === EVSE) bytes[11] = 0xfe;
  const session = bench.evse.state.sessions[0] ?? bench.evse.state.match;
  if (session && random.int(2) === 0) {
    bytes.set(fromHex(session.evMac), 6);
    const runAt = [21, 30, 39, 27, 69][random.int(5)] ?? 21;
    if (bytes.length >= runAt + 8) bytes.set(fromHex(session.runId), runAt);
  }
  for (let n = random.int(4); n > 0; n--) bytes[random.int(bytes.length)] = random.int(256);
  return random.int(10) === 0 ? bytes.subarray(0, random.int(bytes.length)) : bytes;
}
