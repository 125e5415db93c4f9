import { describe, expect, it } from 'vitest';
import type { EvseSlacStatus } from '../src/index.ts';
import { Bench, EVSE } from './bench.ts';

const MODEM = '00:01:87:00:ee:01';
const CAR_MODEM = '00:01:87:00:e0:01';
const lumissil = { vendor: 'lumissil' } as const;

describe('modems', () => {
  it('Qualcomm: found with hardware, firmware and mains, link and rates while matched', async () => {
    const bench = new Bench();
    await bench.run(500);
    expect(bench.of('modem')[0]).toMatchObject({
      state: 'found',
      vendor: 'qualcomm',
      mac: MODEM,
      version: 'QCA7000 MAC 1.1.1531 20150204',
      built: '20150204',
      lineHz: 50,
      zeroCross: 'detected',
    });
    expect(bench.evse.state.modem).toMatchObject({
      at: 'ready',
      firmware: 'MAC-QCA7000-1.1.0.1531-00-20150204-CS',
      what: 'The modem has the network key.',
    });
    expect(await bench.plugIn(bench.vehicle())).toMatchObject({ linkSeen: true });
    const stations = [{ mac: CAR_MODEM, txMbps: 9, rxMbps: 9 }];
    expect(bench.of('network')).toEqual([{ kind: 'network', stations }]);
    expect(bench.evse.state.modem.stations).toEqual(stations);
    await bench.run(60_000);
    expect(bench.of('network')).toHaveLength(1);
    expect(bench.count('VS_NW_INFO.REQ')).toBeGreaterThan(5);
  });

  it('Qualcomm: one that answers VS_NW_INFO in version 1 only is asked so', async () => {
    const bench = new Bench({ modem: { newNetworkInfo: true } });
    await bench.run(500);
    await bench.plugIn(bench.vehicle(), 14_000);
    expect(bench.of('network')).toMatchObject([
      { stations: [{ mac: CAR_MODEM, txMbps: 300, rxMbps: 310 }] },
    ]);
  });

  it.each(['everest', 'hlb'] as const)(
    'Lumissil, framed as %s: found, link, rates',
    async (header) => {
      const bench = new Bench({ evse: { lumissilHeader: header }, modem: lumissil });
      await bench.run(1000);
      expect(bench.of('modem').map(({ state }) => state)).toEqual(['found', 'ready']);
      expect(bench.evse.state.modem).toMatchObject({ vendor: 'lumissil', version: '1.2.3.77' });
      expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched' });
      expect(bench.of('link')).toMatchObject([{ up: true }]);
      expect(bench.of('network')).toMatchObject([{ stations: [{ mac: CAR_MODEM }] }]);
      const framing = header === 'hlb' ? [1, '00'.repeat(19)] : [0, undefined];
      const asked = bench.frames('NSCM_GET_D_LINK_STATUS.REQ');
      expect(asked.length).toBeGreaterThan(2);
      for (const frame of asked) expect([frame.MMV, frame['vendor header']]).toEqual(framing);
      bench.evse.leaveBcd();
      await bench.run(100);
      expect(bench.count('NSCM_D_LINK_TERMINATE.REQ')).toBe(1);
    },
  );

  it('Lumissil: a change that it tells by itself is asked about at once', async () => {
    const bench = new Bench({ modem: lumissil });
    await bench.run(1000);
    const car = bench.vehicle();
    await bench.plugIn(car);
    bench.bus.sent.length = 0;
    bench.modem?.say({ name: 'NSCM_D_LINK_READY.IND', ODA: EVSE, OSA: MODEM });
    await bench.run(2);
    expect(bench.count('NSCM_GET_D_LINK_STATUS.REQ')).toBe(1);
  });

  it('configured as one make, it is asked as that only', async () => {
    for (const vendor of ['qualcomm', 'lumissil'] as const) {
      const bench = new Bench({ evse: { modemVendor: vendor }, modem: { vendor } });
      await bench.run(500);
      expect(await bench.plugIn(bench.vehicle())).toMatchObject({ linkSeen: true });
      expect(bench.of('link')).toMatchObject([{ up: true }]);
      const foreign = vendor === 'qualcomm' ? /^NSCM/ : /^VS_/;
      const asked = bench.bus.sent.map((_, i) => bench.bus.names[i] ?? '');
      expect(asked.filter((name) => foreign.test(name) && !/LNK_STATUS/.test(name))).toEqual([]);
    }
  });

  it('none: nothing is asked, the match goes on, and the state says so', async () => {
    const bench = new Bench({ evse: { modemVendor: 'none' } });
    await bench.run(500);
    expect(await bench.plugIn(bench.vehicle({ modem: false }))).toMatchObject({ kind: 'matched' });
    expect(bench.of('matched')).toMatchObject([{ linkSeen: false }]);
    expect(bench.evse.state.modem).toMatchObject({
      at: 'none',
      vendor: 'unknown',
      what: 'No modem is configured: the link cannot be checked.',
    });
    const asked = bench.bus.sent.filter(
      ({ bytes }, i) =>
        bytes[11] === 0x01 &&
        bytes[10] === 0xee &&
        /^(VS|NSCM|CM_SET)/.test(bench.bus.names[i] ?? ''),
    );
    expect(asked).toEqual([]);
  });

  it.each([
    ['qualcomm', 'VS_RS_DEV.REQ'],
    ['lumissil', 'NSCM_RESET_DEVICE.REQ'],
  ] as const)(
    '%s: chipReset restarts it after each key, and waits until it is back',
    async (vendor, name) => {
      const bench = new Bench({ evse: { chipReset: true }, modem: { vendor } });
      await bench.run(350);
      expect(bench.evse.state.modem.at).toBe('resetting');
      await bench.run(2000);
      expect(bench.count(name)).toBe(1);
      expect(bench.modem?.resets).toBe(1);
      expect(bench.evse.state.modem.at).toBe('ready');
      expect(await bench.plugIn(bench.vehicle())).toMatchObject({ linkSeen: true });
      bench.evse.leaveBcd();
      await bench.run(2000);
      expect(bench.count(name)).toBe(2);
    },
  );

  it('a modem that does not come back from its restart is told, and awaited', async () => {
    const bench = new Bench({ evse: { chipReset: true } });
    await bench.run(350);
    if (bench.modem) bench.modem.off = true;
    await bench.run(20_000);
    expect(bench.evse.state.modem).toMatchObject({ at: 'resetting', trouble: 'no-answer' });
    if (bench.modem) bench.modem.off = false;
    await bench.run(6000);
    expect(bench.evse.state.modem).toMatchObject({ at: 'ready', trouble: undefined });
  });

  it('a modem that refuses to restart goes on, and that is told', async () => {
    const bench = new Bench({ evse: { chipReset: true }, modem: { resetStatus: 1 } });
    await bench.run(3000);
    expect(bench.of('modem').map(({ state }) => state)).toEqual([
      'found',
      'refuses-reset',
      'ready',
    ]);
  });

  it.each([
    [0, 'any', true],
    [1, 'any', true],
    [2, 'any', false],
    [0, 1, false],
    [1, 1, true],
    [1, 0, false],
    [0, 0, true],
  ] as const)(
    'CM_SET_KEY.CNF with result %i, success %s: taken %s',
    async (setKeyResult, setKeySuccess, taken) => {
      const bench = new Bench({ evse: { setKeySuccess }, modem: { setKeyResult } });
      await bench.run(12_000);
      const { at, trouble, what, next } = bench.evse.state.modem;
      expect([at, trouble]).toEqual(taken ? ['ready', undefined] : ['keying', 'refuses-key']);
      expect([what, next].join(' ')).toContain(
        taken ? 'has the network key' : 'refuses the network key',
      );
      const asked = bench.count('CM_SET_KEY.REQ');
      await bench.run(20_000);
      expect(bench.count('CM_SET_KEY.REQ') - asked).toBe(taken ? 0 : 4);
    },
  );

  it('a modem that waits for its firmware says so', async () => {
    const bench = new Bench({ modem: { deafFor: 1e9 } });
    await bench.run(500);
    bench.modem?.say({ name: 'VS_HOST_ACTION.IND', ODA: EVSE, OSA: MODEM, MACTION: 0 });
    await bench.run(10);
    expect(bench.evse.state.modem).toMatchObject({ trouble: 'waits-for-firmware' });
    expect(bench.evse.state.modem.next).toContain('load it');
  });

  it('the link that falls and stands again within TP_link_ready_notification is not a match yet', async () => {
    const bench = new Bench();
    await bench.run(500);
    const car = bench.vehicle();
    void bench.plugIn(car, 1);
    while (bench.evse.state.match?.linkSeen !== true) await bench.run(10);
    expect(bench.evse.state.at).toBe('joining');
    if (bench.modem) bench.modem.linkDown = true;
    await bench.run(1000);
    expect(bench.evse.state).toMatchObject({ at: 'joining', match: { linkSeen: false } });
    if (bench.modem) bench.modem.linkDown = false;
    await bench.run(500);
    expect(bench.evse.state).toMatchObject({ at: 'matched', match: { linkSeen: true } });
    expect(bench.of('link')).toMatchObject([{ up: true }]);
  });

  it('a link that comes and goes is lost only after as many polls as configured', async () => {
    const bench = new Bench();
    await bench.run(500);
    await bench.plugIn(bench.vehicle());
    for (let i = 0; i < 10; i++) {
      if (bench.modem) bench.modem.linkDown = i % 2 === 0;
      await bench.run(390);
    }
    expect(bench.of('failed')).toEqual([]);
    if (bench.modem) bench.modem.linkDown = true;
    await bench.run(1000);
    expect(bench.of('failed')).toMatchObject([{ cause: { code: 'link-lost' } }]);
  });
});

/** Brings a charger into a state with a car that goes on, or is stuck there. */
const states: Record<EvseSlacStatus['at'] | 'sounding', (bench: Bench) => Promise<void>> = {
  unmatched: () => Promise.resolve(),
  waiting: async (bench) => bench.evse.enterBcd(),
  matching: async (bench) =>
    void (await bench.plugIn(bench.vehicle({ knobs: { noMatchReq: true } }), 900)),
  sounding: async (bench) => void (await bench.plugIn(bench.vehicle(), 250)),
  joining: async (bench) =>
    void (await bench.plugIn(bench.vehicle({ modem: { linkDown: true } }), 1200)),
  matched: async (bench) => void (await bench.plugIn(bench.vehicle(), 2000)),
  failed: async (bench) =>
    void (await bench.plugIn(bench.vehicle({ knobs: { noMatchReq: true } }), 40_000)),
  paused: async (bench) => {
    await bench.plugIn(bench.vehicle(), 2000);
    bench.evse.pause();
  },
};

describe('the interface vanishes and comes back', () => {
  it.each(
    Object.keys(states).flatMap((at) => [
      [at, 300],
      [at, 30_000],
    ]) as [keyof typeof states, number][],
  )(
    'in state %s, for %i ms: told once each, no fault, and a car matches afterwards',
    async (at, ms) => {
      const bench = new Bench();
      await bench.run(500);
      await states[at](bench);
      expect(bench.evse.state.at).toBe(at === 'sounding' ? 'matching' : at);
      bench.evseLink.become('gone');
      // With the interface the modem was without power: it has lost its key.
      bench.modem?.forget();
      await bench.run(ms);
      expect(bench.of('interface')).toEqual([
        { kind: 'interface', ok: false, what: 'the interface is gone' },
      ]);
      bench.evseLink.become('up');
      await bench.run(2000);
      expect(bench.of('interface').map(({ ok }) => ok)).toEqual([false, true]);
      bench.evse.leaveBcd();
      for (const car of bench.vehicles) {
        car.pev.stop();
        car.modem?.unplug();
      }
      await bench.run(8000);
      expect(bench.evse.state.modem).toMatchObject({ at: 'ready', trouble: undefined });
      expect(await bench.plugIn(bench.vehicle(), 6000)).toMatchObject({
        kind: 'matched',
        linkSeen: true,
      });
      expect(bench.of('matched').at(-1)).toMatchObject({ linkSeen: true });
      bench.evse.leaveBcd();
      await bench.run(2000);
      expect(bench.evse.armed).toEqual([]);
    },
  );

  it('with another address: the modem gets its key from that one, with no car about', async () => {
    const bench = new Bench({ modem: { host: '02:00:00:00:ee:02' } });
    await bench.run(500);
    bench.evseLink.become('gone');
    bench.modem?.forget();
    await bench.run(1000);
    bench.evseLink.mac[5] = 0x02;
    bench.evseLink.become('up');
    await bench.run(3000);
    expect(bench.evse.state.modem).toMatchObject({ at: 'ready', trouble: undefined });
    expect(bench.modem?.key).toHaveLength(32);
    expect(bench.frames('CM_SET_KEY.REQ').at(-1)).toMatchObject({ OSA: '02:00:00:00:ee:02' });
  });
});
