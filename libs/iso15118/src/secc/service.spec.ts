import { describe, expect, it } from 'vitest';
import { millis, volts } from '@kerbside/kernel';
import { ManualClock, SeededRandom, collectingLogger } from '@kerbside/kernel/testing';
import { createEvcc } from '../evcc/evcc.ts';
import type { EvccReport } from '../evcc/inputs.ts';
import type { SdpListener, V2gEndpoint, V2gTransportListener } from '../ports.ts';
import { ipv6FromText } from '../sdp/ipv6-text.ts';
import { fakeCar } from '../testing/fake-car.ts';
import { fakeEvse } from '../testing/fake-evse.ts';
import { memoryConnection } from '../testing/memory-connection.ts';
import { createV2gService, type V2gServiceReport } from './service.ts';

const ENDPOINT: V2gEndpoint = { address: ipv6FromText('fe80::7'), port: 4711, security: 'none' };

function bench() {
  const clock = new ManualClock();
  const evse = fakeEvse('AC', clock);
  const log = collectingLogger();
  const reports: V2gServiceReport[] = [];
  let transport: V2gTransportListener | undefined;
  let sdp: SdpListener | undefined;
  const service = createV2gService({
    config: () => ({
      evseId: 'DE*KRB*E1',
      energyTransferModes: ['AC_three_phase_core'],
      nominalVoltage: volts(230),
      services: [],
    }),
    side: evse,
    ports: { clock, random: new SeededRandom(1), log },
    transport: {
      open: (listener) => (transport = listener),
      close: () => (transport = undefined),
    },
    sdp: { open: (listener) => (sdp = listener), close: () => (sdp = undefined) },
    report: (report) => reports.push(report),
  });
  service.open();

  /** A car connects; undefined where it is refused. */
  function connect() {
    const pipe = memoryConnection(clock);
    const listener = transport?.onConnection(pipe.charger);
    if (!listener) return undefined;
    const seen: EvccReport[] = [];
    const evcc = createEvcc({
      config: {
        evccId: new Uint8Array(6),
        mode: 'AC_three_phase_core',
        internetSets: [],
        loopInterval: millis(500),
      },
      car: fakeCar(),
      ports: { clock, log },
      transport: pipe.car,
      report: (report) => seen.push(report),
    });
    pipe.own(listener, evcc);
    return { evcc, seen, pipe };
  }
  return {
    clock,
    evse,
    reports,
    service,
    connect,
    transport: () => transport,
    sdp: () => sdp,
  };
}

describe('the V2G service of an EVSE', () => {
  it('goes from discovery to the end of the session', async () => {
    const b = bench();
    expect(b.sdp()?.onRequest({ security: 'none' }, 'car')).toBeUndefined();
    b.transport()?.onEndpoint(ENDPOINT);
    expect(b.sdp()?.onRequest({ security: 'none' }, 'car')).toEqual(ENDPOINT);
    const car = b.connect();
    car?.evcc.start();
    await b.clock.run(millis(20_000), 10);
    expect(car?.seen.at(-1)).toEqual({ report: 'done', reason: 'the car has enough' });
    expect(
      b.reports.map((r) => r.report).filter((name) => name !== 'message' && name !== 'state'),
    ).toEqual(['sdp', 'listening', 'sdp', 'connected', 'protocol', 'session', 'ended']);
    expect(b.evse.requests.map((r) => r.request)).not.toContain('lost');
    expect(b.clock.pending).toBe(0);
  });

  it('tells a car that wants TLS what there is', () => {
    const b = bench();
    b.transport()?.onEndpoint(ENDPOINT);
    expect(b.sdp()?.onRequest({ security: 'tls' }, 'car')?.security).toBe('none');
    expect(b.reports.at(-1)).toEqual({
      report: 'sdp',
      from: 'car',
      wanted: 'tls',
      answered: { address: 'fe80:0:0:0:0:0:0:7', port: 4711, security: 'none' },
    });
  });

  it('serves one car at a time, and the next one after it', async () => {
    const b = bench();
    const first = b.connect();
    first?.evcc.start();
    await b.clock.run(millis(100), 10);
    expect(b.connect()).toBeUndefined();
    expect(b.reports.at(-1)).toMatchObject({ report: 'refused' });
    await b.clock.run(millis(20_000), 10);
    const second = b.connect();
    second?.evcc.start();
    await b.clock.run(millis(20_000), 10);
    expect(second?.seen.at(-1)?.report).toBe('done');
  });

  it('lets a car in when the one before said nothing for 20 s', async () => {
    const b = bench();
    const first = b.connect();
    first?.pipe.own(
      { onBytes: () => {}, onClosed: () => {} },
      { onBytes: () => {}, onClosed: () => {} },
    );
    // The first car connects and says nothing.
    const refused = memoryConnection(b.clock);
    expect(b.transport()?.onConnection(refused.charger)).toBeUndefined();
    await b.clock.run(millis(20_100), 100);
    const second = b.connect();
    second?.evcc.start();
    await b.clock.run(millis(20_000), 10);
    expect(second?.seen.at(-1)?.report).toBe('done');
  });

  it('tells the EVSE once when no session comes within 20 s', async () => {
    const b = bench();
    b.transport()?.onEndpoint(ENDPOINT);
    await b.clock.run(millis(60_000), 100);
    expect(b.evse.requests).toEqual([
      { request: 'lost', reason: 'no V2G session within V2G_SECC_CommunicationSetup_Timeout' },
    ]);
  });

  it('closes everything when the EVSE says so, in the middle of a session', async () => {
    const b = bench();
    const car = b.connect();
    car?.evcc.start();
    await b.clock.run(millis(3000), 10);
    b.service.close('unplugged');
    await b.clock.run(millis(1000), 10);
    expect(car?.seen.at(-1)?.report).toBe('failed');
    expect([b.transport(), b.sdp()]).toEqual([undefined, undefined]);
    expect(b.reports).toContainEqual({ report: 'ended', reason: 'unplugged', ok: false });
    // The EVSE ended it itself: it need not be told.
    expect(b.evse.requests.map((r) => r.request)).not.toContain('lost');
    b.service.open();
    expect(b.sdp()).toBeDefined();
  });
});
