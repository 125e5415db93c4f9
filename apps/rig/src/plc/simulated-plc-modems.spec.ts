import { createHash } from 'node:crypto';
import { fromHex, millis, Secret, silentLogger } from '@kerbside/kernel';
import { collectingLogger, ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import {
  createEvseSlac,
  createPevSlac,
  encodeFrame,
  type EvseSlacReport,
  type FrameLink,
  type PevSlacReport,
  type Sendable,
} from '@kerbside/slac';
import { SimulatedBus } from '@kerbside/slac/testing';
import { describe, expect, it } from 'vitest';
import type { PlcConfig } from './plc-config.ts';
import { simulatedPlcModems } from './simulated-plc-modems.ts';

const EVSE = '02:00:00:00:ee:01';
const CAR = '02:00:00:00:e0:01';

/**
 * The bench's wiring: the wire between charger and vehicle, and the hub between charger and rig. The
 * rig listens on the charger's own interface: it never hears what the charger sends there.
 */
function bench(config: Partial<PlcConfig> = {}, before: (wire: SimulatedBus) => void = () => {}) {
  const clock = new ManualClock();
  const wire = new SimulatedBus(clock);
  before(wire);
  const hub = new SimulatedBus(clock);
  const rigOnWire = wire.join('02:00:00:00:99:01', { promiscuous: true });
  const rigOnHub = hub.join('02:00:00:00:99:02', { promiscuous: true });
  const evseOnWire = wire.join(EVSE);
  const evseOnHub = hub.join(EVSE);
  const log = collectingLogger();
  const deafToCharger: FrameLink = {
    mac: rigOnWire.mac,
    send: (frame) => rigOnWire.send(frame),
    onFrame: (receive) =>
      rigOnWire.onFrame((frame) => {
        if (Buffer.from(frame.subarray(6, 12)).toString('hex') !== EVSE.replaceAll(':', ''))
          receive(frame);
      }),
    close: () => {},
  };
  const modems = simulatedPlcModems({
    iface: deafToCharger,
    charger: rigOnHub,
    clock,
    log,
    config,
  });
  const reports: EvseSlacReport[] = [];
  const evse = createEvseSlac({
    ports: {
      link: {
        mac: fromHex(EVSE),
        send(frame) {
          evseOnHub.send(frame);
          evseOnWire.send(frame);
        },
        onFrame(receive) {
          const ends = [evseOnWire.onFrame(receive), evseOnHub.onFrame(receive)];
          return () => ends.forEach((end) => end());
        },
        close: () => {},
      },
      clock,
      random: new SeededRandom(5),
      sha256: (bytes) => createHash('sha256').update(bytes).digest(),
      log: silentLogger,
    },
    report: (report) => reports.push(report),
  });
  const carReports: PevSlacReport[] = [];
  const car = createPevSlac({
    ports: { link: wire.join(CAR), clock, random: new SeededRandom(6), log: silentLogger },
    report: (report) => carReports.push(report),
  });
  const run = (ms: number) => clock.run(millis(ms));
  return { clock, wire, hub, log, modems, evse, reports, car, carReports, run };
}
const found = (list: readonly { kind: string }[], kind: string) =>
  list.filter((report) => report.kind === kind);

describe('the modems of the bench', () => {
  it('let charger and vehicle match, and see the link when both have set the key', async () => {
    const b = bench();
    await b.run(500);
    expect(b.evse.state.modem).toMatchObject({ at: 'ready', vendor: 'qualcomm' });
    b.evse.enterBcd();
    void b.car.start();
    await b.run(3000);
    expect(b.evse.state).toMatchObject({ at: 'matched', match: { evMac: CAR, linkSeen: true } });
    expect(found(b.carReports, 'matched')).toMatchObject([{ linkSeen: true }]);
    expect(b.modems.linked).toBe(true);
    const [attenuation] = found(b.reports, 'attenuation') as unknown as {
      meanDb: number;
      groups: number[];
    }[];
    expect(attenuation?.meanDb).toBeGreaterThan(24);
    expect(attenuation?.meanDb).toBeLessThan(28);
    expect(new Set(attenuation?.groups).size).toBeGreaterThan(4);
    b.evse.leaveBcd();
    await b.run(500);
    expect(b.modems.linked).toBe(false);
  });

  it('bring in faults: high attenuation, no profiles, a link that fails', async () => {
    const far = bench({ meanDb: 60 });
    await far.run(500);
    far.evse.enterBcd();
    void far.car.start();
    await far.run(12_000);
    expect(found(far.carReports, 'failed')).toMatchObject([
      { cause: { code: 'attenuation-too-high' } },
    ]);
    const b = bench();
    await b.run(500);
    b.evse.enterBcd();
    void b.car.start();
    await b.run(3000);
    b.modems.configure({ linkDown: true });
    await b.run(2000);
    expect(found(b.reports, 'failed')).toMatchObject([{ cause: { code: 'link-lost' } }]);
    b.modems.configure({ linkDown: false, noProfiles: true });
    b.evse.leaveBcd();
    await b.run(500);
    b.evse.enterBcd();
    void b.car.start();
    await b.run(30_000);
    expect(found(b.reports, 'failed').at(-1)).toMatchObject({ cause: { code: 'no-profiles' } });
  });

  it('take a vehicle that never asks a modem here for joined, two seconds after its match', async () => {
    const b = bench();
    await b.run(500);
    b.car.stop();
    const car = createPevSlac({
      config: { modem: 'none' },
      ports: {
        link: b.wire.join('02:00:00:00:e0:02'),
        clock: b.clock,
        random: new SeededRandom(7),
        log: silentLogger,
      },
    });
    b.evse.enterBcd();
    void car.start();
    await b.run(1500);
    expect(b.evse.state.at).toBe('joining');
    await b.run(2500);
    expect(b.evse.state).toMatchObject({ at: 'matched', match: { linkSeen: true } });
  });

  const modemSays = (name: 'CM_SET_KEY.CNF' | 'VS_OP_ATTRIBUTES.CNF'): Sendable =>
    name === 'CM_SET_KEY.CNF'
      ? {
          name,
          ODA: EVSE,
          OSA: '00:01:87:00:00:09',
          Result: 1,
          MyNonce: '00000000',
          YourNonce: '00000000',
          PID: 4,
          PRN: '0000',
          PMN: 0,
          'CCo capability': 0,
        }
      : {
          name,
          ODA: EVSE,
          OSA: '00:01:87:00:00:09',
          MSTATUS: 0,
          COOKIE: '00000000',
          RTYPE: 0,
          MLENGTH: 0,
        };

  it('hold answers back, and fall silent for good when a modem answers on the wire', async () => {
    const b = bench({}, (wire) => {
      const foreign = wire.join('00:01:87:00:00:09', { promiscuous: true });
      foreign.onFrame((bytes) => {
        const type = Buffer.from(bytes).readUInt16LE(15);
        if (type === 0xa068) foreign.send(encodeFrame(modemSays('VS_OP_ATTRIBUTES.CNF')));
        if (type === 0x6008) foreign.send(encodeFrame(modemSays('CM_SET_KEY.CNF')));
      });
    });
    await b.run(2000);
    expect(b.modems.silent).toBe(true);
    expect(b.evse.state.modem).toMatchObject({ at: 'ready', mac: '00:01:87:00:00:09' });
    expect(b.hub.names.filter((name) => name.endsWith('.CNF'))).toEqual([]);
    expect(b.log.lines.filter((line) => line.event === 'plc.silent')).toHaveLength(1);
  });

  it('are not silenced by answers that are for nobody who waits for them', async () => {
    const b = bench();
    await b.run(500);
    const script = b.wire.join('02:00:00:00:e0:07');
    script.send(encodeFrame({ ...modemSays('CM_SET_KEY.CNF'), ODA: '00:b0:52:00:00:01' }));
    await b.run(100);
    expect(b.modems.silent).toBe(false);
  });

  it('do not take the charger for a vehicle where both are on one wire', async () => {
    const clock = new ManualClock();
    const wire = new SimulatedBus(clock);
    const hub = new SimulatedBus(clock);
    const onWire = wire.join('02:00:00:00:99:01', { promiscuous: true });
    const onHub = hub.join('02:00:00:00:99:02', { promiscuous: true });
    const [chargerOnWire, chargerOnHub] = [wire.join(EVSE), hub.join(EVSE)];
    const modems = simulatedPlcModems({ iface: onWire, charger: onHub, clock, log: silentLogger });
    const setKey = encodeFrame({
      name: 'CM_SET_KEY.REQ',
      ODA: '00:b0:52:00:00:01',
      OSA: EVSE,
      KeyType: 1,
      MyNonce: '00000000',
      YourNonce: '00000000',
      PID: 4,
      PRN: '0000',
      PMN: 0,
      'CCo capability': 0,
      NID: 'b1c913b5aa0702',
      NewEKS: 1,
      NewKey: new Secret(new Uint8Array(16)),
    });
    chargerOnWire.send(setKey);
    await clock.run(millis(5));
    chargerOnHub.send(setKey);
    await clock.run(millis(100));
    expect(modems.linked).toBe(false);
    expect(wire.names).toEqual(['CM_SET_KEY.REQ']);
    expect(hub.names).toEqual(['CM_SET_KEY.REQ', 'CM_SET_KEY.CNF']);
    modems.stop();
  });

  it('answer in 40 ms when nobody else does', async () => {
    const b = bench();
    await b.run(2000);
    const at = (name: string) => b.hub.sent[b.hub.names.indexOf(name)]?.at ?? -1;
    expect(at('CM_SET_KEY.CNF') - at('CM_SET_KEY.REQ')).toBeCloseTo(40, 0);
  });

  it('hold no more than 32 answers whatever the vehicle floods', async () => {
    const b = bench();
    await b.run(500);
    const flood = b.wire.join('02:00:00:00:e0:09');
    for (let i = 0; i < 500; i++)
      flood.send(
        encodeFrame({ name: 'VS_SW_VER.REQ', ODA: '00:b0:52:00:00:01', OSA: '02:00:00:00:e0:09' }),
      );
    b.wire.sent.length = 0;
    await b.run(200);
    expect(b.wire.names.filter((name) => name === 'VS_SW_VER.CNF')).toHaveLength(32);
  });
});
