import { describe, expect, it } from 'vitest';
import { createEvse } from '@kerbside/charging';
import {
  memoryAuthorizer,
  memoryBoard,
  memoryInsulation,
  memoryLedger,
  memoryMeter,
  memorySupply,
} from '@kerbside/charging/testing';
import {
  createEvcc,
  createV2gService,
  type EvccReport,
  type V2gServiceReport,
  type V2gTransportListener,
} from '@kerbside/iso15118';
import { fakeCar, memoryConnection } from '@kerbside/iso15118/testing';
import { amps, millis, minutes, seconds, volts } from '@kerbside/kernel';
import { ManualClock, SeededRandom, collectingLogger } from '@kerbside/kernel/testing';

/** The EVSE actor before the SECC, the car's EVCC behind it: the pilot and the connection are in memory. */
function bench(kind: 'AC' | 'DC') {
  const clock = new ManualClock();
  const log = collectingLogger();
  const random = new SeededRandom(5);
  const board = memoryBoard({ clock });
  const supply = memorySupply();
  const ledger = memoryLedger({ clock });
  const reports: V2gServiceReport[] = [];
  let transport: V2gTransportListener | undefined;
  let plugged = false;
  const evse = createEvse(
    {
      evse: 1,
      connector: 1,
      kind,
      phases: 3,
      nominalVoltage: volts(230),
      fuse: amps(kind === 'AC' ? 32 : 125),
      highLevelComm: true,
      meterId: 'meter-1',
      sampleInterval: seconds(10),
      connectionTimeout: minutes(2),
    },
    {
      board,
      meter: memoryMeter({ clock, flows: () => board.contactor !== 'open' }),
      ...(kind === 'DC' ? { supply, insulation: memoryInsulation({ clock }) } : {}),
      hlc: { open: () => service.open(), close: (reason) => service.close(reason) },
      authorizer: memoryAuthorizer({ clock, accepts: ['TAG'] }),
      ledger,
      clock,
      random,
      log,
    },
  );
  const service = createV2gService({
    config: () => ({
      evseId: 'DE*KRB*E1',
      energyTransferModes: kind === 'AC' ? ['AC_three_phase_core'] : ['DC_extended'],
      nominalVoltage: volts(230),
      services: [],
    }),
    side: evse.evseSide,
    ports: { clock, random, log },
    transport: {
      open: (listener) => (transport = listener),
      close: () => (transport = undefined),
    },
    sdp: { open: () => {}, close: () => {} },
    report: (report) => reports.push(report),
  });
  board.link(true);

  /** Plugs in and connects, as a car does once its link stands. */
  async function plugIn() {
    board.cable(amps(32));
    plugged = true;
    board.pilot('B');
    await clock.run(seconds(2), 10);
    const pipe = memoryConnection(clock);
    const listener = transport?.onConnection(pipe.charger);
    if (!listener) throw new Error('the charger does not listen');
    const car = fakeCar(100);
    const { order } = car;
    car.order = (what) => {
      order(what);
      if (what.order === 'pilot' && plugged) board.pilot(what.state);
    };
    const seen: EvccReport[] = [];
    const evcc = createEvcc({
      config: {
        evccId: new Uint8Array(6),
        mode: kind === 'AC' ? 'AC_three_phase_core' : 'DC_extended',
        internetSets: [],
        loopInterval: millis(500),
      },
      car,
      ports: { clock, log },
      transport: pipe.car,
      report: (report) => seen.push(report),
    });
    pipe.own(listener, evcc);
    evcc.start();
    return { car, evcc, seen, pipe };
  }
  function unplug() {
    plugged = false;
    board.pilot('A');
  }
  const facts = () => ledger.facts.map(({ type }) => type);
  return {
    clock,
    board,
    evse,
    ledger,
    log,
    reports,
    plugIn,
    unplug,
    facts,
    transport: () => transport,
  };
}

describe.each(['AC', 'DC'] as const)('%s with the EVSE actor', (kind) => {
  it('charges from plug-in to the end of the session, and the transaction is in the ledger', async () => {
    const b = bench(kind);
    const { seen } = await b.plugIn();
    await b.clock.run(seconds(3), 10);
    expect(b.evse.snapshot().state).toBe('Communicating');
    b.board.token('TAG');
    await b.clock.run(seconds(10), 10);
    expect([b.board.contactor, b.evse.snapshot().state]).toEqual(['closed', 'Charging']);
    await b.clock.run(seconds(60), 10);
    expect(seen.at(-1)).toEqual({ report: 'done', reason: 'the car has enough' });
    expect(b.board.contactor).toBe('open');
    expect(b.facts().filter((type) => type.startsWith('transaction'))).toEqual([
      'transaction.started',
      'transaction.stopped',
    ]);
    expect(b.reports).toContainEqual({ report: 'ended', reason: 'SessionStopReq', ok: true });
    expect(b.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('a remote stop reaches the car over V2G, and the car ends in good order', async () => {
    const b = bench(kind);
    const { car, seen } = await b.plugIn();
    car.turns = 100_000;
    b.board.token('TAG');
    await b.clock.run(seconds(12), 10);
    expect(b.board.contactor).toBe('closed');
    void b.evse.command({ command: 'stop', reason: 'Remote' });
    await b.clock.run(seconds(8), 10);
    expect(seen.at(-1)).toEqual({ report: 'done', reason: 'the EVSE asked to stop' });
    expect(b.board.contactor).toBe('open');
    expect(b.ledger.facts.find(({ type }) => type === 'transaction.stopped')?.data).toMatchObject({
      reason: 'Remote',
    });
  });

  it('unplugged while charging: the contactor opens at once, and the session is closed', async () => {
    const b = bench(kind);
    const { car, seen } = await b.plugIn();
    car.turns = 100_000;
    b.board.token('TAG');
    await b.clock.run(seconds(12), 10);
    b.unplug();
    await b.clock.run(millis(100), 10);
    expect(b.board.contactor).toBe('open');
    await b.clock.run(seconds(5), 10);
    expect([seen.at(-1)?.report, b.transport()]).toEqual(['failed', undefined]);
  });

  it('a contactor that does not close: the car is told, and nothing stays closed', async () => {
    const b = bench(kind);
    b.board.broken.stuckOpen = true;
    const { seen } = await b.plugIn();
    b.board.token('TAG');
    await b.clock.run(seconds(60), 10);
    expect(seen.at(-1)?.report).toBe('failed');
    expect(b.board.contactor).toBe('open');
  });
});
