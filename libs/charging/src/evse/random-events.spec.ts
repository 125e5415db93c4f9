import { amps, millis, percent, seconds, volts } from '@kerbside/kernel';
import { SeededRandom, settle } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import type { PilotState } from '../pilot.ts';
import type { MatchingEvent } from '../ports.ts';
import { type EvseBench, evseBench } from '../testing/index.ts';

const SEQUENCES = 250;
const EVENTS = 60;

interface World {
  readonly bench: EvseBench;
  readonly ventilation: boolean;
  pilot: PilotState;
  linked: boolean;
  readonly faults: Set<string>;
  powerOns: number;
  powerOnAnswers: number;
  good: number;
  /** Orders that matching had when it was matched, and when it ended by itself: so long as no other comes. */
  matchedAt: number;
  endedAt: number;
}

/** Tells what matching would tell, and keeps whether it still runs afterwards. */
function tellMatching(world: World, event: MatchingEvent): void {
  const { matching } = world.bench;
  const orders = matching.calls.length;
  if (event.event === 'matched') world.matchedAt = orders;
  // a link that never stood can not be lost
  else if (event.event === 'failed' || (event.event === 'link-lost' && world.matchedAt === orders))
    world.endedAt = orders;
  matching.tell(event);
}

/** At 5 % a car may begin at any time: matching must be there to answer it, or V2G while a link is being paused. */
function checkPilot(world: World, when: string): void {
  const { board, matching, hlc } = world.bench;
  const { output } = board;
  if (!world.linked || typeof output === 'string' || output.dutyPercent !== 5) return;
  const running = matching.calls.at(-1) === 'enter' && world.endedAt !== matching.calls.length;
  const pausing = matching.calls.at(-1) === 'pause' && hlc.calls.at(-1) === 'open';
  expect(running || pausing, `${when}: 5 %, and matching runs`).toBe(true);
}

/** The good path, one thing after the other: without it random events seldom reach energy. */
function goodStep(world: World): void {
  const { board, evse } = world.bench;
  const { evseSide } = evse;
  const setPilot = (pilot: PilotState): void => {
    world.pilot = pilot;
    board.pilot(pilot);
  };
  const path: readonly (() => void)[] = [
    () => setPilot('B'),
    () => tellMatching(world, { event: 'matching' }),
    () => tellMatching(world, { event: 'matched', evMac: '02:00:00:00:00:01' }),
    () => evseSide.request({ request: 'session-setup', evccId: '01', protocol: 'iso2' }),
    () => board.token('TAG'),
    () => setPilot('C'),
    () => evseSide.request({ request: 'cable-check' }),
    () => evseSide.request({ request: 'pre-charge', voltage: volts(400), current: amps(2) }),
    () => {
      world.powerOns++;
      void evseSide.powerOn().then(() => world.powerOnAnswers++);
    },
    () => evseSide.request({ request: 'demand', voltage: volts(400), current: amps(100) }),
  ];
  path[world.good++ % path.length]?.();
}

/** One random thing that can happen to an EVSE. */
function happen(world: World, random: SeededRandom): void {
  const { bench } = world;
  const { board, evse, ledger, meter, matching, insulation, supply } = bench;
  const { evseSide } = evse;
  const setPilot = (pilot: PilotState): void => {
    world.pilot = pilot;
    board.pilot(pilot);
  };
  const things: readonly (() => void)[] = [
    () => setPilot('B'),
    () => setPilot('B'),
    () => setPilot('C'),
    () => setPilot('C'),
    () => setPilot('C'),
    () => setPilot('D'),
    () => setPilot('A'),
    () => setPilot(random.pick(['E', 'F'])),
    () => board.token(random.pick(['TAG', 'TAG', 'TAG2', 'NOBODY'])),
    () => board.token('TAG'),
    () => {
      world.linked = random.int(4) > 0;
      board.link(world.linked);
    },
    () => {
      const code = random.pick(['emergency-stop', 'rcd']);
      const active = random.int(3) === 0;
      if (active) world.faults.add(code);
      else world.faults.delete(code);
      board.fault(code, active);
    },
    () => board.fault('emergency-stop', world.faults.delete('emergency-stop') && false),
    () => board.temperature(random.pick([20, 72, 90])),
    () => board.trip(),
    () => (board.broken.lock = random.int(4) === 0),
    () => (board.broken.stuckOpen = random.int(4) === 0),
    () => (meter.silent = random.int(4) === 0),
    () => (meter.power = random.pick([0, 3000, 11_000])),
    () => {
      ledger.mode = random.pick(['ok', 'ok', 'ok', 'fail', 'hang', 'late']);
      if (ledger.mode === 'ok') ledger.release();
    },
    () => (ledger.delay = random.pick([undefined, undefined, millis(100), millis(1900)])),
    () => void evse.command({ command: 'stop', reason: random.pick(['Remote', 'DeAuthorized']) }),
    () => void evse.command({ command: 'start', idToken: 'TAG', by: 'remote' }),
    () => void evse.command({ command: 'unlock' }),
    () => void evse.command({ command: 'reset-fault' }),
    () => void evse.command({ command: 'availability', operative: random.int(4) > 0 }),
    () =>
      void evse.command({
        command: 'limit',
        slot: 'ocpp',
        limit: random.pick([undefined, amps(0), amps(10)]),
      }),
    () => tellMatching(world, { event: 'matching' }),
    () => tellMatching(world, { event: 'matched', evMac: '02:00:00:00:00:01' }),
    () => tellMatching(world, { event: 'matched', evMac: '02:00:00:00:00:01' }),
    () => tellMatching(world, { event: 'failed', reason: 'test' }),
    () => tellMatching(world, { event: 'ready' }),
    () => (matching.answers = random.int(4) > 0),
    () => void evse.command({ command: 'wake-up' }),
    () => tellMatching(world, { event: 'link-lost', reason: 'test' }),
    () => evseSide.request({ request: 'session-setup', evccId: '01', protocol: 'iso2' }),
    () => evseSide.request({ request: 'session-setup', evccId: '01', protocol: 'iso2' }),
    () => evseSide.request({ request: 'authorize' }),
    () => evseSide.request({ request: 'charge-parameters', mode: random.pick(['AC', 'DC']) }),
    () => evseSide.request({ request: 'cable-check' }),
    () => evseSide.request({ request: 'pre-charge', voltage: volts(400), current: amps(2) }),
    () =>
      evseSide.request({
        request: 'demand',
        voltage: volts(400),
        current: amps(100),
        soc: percent(random.int(100)),
      }),
    () => {
      world.powerOns++;
      void evseSide.powerOn().then(() => world.powerOnAnswers++);
    },
    () => {
      world.powerOns++;
      void evseSide.powerOn().then(() => world.powerOnAnswers++);
    },
    () => evseSide.request({ request: 'power-off' }),
    () => evseSide.request({ request: 'welding-detection' }),
    () => evseSide.request({ request: 'session-stop', pause: random.int(2) === 0 }),
    () => {
      // a car that pauses and drops the link at once: by chance alone that is too seldom
      evseSide.request({ request: 'session-stop', pause: true });
      tellMatching(world, { event: random.pick(['failed', 'link-lost']), reason: 'test' });
    },
    () => evseSide.request({ request: 'lost', reason: 'test' }),
    () => (insulation.result = random.pick(['valid', 'valid', 'warning', 'fault'])),
    () => supply.tell(random.int(500), random.int(100)),
  ];
  random.pick(things)();
}

const wantsClosed = (bench: EvseBench): boolean =>
  bench.board.orders.filter((order) => order === 'open' || order === 'close').at(-1) === 'close';

/** Started on disk, and not stopped. */
function runningOnDisk(bench: EvseBench): boolean {
  const started = bench.ledger.of('transaction.started').at(-1)?.data.transaction;
  return (
    started !== undefined &&
    !bench.ledger.of('transaction.stopped').some((fact) => fact.data.transaction === started)
  );
}

function accepted(bench: EvseBench): boolean {
  const { transaction } = bench.evse.snapshot();
  return bench.ledger
    .of('authorization.answered')
    .some((fact) => fact.data.idToken === transaction?.idToken && fact.data.status === 'Accepted');
}

/** What must hold after every single event, before any time passes. */
function check(world: World, when: string): void {
  const { bench } = world;
  if (!world.linked || !wantsClosed(bench)) return;
  const snapshot = bench.evse.snapshot();
  expect(runningOnDisk(bench), `${when}: committed`).toBe(true);
  expect(accepted(bench), `${when}: authorised`).toBe(true);
  const ready = world.ventilation ? ['C', 'D'] : ['C'];
  expect(ready, `${when}: pilot`).toContain(world.pilot);
  expect([...world.faults], `${when}: faults of the board`).toEqual([]);
  expect(snapshot.faults, `${when}: faults`).toEqual([]);
  expect(bench.board.lock === 'failed', `${when}: lock`).toBe(false);
}

async function calm(world: World): Promise<void> {
  const { bench } = world;
  bench.ledger.mode = 'ok';
  bench.ledger.delay = undefined;
  bench.ledger.release();
  bench.meter.silent = false;
  Object.assign(bench.board.broken, { lock: false, stuckOpen: false, welded: false });
  bench.board.link(true);
  for (const code of ['emergency-stop', 'rcd']) bench.board.fault(code, false);
  bench.board.temperature(20);
  await bench.evse.command({ command: 'availability', operative: true });
  bench.board.pilot('A');
  await settle();
  await bench.clock.run(seconds(90), 50);
}

/** What the journal must look like when everything is over. */
function checkJournal(world: World): number {
  const { ledger, evse, board } = world.bench;
  const starts = ledger.of('transaction.started').map((fact) => fact.data.transaction);
  const stops = ledger.of('transaction.stopped').map((fact) => fact.data.transaction);
  expect(stops).toEqual(starts);
  expect(new Set(starts).size).toBe(starts.length);
  for (const stop of ledger.of('transaction.stopped'))
    expect(stop.data.meter.energy).toBeGreaterThanOrEqual(stop.data.meterStart);
  const ends = ledger.of('session.ended').map((fact) => fact.session);
  expect(ends).toEqual(ledger.of('session.began').map((fact) => fact.session));
  const at = ledger.facts.map((fact) => fact.at);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  let open: string | undefined;
  for (const fact of ledger.facts) {
    if (fact.type === 'session.began') {
      expect(open).toBeUndefined();
      open = fact.session;
    } else if (fact.type === 'session.ended') open = undefined;
    else if (fact.type === 'transaction.started') expect(fact.session).toBe(open);
  }
  expect(board.contactor).toBe('open');
  expect(evse.snapshot().transaction).toBeUndefined();
  expect(world.powerOnAnswers).toBe(world.powerOns);
  return starts.length;
}

describe('whatever happens', () => {
  it.each([
    ['basic AC', { kind: 'AC', highLevelComm: false }, 1],
    ['AC with ISO 15118', { kind: 'AC', highLevelComm: true }, 2],
    ['DC', { kind: 'DC', highLevelComm: true }, 3],
    [
      'AC, matching at the nominal duty cycle',
      { kind: 'AC', highLevelComm: true, matchAtNominalDuty: true },
      6,
    ],
    ['AC and DC', { kind: 'AC+DC', highLevelComm: true }, 4],
    [
      'AC with ventilation, two closings a minute',
      { kind: 'AC', highLevelComm: false, ventilation: true, closingsPerMinute: 2 },
      5,
    ],
  ] as const)(
    `%s: energy only while every condition holds, one stop per start (${SEQUENCES} x ${EVENTS} events, seed 4711)`,
    async (_, config, salt) => {
      let transactions = 0;
      let closes = 0;
      for (let sequence = 0; sequence < SEQUENCES; sequence++) {
        const random = new SeededRandom(4711 * salt + sequence);
        const bench = evseBench({ config: { ...config, connectionTimeout: seconds(20) } });
        const world: World = {
          bench,
          ventilation: 'ventilation' in config,
          pilot: 'A',
          linked: true,
          faults: new Set(),
          powerOns: 0,
          powerOnAnswers: 0,
          good: 0,
          matchedAt: -1,
          endedAt: -1,
        };
        const most = 'closingsPerMinute' in config ? config.closingsPerMinute : 6;
        const closedAt: number[] = [];
        // The machine catches what a port throws: what was wrong at a closing is kept and thrown after it.
        let wrong: unknown;
        bench.board.onClose = () => {
          try {
            check(world, `sequence ${sequence}, at close`);
            const now = bench.clock.monotonic();
            const recent = closedAt.filter((at) => now - at < 60_000).length;
            expect(recent, `sequence ${sequence}: closings in a minute`).toBeLessThan(most);
            closedAt.push(now);
          } catch (error) {
            wrong ??= error;
          }
        };
        for (let event = 0; event < EVENTS; event++) {
          if (random.int(3) > 0) goodStep(world);
          else happen(world, random);
          check(world, `sequence ${sequence}, event ${event}`);
          checkPilot(world, `sequence ${sequence}, event ${event}`);
          await settle();
          await bench.clock.run(
            random.pick([millis(50), millis(150), millis(300), seconds(4)]),
            50,
          );
          check(world, `sequence ${sequence}, after event ${event}`);
          checkPilot(world, `sequence ${sequence}, after event ${event}`);
          if (wrong) throw wrong;
        }
        await calm(world);
        transactions += checkJournal(world);
        closes += bench.board.closes;
      }
      // Otherwise the sequences would prove nothing.
      expect(transactions).toBeGreaterThan(SEQUENCES);
      expect(closes).toBeGreaterThan(SEQUENCES / 2);
    },
    60_000,
  );
});
