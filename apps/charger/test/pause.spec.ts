import { millis, seconds, silentLogger, volts } from '@kerbside/kernel';
import { SeededRandom, ManualClock } from '@kerbside/kernel/testing';
import {
  createEvcc,
  createV2gService,
  type EvccReport,
  type EvseSide,
  type V2gServiceReport,
  type V2gTransportListener,
} from '@kerbside/iso15118';
import { fakeCar, memoryConnection } from '@kerbside/iso15118/testing';
import { SimulatedModem } from '@kerbside/slac/testing';
import { describe, expect, it } from 'vitest';
import { outlet } from './support/outlet.ts';

/** An EVSE with its SLAC and its SECC, and a car with its SLAC and its EVCC: wire, modems and connection in memory. */
function street() {
  const clock = new ManualClock();
  const v2g: V2gServiceReport[] = [];
  let transport: V2gTransportListener | undefined;
  const side: EvseSide = {
    view: () => place.bench.evse.evseSide.view(),
    request: (request) => place.bench.evse.evseSide.request(request),
    powerOn: () => place.bench.evse.evseSide.powerOn(),
  };
  const service = createV2gService({
    config: () => ({
      evseId: 'DE*KRB*E1',
      energyTransferModes: ['AC_three_phase_core'],
      nominalVoltage: volts(230),
      services: [],
    }),
    side,
    ports: { clock, random: new SeededRandom(11), log: silentLogger },
    transport: { open: (listener) => (transport = listener), close: () => (transport = undefined) },
    sdp: { open: () => {}, close: () => {} },
    report: (report) => v2g.push(report),
  });
  const place = outlet({ clock, highLevelComm: service });
  const { bench } = place;
  const modem = new SimulatedModem(place.bus, place.line, {
    mac: '00:01:87:00:ca:01',
    host: '02:00:00:00:ca:01',
    skipProfiles: Number.MAX_SAFE_INTEGER,
  });
  const slac = place.car();

  /** One V2G session of the car, on the link that stands. */
  function talk(resume?: Uint8Array) {
    const pipe = memoryConnection(clock);
    const listener = transport?.onConnection(pipe.charger);
    if (!listener) throw new Error('the charger does not listen');
    const seen: EvccReport[] = [];
    const car = fakeCar(100_000);
    car.order = (order) => {
      car.orders.push(order);
      if (order.order === 'pilot') bench.board.pilot(order.state);
    };
    const evcc = createEvcc({
      config: {
        evccId: Uint8Array.of(2, 0, 0, 0, 0xca, 1),
        mode: 'AC_three_phase_core',
        internetSets: [],
        loopInterval: millis(500),
        ...(resume ? { resume } : {}),
      },
      car,
      ports: { clock, log: silentLogger },
      transport: pipe.car,
      report: (report) => seen.push(report),
    });
    pipe.own(listener, evcc);
    evcc.start();
    return { evcc, seen };
  }
  const toggle = async () => {
    bench.board.pilot('C');
    await bench.run(millis(300));
    bench.board.pilot('B');
  };
  const of = (type: string) => bench.ledger.facts.filter((fact) => fact.type === type);
  const joined = (seen: readonly EvccReport[]) =>
    seen.flatMap((report) => (report.report === 'session' ? [report.joined] : []));
  return { ...place, slac, modem, v2g, talk, toggle, of, joined, listens: () => !!transport };
}

/** Plugged in, matched, charging, and then paused: asleep, with the pilot at X1. `whenPaused`: as soon as the car has its answer. */
async function asleep(whenPaused: (s: ReturnType<typeof street>) => void = () => {}) {
  const s = street();
  const { bench } = s;
  s.plugged();
  await bench.run(seconds(1));
  const match = s.slac.start();
  await bench.run(seconds(4));
  expect(await match).toMatchObject({ kind: 'matched', linkSeen: true });
  const { nid } = s.matching.slac.state;
  const first = s.talk();
  await bench.run(seconds(1));
  bench.board.token('TAG');
  await bench.run(seconds(8));
  expect(bench.evse.snapshot()).toMatchObject({ state: 'Charging' });
  first.evcc.pause('a rest');
  for (let i = 0; i < 20 && first.seen.at(-1)?.report !== 'done'; i++) await bench.run(millis(100));
  whenPaused(s);
  await bench.run(seconds(5));
  const end = first.seen.at(-1);
  const paused = end?.report === 'done' ? end.paused : undefined;
  if (!paused) throw new Error('not paused');
  return { ...s, nid, paused };
}

describe('a pause, with the real SLAC and the real V2G', () => {
  it('the car wakes up, is back in its network and its session, and charges on in one transaction', async () => {
    const s = await asleep();
    const { bench } = s;
    const key = bench.evse.snapshot().transaction?.key;
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'SuspendedEV',
      reason: 'paused-by-car',
      pilotOutput: 'X1',
      contactor: 'open',
    });
    expect([s.matching.slac.state.at, s.listens()]).toEqual(['paused', false]);
    await bench.run(seconds(600));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'SuspendedEV' });

    s.bus.sent.length = 0;
    await s.toggle();
    const rejoined = s.slac.rejoin();
    await bench.run(seconds(2));
    expect(await rejoined).toMatchObject({ kind: 'matched', linkSeen: true, nid: s.nid });
    expect(s.matching.slac.state).toMatchObject({ at: 'matched', nid: s.nid });
    expect(s.bus.names.filter((name) => /SLAC|SOUND|SET_KEY/.test(name))).toEqual([]);
    const second = s.talk(s.paused);
    await bench.run(seconds(8));
    expect(s.joined(second.seen)).toEqual([true]);
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Charging', transaction: { key } });
    expect(bench.board.contactor).toBe('closed');

    second.evcc.stop('enough');
    await bench.run(seconds(10));
    expect(second.seen.at(-1)).toEqual({ report: 'done', reason: 'enough' });
    expect(s.of('transaction.started')).toHaveLength(1);
    expect(s.of('transaction.stopped')).toMatchObject([{ data: { reason: 'EVStopped' } }]);
    expect(s.of('system.woken')).toMatchObject([{ data: { by: 'car' } }]);
    expect(s.of('system.v2g-lost')).toEqual([]);
  });

  it('the link goes down while the car sleeps: it is back within T_conn_resume', async () => {
    const s = await asleep();
    s.modem.linkDown = true;
    await s.bench.run(seconds(60));
    expect(s.matching.slac.state.at).toBe('paused');
    await s.toggle();
    const rejoined = s.slac.rejoin();
    await s.bench.run(seconds(4));
    s.modem.linkDown = false;
    await s.bench.run(seconds(1));
    expect(await rejoined).toMatchObject({ kind: 'matched', nid: s.nid });
    const second = s.talk(s.paused);
    await s.bench.run(seconds(8));
    expect(s.joined(second.seen)).toEqual([true]);
    expect(s.bench.evse.snapshot()).toMatchObject({ state: 'Charging' });
    expect(s.of('transaction.started')).toHaveLength(1);
  });

  it('a modem that sleeps as soon as the car has its answer has lost no link', async () => {
    const s = await asleep(({ modem }) => (modem.linkDown = true));
    expect(s.bench.evse.snapshot()).toMatchObject({ reason: 'paused-by-car', pilotOutput: 'X1' });
    expect(s.matching.slac.state).toMatchObject({ at: 'paused', nid: s.nid });
    s.modem.linkDown = false;
    await s.toggle();
    const rejoined = s.slac.rejoin();
    await s.bench.run(seconds(2));
    expect(await rejoined).toMatchObject({ kind: 'matched', nid: s.nid });
    const second = s.talk(s.paused);
    await s.bench.run(seconds(8));
    expect(s.joined(second.seen)).toEqual([true]);
    expect(s.bench.evse.snapshot()).toMatchObject({ state: 'Charging' });
  });

  it('a car that is back before the pilot left 5 % goes on at once, and its link is watched again', async () => {
    const s = await asleep((it) => it.bench.board.pilot('C'));
    expect(s.matching.slac.state).toMatchObject({ at: 'matched', nid: s.nid });
    expect(s.bench.evse.snapshot()).toMatchObject({ pilotOutput: { dutyPercent: 5 } });
    s.bench.board.pilot('B');
    const second = s.talk(s.paused);
    await s.bench.run(seconds(8));
    expect(s.joined(second.seen)).toEqual([true]);
    expect(s.bench.evse.snapshot()).toMatchObject({ state: 'Charging' });
    s.modem.linkDown = true;
    await s.bench.run(seconds(3));
    expect(s.of('system.v2g-lost')).toHaveLength(1);
    expect(s.bench.board.contactor).toBe('open');
  });

  it('a car that lost its network matches anew, and joins its session all the same', async () => {
    const s = await asleep();
    s.modem.forget();
    await s.toggle();
    const match = s.slac.start();
    await s.bench.run(seconds(5));
    expect(await match).toMatchObject({ kind: 'matched', linkSeen: true });
    const second = s.talk(s.paused);
    await s.bench.run(seconds(8));
    expect(s.joined(second.seen)).toEqual([true]);
    expect(s.bench.evse.snapshot()).toMatchObject({ state: 'Charging' });
    expect(s.of('transaction.started')).toHaveLength(1);
  });

  it('an operator wakes the car, and its session goes on', async () => {
    const s = await asleep();
    void s.bench.evse.command({ command: 'wake-up' });
    await s.bench.run(millis(100));
    const rejoined = s.slac.rejoin();
    await s.bench.run(seconds(2));
    expect(await rejoined).toMatchObject({ kind: 'matched', nid: s.nid });
    const second = s.talk(s.paused);
    await s.bench.run(seconds(8));
    expect(s.joined(second.seen)).toEqual([true]);
    expect(s.bench.evse.snapshot()).toMatchObject({ state: 'Charging' });
  });

  it('unplugged in its sleep, plugged in again: a new transaction, and a new session', async () => {
    const s = await asleep();
    s.bench.board.pilot('A');
    await s.bench.run(seconds(5));
    expect(s.of('transaction.stopped')).toHaveLength(1);
    s.plugged();
    await s.bench.run(seconds(1));
    const match = s.slac.start();
    await s.bench.run(seconds(4));
    expect(await match).toMatchObject({ kind: 'matched' });
    const second = s.talk(s.paused);
    s.bench.board.token('TAG');
    await s.bench.run(seconds(8));
    expect(s.joined(second.seen)).toEqual([false]);
    expect(s.of('transaction.started')).toHaveLength(2);
  });
});
