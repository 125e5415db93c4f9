import { describe, expect, it } from 'vitest';
import { type Sendable, type ToleranceCode, tolerances } from '../src/index.ts';
import { EVSE } from './bench.ts';
import { match, parm, profile, rsp, RUN, start, Tester, ZEROS } from './tester.ts';

const sound: Sendable = {
  name: 'CM_MNBC_SOUND.IND',
  ODA: 'ff:ff:ff:ff:ff:ff',
  OSA: '02:00:00:00:e0:05',
  APPLICATION_TYPE: 0,
  SECURITY_TYPE: 0,
  SenderID: ZEROS,
  Cnt: 9,
  RunID: RUN,
  RSVD: '0'.repeat(16),
  Rnd: '0'.repeat(32),
};
const matched = (t: Tester) => t.sent('CM_SLAC_MATCH.CNF').length > 0;
const began = (t: Tester) => t.at === 'sounding';
/** How the deviation is brought about, and what shows that it was let pass. */
const cases: Record<ToleranceCode, (t: Tester) => Promise<boolean>> = {
  'no-rsp': async (t) => matched(await (await t.upTo('profiles')).send(match)),
  'no-toggles': async (t) => {
    await t.upTo('rsp');
    const validate = { ODA: EVSE, OSA: sound.OSA, SignalType: 0, Timer: 0, Result: 1 };
    await t.send({ name: 'CM_VALIDATE.REQ', ...validate });
    return matched(await t.send(match));
  },
  'mvf-order': async (t) => matched(await (await t.upTo('rsp')).send(match, { MVFLength: 0x3e00 })),
  'evse-mac': async (t) =>
    matched(await (await t.upTo('rsp')).send(match, { EVSE_MAC: '00:01:87:00:ee:01' })),
  'pev-id': async (t) =>
    matched(await (await t.upTo('rsp')).send(match, { PEV_ID: 'aa'.repeat(17) })),
  'evse-id': async (t) =>
    matched(await (await t.upTo('rsp')).send(match, { EVSE_ID: 'aa'.repeat(17) })),
  'resp-type': async (t) => began(await (await t.upTo('parm')).send(start, { RESP_TYPE: 0 })),
  'forwarding-sta': async (t) =>
    began(await (await t.upTo('parm')).send(start, { FORWARDING_STA: EVSE })),
  unicast: async (t) => began(await (await t.upTo('parm')).send(start, { ODA: EVSE })),
  'sender-id': async (t) => {
    await (await t.upTo('start')).send(sound, { SenderID: `01${'00'.repeat(16)}` });
    return t.bench.evse.state.sessions[0]?.soundsHeard === 1;
  },
  'profile-source': async (t) => {
    // The modem answered from another address than the profiles come from.
    const cnf = {
      Result: 1,
      MyNonce: '00000000',
      YourNonce: '00000000',
      PID: 4,
      PRN: '0000',
      PMN: 0,
    };
    const from = { ODA: EVSE, OSA: '00:01:87:00:ee:77', 'CCo capability': 0 };
    await t.send({ name: 'CM_SET_KEY.CNF', ...cnf, ...from });
    await (await t.upTo('start')).send(profile);
    return t.bench.evse.state.sessions[0]?.profiles === 1;
  },
};

const tester = (validation: 'lenient' | 'strict') =>
  new Tester({ validation, validate: 'full', pilotEdges: true, modemVendor: 'qualcomm' });

describe('validation', () => {
  it.each(Object.keys(cases) as ToleranceCode[])(
    'lenient: "%s" is let pass, counted and told once; strict: it is not',
    async (code) => {
      const lenient = tester('lenient');
      expect(await cases[code](lenient)).toBe(true);
      expect(lenient.bench.of('tolerated')).toMatchObject([{ code, what: tolerances[code] }]);
      expect(lenient.bench.evse.state.tolerated).toEqual({ [code]: 1 });
      const strict = tester('strict');
      expect(await cases[code](strict)).toBe(false);
      expect(strict.bench.of('tolerated')).toEqual([]);
      expect(strict.bench.evse.state.tolerated).toEqual({});
    },
  );

  it('unicast: also CM_SLAC_PARM.REQ and a sound', async () => {
    for (const validation of ['lenient', 'strict'] as const) {
      const lenient = validation === 'lenient' ? 1 : 0;
      const t = await tester(validation).send(parm, { ODA: EVSE });
      expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(lenient);
      const u = await tester(validation).upTo('start');
      await u.send(sound, { ODA: EVSE });
      expect(u.bench.evse.state.sessions[0]?.soundsHeard).toBe(lenient);
    }
  });

  it('each time is counted, and told once for a session', async () => {
    const t = await tester('lenient').upTo('start');
    for (let i = 0; i < 3; i++) await t.send(sound, { ODA: EVSE });
    expect(t.bench.evse.state.tolerated).toEqual({ unicast: 3 });
    expect(t.bench.of('tolerated')).toHaveLength(1);
  });

  it('what nobody may send is passed over in both: security, foreign addresses and run ids', async () => {
    for (const validation of ['lenient', 'strict'] as const) {
      const t = await tester(validation).upTo('start');
      await t.send(sound, { SECURITY_TYPE: 1 });
      await t.send(sound, { RunID: 'ff02030405060708' });
      expect(t.bench.evse.state.sessions[0]?.soundsHeard).toBe(0);
      for (let i = 0; i < 10; i++) await t.send(profile);
      await t.bench.run(60);
      await t.send(rsp, { Result: 1 });
      expect(t.at).toBe('wait-rsp');
    }
  });

  it('strict: a repeated CM_SLAC_MATCH.REQ that deviates gets no answer either', async () => {
    for (const validation of ['lenient', 'strict'] as const) {
      const t = await tester(validation).upTo('rsp');
      await t.send(match);
      await t.send(match, { PEV_ID: 'aa'.repeat(17) });
      await t.send(match, { MVFLength: 1 });
      expect(t.sent('CM_SLAC_MATCH.CNF')).toHaveLength(validation === 'lenient' ? 2 : 1);
    }
  });
});
