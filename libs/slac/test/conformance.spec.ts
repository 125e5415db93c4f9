import { fromHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../src/index.ts';
import { CAR, match, parm, profile, rsp, RUN, start, Tester } from './tester.ts';

describe('CM_SLAC_PARM', () => {
  it('the confirmation is exactly as Table A.2 wants it', async () => {
    const t = await new Tester().send(parm);
    expect(t.sent('CM_SLAC_PARM.CNF')).toMatchObject([
      decodeFrame(
        fromHex(
          '02000000e00502000000ee0188e10165600000ffffffffffff0a060102000000e00500000102030405060708'.padEnd(
            120,
            '0',
          ),
        ),
      ),
    ]);
  });

  it.each([{ APPLICATION_TYPE: 1 }, { SECURITY_TYPE: 1 }])(
    'a request with %o is ignored and does not stop TT_EVSE_SLAC_init',
    async (change) => {
      const t = await new Tester().send(parm, change);
      expect(t.sent('CM_SLAC_PARM.CNF')).toEqual([]);
      expect(t.bench.evse.armed).toContain('TT_EVSE_SLAC_init');
      await t.send(parm);
      expect(t.bench.evse.armed).not.toContain('TT_EVSE_SLAC_init');
    },
  );

  it('the same car with a new run id is answered even after the attenuation was sent', async () => {
    const t = await new Tester().upTo('profiles');
    await t.send(parm, { RunID: 'ff02030405060708' });
    expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(2);
  });
});

describe('AttenuationCharacterization', () => {
  it.each([
    { NUM_SOUNDS: 0 },
    { Time_Out: 0 },
    { RESP_TYPE: 2 },
    { RunID: 'ff02030405060708' },
    { OSA: '02:00:00:00:e0:06' },
    { APPLICATION_TYPE: 1 },
  ])('CM_START_ATTEN_CHAR.IND with %o is ignored', async (change) => {
    const t = await new Tester().upTo('parm');
    await t.send(start, change);
    expect(t.at).toBe('wait-start');
  });

  it('CM_START_ATTEN_CHAR.IND after TT_match_sequence is ignored, the session has failed', async () => {
    const t = await new Tester().upTo('parm');
    await t.bench.run(410);
    await t.send(start);
    expect(t.at).toBe('failed');
    expect(t.bench.of('session-failed')).toMatchObject([
      { cause: { code: 'no-start-atten-char' } },
    ]);
  });

  it('_003: with 9 of 10 sounds the attenuation is sent after 600 ms, and says 9', async () => {
    const t = await new Tester().upTo('start');
    for (let i = 0; i < 9; i++) await t.send(profile);
    await t.bench.run(560);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toEqual([]);
    await t.bench.run(140);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toMatchObject([{ NUM_SOUNDS: 9, NumGroups: 58 }]);
  });

  it('[V2G3-A09-43] [V2G3-A09-46] without an answer it is sent three times, then nothing more is answered', async () => {
    const t = await new Tester({ validation: 'strict' }).upTo('profiles');
    await t.bench.run(1000);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toHaveLength(3);
    await t.send(rsp);
    await t.send(match);
    expect(t.at).toBe('failed');
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
  });

  it.each([
    { SOURCE_ADDRESS: '02:00:00:00:e0:06' },
    { RunID: 'ff02030405060708' },
    { SOURCE_ID: `01${'00'.repeat(16)}` },
    { RESP_ID: `01${'00'.repeat(16)}` },
    { Result: 1 },
    { APPLICATION_TYPE: 1 },
    { OSA: '02:00:00:00:e0:06' },
  ])('[V2G3-A09-47] _007 to _010: CM_ATTEN_CHAR.RSP with %o is ignored', async (change) => {
    const t = await new Tester().upTo('profiles');
    await t.send(rsp, change);
    expect(t.at).toBe('wait-rsp');
    await t.send(rsp);
    expect(t.at).toBe('wait-match');
  });

  it('profiles of another number of groups are left out, and told', async () => {
    const t = await new Tester().upTo('start');
    await t.send(profile, { NumGroups: 3, AAG: [1, 2, 3] });
    for (let i = 0; i < 10; i++) await t.send(profile);
    await t.bench.run(60);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toMatchObject([{ NUM_SOUNDS: 10 }]);
    expect(t.bench.of('ignored')).toMatchObject([{ why: 'a profile of 3 groups was left out' }]);
  });

  it('the mean is rounded, adjusted, and kept from 1 to 255', async () => {
    const t = await new Tester({ soundingAdjustmentDb: -40 }).upTo('profiles');
    const [ind] = t.sent('CM_ATTEN_CHAR.IND');
    expect(new Set(ind?.AAG)).toEqual(new Set([1]));
    const up = await new Tester({ soundingAdjustmentDb: 240 }).upTo('profiles');
    const [high] = up.sent('CM_ATTEN_CHAR.IND');
    expect(high?.AAG[0]).toBe(255);
  });
});

describe('CM_SLAC_MATCH', () => {
  it.each([
    { APPLICATION_TYPE: 1 },
    { SECURITY_TYPE: 1 },
    { MVFLength: 61 },
    { PEV_ID: `01${'00'.repeat(16)}` },
    { PEV_MAC: '02:00:00:00:e0:06' },
    { EVSE_ID: `01${'00'.repeat(16)}` },
    { EVSE_MAC: '02:00:00:00:ee:02' },
    { RunID: 'ff02030405060708' },
    { OSA: '02:00:00:00:e0:06' },
  ])('[V2G3-A09-98] strict: with %o it is ignored, the timer goes on', async (change) => {
    const t = await new Tester({ validation: 'strict' }).upTo('rsp');
    await t.send(match, change);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
    expect(t.bench.evse.armed).toContain(`TT_EVSE_match_session ${CAR}/${RUN}`);
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toHaveLength(1);
  });

  it('lenient: with the wrong car or run id it is ignored all the same', async () => {
    const t = await new Tester().upTo('rsp');
    await t.send(match, { PEV_MAC: '02:00:00:00:e0:06' });
    await t.send(match, { RunID: 'ff02030405060708' });
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
  });

  it('[V2G3-A09-97] repeated requests get the same answer, until TT_match_join is over', async () => {
    const t = await new Tester().upTo('rsp');
    for (let i = 0; i < 3; i++) await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toHaveLength(3);
    await t.bench.run(12_100);
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toHaveLength(3);
    expect(t.bench.evse.state.at).toBe('matched');
  });

  it('once matched, no car gets parameters; the one that never joined may begin anew', async () => {
    const t = await new Tester().upTo('rsp');
    await t.send(match);
    await t.send(parm, { OSA: '02:00:00:00:e0:06' });
    expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(1);
    await t.send(parm, { RunID: 'ff02030405060708' });
    expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(2);
    expect(t.bench.evse.state.at).toBe('matching');
  });

  it('in pilot state A nothing is answered any more, at once', async () => {
    const t = await new Tester().upTo('rsp');
    t.bench.evse.leaveBcd();
    await t.send(match);
    await t.send(parm);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
    expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(1);
  });
});
