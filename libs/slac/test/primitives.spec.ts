import { describe, expect, it } from 'vitest';
import { encodeFrame, type Sendable } from '../src/index.ts';
import { Bench, EVSE } from './bench.ts';
import { parm } from './tester.ts';

async function matched(evse = {}): Promise<Bench> {
  const bench = new Bench({ evse });
  await bench.run(500);
  expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched', linkSeen: true });
  return bench;
}
/** A frame from anywhere on the wire. */
async function say(bench: Bench, frame: Sendable): Promise<void> {
  const link = bench.bus.join('02:00:00:00:00:77');
  link.send(encodeFrame(frame));
  await bench.run(5);
  link.close();
}

describe('primitives of the data link', () => {
  it.each([
    ['terminate', 'terminated'],
    ['error', 'error'],
    ['leaveBcd', 'unplugged'],
  ] as const)(
    'D-LINK %s: the network is left within TP_match_leave, and the next car matches',
    async (act, why) => {
      const bench = await matched();
      const key = bench.modem?.key;
      bench.evse[act]();
      expect(bench.evse.state).toMatchObject({ at: 'unmatched', match: undefined, sessions: [] });
      await bench.run(1000); // TP_match_leave
      expect(bench.modem?.key).not.toBe(key);
      expect(bench.of('ended')).toEqual([{ kind: 'ended', why }]);
      expect(bench.of('failed')).toEqual([]);
      bench.vehicles[0]?.modem?.unplug();
      expect(await bench.plugIn(bench.vehicle())).toMatchObject({
        kind: 'matched',
        linkSeen: true,
      });
    },
  );

  it.each(['terminate', 'error', 'leaveBcd'] as const)(
    'D-LINK %s without a car tells nothing',
    async (act) => {
      const bench = new Bench();
      await bench.run(500);
      bench.evse[act]();
      await bench.run(500);
      expect(bench.of('ended')).toEqual([]);
      expect(bench.evse.armed).toEqual([]);
    },
  );

  it('D-LINK pause keeps network and key, asks for nothing, and answers no car', async () => {
    const bench = await matched();
    const key = bench.modem?.key;
    bench.evse.pause();
    expect(bench.evse.armed).toEqual([]);
    bench.bus.sent.length = 0;
    await bench.run(60_000);
    expect(bench.frames('VS_PL_LNK_STATUS.REQ').filter(({ OSA }) => OSA === EVSE)).toEqual([]);
    await say(bench, parm);
    expect(bench.count('CM_SLAC_PARM.CNF')).toBe(0);
    expect(bench.modem?.key).toBe(key);
    bench.evse.enterBcd();
    await bench.run(1000);
    expect(bench.evse.state).toMatchObject({ at: 'matched', match: { linkSeen: true } });
    expect(bench.of('resumed')).toHaveLength(1);
  });

  it('a link that does not come back after a pause: failed after TT_match_join, then matched anew', async () => {
    const bench = await matched();
    bench.evse.pause();
    bench.vehicles[0]?.modem?.unplug();
    await bench.run(5000);
    bench.evse.enterBcd();
    await bench.run(12_100);
    expect(bench.of('failed')).toMatchObject([{ cause: { code: 'link-not-formed' } }]);
    expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched', linkSeen: true });
  });

  it('D-LINK pause of a car that slept on through the wake-up keeps network and key too', async () => {
    const bench = await matched();
    const { nid } = bench.evse.state;
    const key = bench.modem?.key;
    const [car] = bench.vehicles;
    bench.evse.pause();
    if (car?.modem) car.modem.linkDown = true; // asleep
    bench.evse.enterBcd();
    await bench.run(6000);
    expect(bench.evse.state.at).toBe('joining');
    bench.evse.pause();
    expect(bench.evse.state).toMatchObject({ at: 'paused', nid });
    expect(bench.evse.armed).toEqual([]);
    await bench.run(20_000);
    if (car?.modem) car.modem.linkDown = false;
    bench.evse.enterBcd();
    await bench.run(1000);
    expect(bench.evse.state).toMatchObject({ at: 'matched', nid, match: { linkSeen: true } });
    expect(bench.modem?.key).toBe(key);
    expect(bench.of('failed')).toEqual([]);
  });

  it('a car that wakes up awaits the link of before, with no frame for the charger', async () => {
    const bench = await matched();
    const { nid } = bench.evse.state;
    const [car] = bench.vehicles;
    bench.evse.pause();
    if (car?.modem) car.modem.linkDown = true; // asleep
    await bench.run(60_000);
    bench.bus.sent.length = 0;
    if (car?.modem) car.modem.linkDown = false;
    bench.evse.enterBcd();
    const result = car?.pev.rejoin();
    await bench.run(1000);
    expect(await result).toMatchObject({ kind: 'matched', nid, linkSeen: true });
    expect(bench.evse.state).toMatchObject({ at: 'matched', nid, match: { linkSeen: true } });
    expect(bench.bus.names.filter((name) => /SLAC|SOUND|SET_KEY/.test(name))).toEqual([]);
    expect(car?.pev.armed).toEqual([]);
  });

  it('a car that wakes up without a link in T_conn_resume fails then, and matches anew', async () => {
    const bench = await matched();
    const [car] = bench.vehicles;
    bench.evse.pause();
    if (car?.modem) car.modem.linkDown = true;
    await bench.run(1000);
    const result = car?.pev.rejoin();
    await bench.run(5900);
    expect(car?.pev.state).toBe('joining');
    await bench.run(100);
    expect(await result).toMatchObject({ kind: 'failed', cause: { code: 'link-not-resumed' } });
    expect(car?.pev.armed).toEqual([]);
    bench.evse.leaveBcd();
    if (car?.modem) car.modem.linkDown = false;
    await bench.run(1000);
    expect(car && (await bench.plugIn(car))).toMatchObject({ kind: 'matched', linkSeen: true });
  });

  it('a car that was never matched and wakes up matches as ever', async () => {
    const bench = new Bench();
    await bench.run(500);
    const car = bench.vehicle();
    bench.evse.enterBcd();
    const result = car.pev.rejoin();
    await bench.run(5000);
    expect(await result).toMatchObject({ kind: 'matched', linkSeen: true });
  });

  it('D-LINK pause of a car that joins for the first time is none', async () => {
    const bench = new Bench();
    await bench.run(500);
    await bench.plugIn(bench.vehicle({ modem: { linkDown: true } }), 2000);
    bench.evse.pause();
    expect(bench.evse.state.at).toBe('joining');
  });

  it('a pause that ends by unplugging leaves the network', async () => {
    const bench = await matched();
    const key = bench.modem?.key;
    bench.evse.pause();
    bench.evse.leaveBcd();
    await bench.run(1000);
    expect(bench.modem?.key).not.toBe(key);
    expect(bench.evse.state.at).toBe('unmatched');
  });

  it('D-LINK pause before the match is none', async () => {
    const bench = new Bench();
    await bench.run(500);
    bench.evse.enterBcd();
    bench.evse.pause();
    expect(bench.evse.state.at).toBe('waiting');
  });
});

describe('who speaks for the modem', () => {
  const down: Sendable = {
    name: 'VS_PL_LNK_STATUS.CNF',
    ODA: EVSE,
    OSA: '02:00:00:00:00:77',
    MSTATUS: 0,
    LINKSTATUS: 0,
  };

  it.each(['strict', 'lenient'] as const)(
    '%s: a stranger who denies the link does not end the match, the modem does',
    async (validation) => {
      const bench = await matched({ validation });
      for (let i = 0; i < 9; i++) await say(bench, down);
      expect(bench.evse.state.at).toBe('matched');
      const { mac } = bench.evse.state.modem;
      for (let i = 0; i < 9; i++) await say(bench, { ...down, OSA: mac ?? '' });
      expect(bench.evse.state.at).toBe('failed');
    },
  );

  it('strict: a stranger cannot confirm a key, name a maker, or tell stations', async () => {
    const bench = await matched({ validation: 'strict' });
    const before = bench.evse.state.modem;
    const mac = '02:00:00:00:00:77';
    await say(bench, { name: 'VS_NW_INFO.CNF', ODA: EVSE, OSA: mac, NUMAVLNS: 0, AVLNS: [] });
    const version = { major: 9, minor: 9, sub: 9, build: 9, patch: 9 };
    await say(bench, { name: 'NSCM_GET_VERSION.CNF', ODA: EVSE, OSA: mac, ...version });
    expect(bench.evse.state.modem).toEqual(before);
  });

  it('an answer with another status than success says nothing about the link', async () => {
    const bench = await matched();
    const { mac } = bench.evse.state.modem;
    for (let i = 0; i < 5; i++) await say(bench, { ...down, OSA: mac ?? '', MSTATUS: 1 });
    expect(bench.evse.state.at).toBe('matched');
  });
});
