import { env } from 'node:process';
import { readFileSync } from 'node:fs';
import { fromHex, millis, toHex } from '@kerbside/kernel';
import { SeededRandom, settle } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { Bench, EVSE } from './bench.ts';

const captures = JSON.parse(
  readFileSync(new URL('fixtures/captures.json', import.meta.url), 'utf8'),
) as Record<string, { name: string; hex: string }[]>;
/** Each kind of recorded frame once from each recording. */
const recorded = Object.values(captures).flatMap((frames) =>
  [...new Map(frames.map(({ name, hex }) => [name, hex])).values()].map((hex) => fromHex(hex)),
);
const frames = Number(env.KERBSIDE_SLAC_FRAMES ?? 20_000);
const seed = Number(env.KERBSIDE_SEED ?? 4);
/** So many on one charger in the state, then another one is brought there. */
const ROUND = 2000;

interface Way {
  readonly knobs?: object;
  readonly config?: object;
  readonly linkDown?: boolean;
  /** Plug-in to the state, milliseconds. */
  readonly after: number;
}
const validating = { validate: 'always' };
/** A car that brings the charger into the state and goes no further. */
const ways: Readonly<Record<string, Way>> = {
  'wait-start': { after: 20, knobs: { lose: { 'CM_START_ATTEN_CHAR.IND': 9 } } },
  sounding: { after: 250 },
  averaging: { after: 480 },
  'wait-rsp': { after: 620, knobs: { lose: { 'CM_ATTEN_CHAR.RSP': 99 }, noMatchReq: true } },
  'wait-match': { after: 800, knobs: { noMatchReq: true } },
  validating: { after: 700, config: validating, knobs: { ignore: { 'CM_VALIDATE.CNF': 99 } } },
  counting: { after: 1500, config: validating },
  validated: { after: 2800, config: validating, knobs: { noMatchReq: true } },
  joining: { after: 900, linkDown: true },
  matched: { after: 2000 },
  failed: { after: 30_000, knobs: { noMatchReq: true } },
};
const states = ['unmatched', 'waiting', ...Object.keys(ways), 'paused'];

/** Lets time pass without stepping through it. */
async function pass(bench: Bench, ms: number): Promise<void> {
  bench.clock.advance(millis(ms));
  await settle();
}

async function bringTo(name: string, number: number): Promise<Bench> {
  const ampMap = { send: [1, 2], answer: 'modem', mmv: 1 } as const;
  const evse = { validate: 'full', pilotEdges: true, ampMap } as const;
  const bench = new Bench({ seed: number, evse });
  await pass(bench, 500);
  if (name !== 'unmatched') bench.evse.enterBcd();
  const way = ways[name === 'paused' ? 'matched' : name];
  if (way) {
    const { knobs = {}, config = {}, linkDown = false, after } = way;
    const car = bench.vehicle({ knobs, config, modem: { linkDown } });
    void car.pev.start();
    await pass(bench, after);
    car.pev.stop();
  }
  if (name === 'paused') bench.evse.pause();
  return bench;
}
const namesOf = ({ evse: { state } }: Bench): string[] => [
  state.at,
  ...state.sessions.map((session) => session.at),
];

describe('frames of a stranger', () => {
  it.each(states)(
    `in state %s: ${frames} mutated frames, no fault, no growth, and a car still matches (seed ${seed})`,
    async (name) => {
      const random = new SeededRandom(seed);
      for (let done = 0; done < frames; done += ROUND) {
        const where = `round ${done / ROUND}`;
        const bench = await bringTo(name, seed + done);
        expect(namesOf(bench), where).toContain(name);
        for (let i = 0; i < Math.min(ROUND, frames - done); i++) {
          bench.evseLink.receive(mutated(random, bench));
          if (i % 100 === 0) {
            bench.evse.pilotEdge(random.pick(['B', 'C']), bench.clock.monotonic());
            bench.clock.advance(millis(1));
          }
        }
        const { sessions } = bench.evse.state;
        expect(sessions.length, where).toBeLessThanOrEqual(5);
        expect(bench.evse.armed.length, where).toBeLessThan(20);
        // What the state tells of timers is what runs.
        const told = [...bench.evse.state.deadlines.keys()];
        expect(told.toSorted(), where).toEqual(bench.evse.armed.toSorted());
        expect(JSON.stringify(bench.evse.state).length, where).toBeLessThan(6000);
        // 80 reports a second, and what comes once.
        expect(bench.reports.length, where).toBeLessThan(
          82 * Math.ceil(bench.clock.monotonic() / 1000) + 200,
        );
        const errors = bench.log.lines.filter((line) => line.level === 'error');
        expect(errors, where).toEqual([]);
        await expectMatch(bench, where);
      }
    },
    3_600_000,
  );
});

/** After the stranger a car that behaves is matched as ever. */
async function expectMatch(bench: Bench, where: string): Promise<void> {
  bench.evse.leaveBcd();
  await pass(bench, 20_000);
  const car = bench.vehicle();
  bench.evse.enterBcd();
  void car.pev.start().then((result) => (car.result = result));
  await pass(bench, 5000);
  expect(car.result, where).toMatchObject({ kind: 'matched' });
  expect(bench.evse.state.at, where).toBe('matched');
  bench.stop();
}

const otherMac = fromHex('02ff000000bb');
const own = fromHex(EVSE);
/** A recorded frame, addressed to us, often with the car's address and run id, and then spoilt a little. */
function mutated(random: SeededRandom, bench: Bench): Uint8Array {
  const bytes = random.pick(recorded).slice();
  if (random.int(4) > 0) bytes.set(random.int(2) ? own : fromHex('ffffffffffff'), 0);
  // The own modem's host port is out of a stranger's reach.
  if (toHex(bytes.subarray(6, 12), ':') === EVSE) bytes.set(otherMac, 6);
  const session = bench.evse.state.sessions[0] ?? bench.evse.state.match;
  if (session && random.int(2) === 0) {
    bytes.set(fromHex(session.evMac), 6);
    const runAt = random.pick([21, 30, 39, 27, 69]);
    if (bytes.length >= runAt + 8) bytes.set(fromHex(session.runId), runAt);
  }
  if (random.int(8) === 0) bytes[15] = random.pick([0x78, 0x79, 0x1c, 0x1d, 0x48, 0x49]);
  for (let n = random.int(4); n > 0; n--) bytes[random.int(bytes.length)] = random.int(256);
  return random.int(10) === 0 ? bytes.subarray(0, random.int(bytes.length)) : bytes;
}

describe('frames of a stranger to the car', () => {
  /** Plug-in to the state, milliseconds, for a car that stays there long enough. */
  const carWays: Readonly<Record<string, Way>> = {
    asking: { after: 20, knobs: { ignore: { 'CM_SLAC_PARM.CNF': 99 } } },
    sounding: { after: 300 },
    collecting: { after: 520, knobs: { ignore: { 'CM_ATTEN_CHAR.IND': 99 } } },
    matching: { after: 700, knobs: { ignore: { 'CM_SLAC_MATCH.CNF': 99 } } },
    validating: { after: 700, config: validating, knobs: { ignore: { 'CM_VALIDATE.CNF': 99 } } },
    toggling: { after: 1500, config: validating },
    joining: { after: 1000, linkDown: true },
    matched: { after: 2000 },
  };

  it.each(Object.keys(carWays))(
    `in state %s: ${frames} mutated frames, no fault, and it ends (seed ${seed})`,
    async (name) => {
      const { knobs = {}, config = {}, linkDown = false, after } = carWays[name] as Way;
      const random = new SeededRandom(seed);
      for (let done = 0; done < frames; done += ROUND) {
        const where = `round ${done / ROUND}`;
        const bench = new Bench({
          seed: seed + done,
          evse: { validate: 'full', pilotEdges: true },
        });
        await pass(bench, 500);
        bench.evse.enterBcd();
        const car = bench.vehicle({ knobs, config, modem: { linkDown } });
        void car.pev.start().then((result) => (car.result = result));
        await pass(bench, after);
        expect(car.pev.state, where).toBe(name);
        const link = car.link;
        for (let i = 0; i < Math.min(ROUND, frames - done); i++) {
          const frame = mutated(random, bench);
          if (frame.length > 6 && random.int(4) > 0) frame.set(link.mac, 0);
          link.receive(frame);
        }
        expect(car.pev.armed.length, where).toBeLessThan(6);
        await pass(bench, 40_000);
        expect(car.result, where).toBeDefined();
        expect(car.pev.armed, where).toEqual([]);
        const errors = bench.log.lines.filter((line) => line.level === 'error');
        expect(errors, where).toEqual([]);
        bench.stop();
      }
    },
    3_600_000,
  );
});
