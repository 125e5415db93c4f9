import { silentLogger } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import type { Sendable } from '../src/index.ts';
import { createEvseSlac, encodeFrame } from '../src/index.ts';
import { SimulatedModem } from '../src/testing/index.ts';
import { Bench, EVSE, sha256 } from './bench.ts';
import { CAR, match, parm, Tester } from './tester.ts';

const parmReq = (mac: string, runId: string): Sendable => ({
  name: 'CM_SLAC_PARM.REQ',
  ODA: 'ff:ff:ff:ff:ff:ff',
  OSA: mac,
  APPLICATION_TYPE: 0,
  SECURITY_TYPE: 0,
  RunID: runId,
});
const macOf = (i: number) => `02:00:00:00:aa:0${i}`;
const runOf = (i: number) => `0${i}`.repeat(8);

describe('several cars', () => {
  it('sound at the same time: the first to choose gets the key, the other one no answer', async () => {
    const bench = new Bench();
    await bench.run(500);
    const one = bench.vehicle();
    const two = bench.vehicle({ knobs: { startDelay: 77 as never } });
    void two.pev.start();
    const result = await bench.plugIn(one, 30_000);
    expect(result).toMatchObject({ kind: 'matched' });
    expect(two.pev.state).toBe('failed');
    expect(bench.of('matching-started')).toHaveLength(2);
    expect(bench.of('session-failed')).toMatchObject([
      { evMac: two.mac, cause: { code: 'displaced' } },
    ]);
    expect(bench.evse.state).toMatchObject({ at: 'matched', match: { evMac: one.mac } });
  });

  it('match one after the other when the first leaves', async () => {
    const bench = new Bench();
    await bench.run(500);
    for (let i = 0; i < 3; i++) {
      const car = bench.vehicle();
      expect(await bench.plugIn(car)).toMatchObject({ kind: 'matched', linkSeen: true });
      bench.evse.leaveBcd();
      car.modem?.unplug();
      await bench.run(300);
    }
    expect(bench.of('matched')).toHaveLength(3);
  });

  it('more than five: the sixth is not answered until one has failed', async () => {
    const bench = new Bench();
    await bench.run(500);
    const wire = bench.bus.join('02:00:00:00:aa:ff');
    bench.evse.enterBcd();
    for (let i = 1; i <= 6; i++) wire.send(encodeFrame(parmReq(macOf(i), runOf(i))));
    await bench.run(100);
    expect(bench.evse.state.sessions).toHaveLength(5);
    expect(bench.of('ignored')).toMatchObject([{ from: macOf(6) }]);
    expect(bench.count('CM_SLAC_PARM.CNF')).toBe(5);
    await bench.run(400);
    expect(bench.evse.state.sessions.every((session) => session.at === 'failed')).toBe(true);
    wire.send(encodeFrame(parmReq(macOf(6), runOf(6))));
    await bench.run(10);
    expect(bench.count('CM_SLAC_PARM.CNF')).toBe(6);
    expect(bench.evse.state.sessions).toHaveLength(5);
  });

  it('[V2G3-A09-16] a repeated CM_SLAC_PARM.REQ begins the session anew, another run id replaces it', async () => {
    const bench = new Bench();
    await bench.run(500);
    const wire = bench.bus.join('02:00:00:00:aa:ff');
    bench.evse.enterBcd();
    wire.send(encodeFrame(parmReq(macOf(1), runOf(1))));
    await bench.run(300);
    wire.send(encodeFrame(parmReq(macOf(1), runOf(1))));
    await bench.run(300);
    expect(bench.evse.state.sessions).toMatchObject([{ runId: runOf(1), at: 'wait-start' }]);
    wire.send(encodeFrame(parmReq(macOf(1), runOf(2))));
    await bench.run(10);
    expect(bench.evse.state.sessions).toMatchObject([{ runId: runOf(2), at: 'wait-start' }]);
    expect(bench.of('session-failed')).toMatchObject([
      { runId: runOf(1), cause: { code: 'restarted' } },
    ]);
    expect(bench.of('matching-started')).toHaveLength(2);
  });

  it('a car that begins anew while sounding is matched', async () => {
    const bench = new Bench();
    await bench.run(500);
    const car = bench.vehicle({ knobs: { restartAfterSounds: 4 } });
    expect(await bench.plugIn(car)).toMatchObject({ kind: 'matched' });
    expect(car.reports.filter((report) => report.kind === 'process')).toHaveLength(2);
  });

  it.each([50, 250, 400, 480, 550])(
    'unplugged %i ms after plug-in: ends at once, nothing more is sent, the next car matches',
    async (ms) => {
      const bench = new Bench();
      await bench.run(500);
      const car = bench.vehicle();
      await bench.plugIn(car, ms);
      car.pev.stop();
      bench.evse.leaveBcd();
      expect(bench.evse.state).toMatchObject({ at: 'unmatched', sessions: [] });
      expect(bench.evse.armed.filter((timer) => !timer.startsWith('modem'))).toEqual([]);
      const sent = bench.of('frame').filter((frame) => frame.direction === 'out').length;
      await bench.run(2000);
      const after = bench.of('frame').filter((frame) => frame.direction === 'out');
      expect(after.slice(sent).every((frame) => frame.name === 'CM_SET_KEY.REQ')).toBe(true);
      expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched' });
    },
  );

  it('a car near two chargers chooses the one with the lower attenuation', async () => {
    const near = new Bench({ modem: { meanDb: 22 } });
    await near.run(500);
    const car = near.vehicle();
    const reports: unknown[] = [];
    const farMac = '02:00:00:00:ee:02';
    new SimulatedModem(near.bus, near.line, {
      mac: '00:01:87:00:ee:02',
      host: farMac,
      meanDb: 35,
    });
    const far = createEvseSlac({
      ports: {
        link: near.bus.join(farMac),
        clock: near.clock,
        random: new SeededRandom(9),
        sha256,
        log: silentLogger,
      },
      report: (report) => reports.push(report),
    });
    await near.run(500);
    far.enterBcd();
    expect(await near.plugIn(car, 20_000)).toMatchObject({ kind: 'matched', evseMac: EVSE });
    expect(car.reports.filter((report) => report.kind === 'charger')).toHaveLength(2);
    expect(far.state.failure).toMatchObject({ code: 'no-match-req' });
    far.stop();
  });
});

describe('a car that has the key and begins anew', () => {
  const other = '02:00:00:00:e0:06';
  const again = { RunID: 'ff02030405060708' };
  const keysGiven = (t: Tester) =>
    t.sent('CM_SLAC_MATCH.CNF').map(({ ODA, NMK }) => [ODA, String(NMK.reveal())] as const);

  it('keeps every other car out while it does, for the key is its own', async () => {
    const t = await new Tester().upTo('rsp');
    await t.send(match);
    await t.send(parm, again);
    await t.upTo('rsp', other);
    await t.send(match, { OSA: other, PEV_MAC: other });
    expect(keysGiven(t).map(([mac]) => mac)).toEqual([CAR]);
    expect(t.sent('CM_SLAC_PARM.CNF').map(({ ODA }) => ODA)).toEqual([CAR, CAR]);
  });

  it.each(['restart', 'fail'] as const)(
    'and fails (%s): the next car gets another key',
    async (failedBehaviour) => {
      const t = await new Tester({ failedBehaviour }).upTo('rsp');
      await t.send(match);
      await t.send(parm, again);
      await t.bench.run(450);
      expect(t.bench.evse.state.at).toBe(failedBehaviour === 'fail' ? 'failed' : 'matching');
      t.bench.evse.enterBcd();
      await t.upTo('rsp', other);
      await t.send(match, { OSA: other, PEV_MAC: other });
      const given = keysGiven(t);
      expect(given.map(([mac]) => mac)).toEqual([CAR, other]);
      expect(given[1]?.[1]).not.toBe(given[0]?.[1]);
    },
  );
});
