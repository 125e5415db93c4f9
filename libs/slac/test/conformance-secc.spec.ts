import { describe, expect, it } from 'vitest';
import { encodeFrame, type EvseSlacConfig, type Sendable } from '../src/index.ts';
import { Bench, EVSE } from './bench.ts';
import { CAR, match, parm, profile, rsp, start, Tester, ZEROS } from './tester.ts';

/*
 * The cases of the conformance test of the SECC, by their names, as far as their content is known and
 * they need no pilot. The charger is strict; see docs/slac-conformance.md.
 */
const strict: Partial<EvseSlacConfig> = {
  validation: 'strict',
  validate: 'full',
  pilotEdges: true,
};
const tester = () => new Tester(strict);
const NO_MAC = '00:00:00:00:00:00';
const NO_RUN = 'ff02030405060708';
const ONE = `${'00'.repeat(16)}01`;

/** A car that was validated with two toggles. */
async function validated(): Promise<Tester> {
  const t = await tester().upTo('rsp');
  const req = { ODA: EVSE, OSA: CAR, SignalType: 0, Timer: 0, Result: 1 };
  await t.send({ name: 'CM_VALIDATE.REQ', ...req });
  await t.send({ name: 'CM_VALIDATE.REQ', ...req, Timer: 14 });
  for (const state of ['C', 'B', 'C', 'B'] as const) {
    await t.bench.run(300);
    t.bench.evse.pilotEdge(state, t.bench.clock.monotonic());
  }
  await t.bench.run(302);
  expect(t.sent('CM_VALIDATE.CNF').at(-1)).toMatchObject({ Result: 2, ToggleNum: 2 });
  return t;
}
const characterized = () => tester().upTo('rsp');

describe('SECC CmSlacParm', () => {
  it('CMN CmSlacParm 001: CM_SLAC_PARM.REQ is answered within TP_match_response', async () => {
    const t = await tester().send(parm);
    const [cnf] = t.sent('CM_SLAC_PARM.CNF');
    expect(cnf).toMatchObject({ ODA: CAR, OSA: EVSE, NUM_SOUNDS: 10, Time_Out: 6, RESP_TYPE: 1 });
    expect((cnf?.at ?? 1e9) - (t.sent('CM_SLAC_PARM.REQ')[0]?.at ?? 0)).toBeLessThanOrEqual(100);
  });

  it('CMN CmSlacParm 004: after TT_EVSE_SLAC_init no request is answered', async () => {
    const t = tester();
    await t.bench.run(40_010);
    await t.send(parm);
    expect(t.sent('CM_SLAC_PARM.CNF')).toEqual([]);
    expect(t.bench.of('failed')).toMatchObject([{ cause: { code: 'no-parm-req' } }]);
  });

  it.each([
    ['CMN CmSlacParm 005', { APPLICATION_TYPE: 1 }],
    ['CMN CmSlacParm 006', { SECURITY_TYPE: 1 }],
  ])('%s: a request with %o is ignored, and TT_EVSE_SLAC_init runs on', async (_, change) => {
    const t = await tester().send(parm, change);
    await t.bench.run(40_010);
    await t.send(parm);
    expect(t.sent('CM_SLAC_PARM.CNF')).toEqual([]);
    expect(t.bench.of('failed')).toHaveLength(1);
  });

  it('CMN CmSlacParm 007: in pilot state A no request is answered', async () => {
    const t = tester();
    await t.bench.run(1000);
    t.bench.evse.leaveBcd();
    await t.send(parm);
    expect(t.sent('CM_SLAC_PARM.CNF')).toEqual([]);
  });

  it('CMN CmSlacParm 009: the first request after 5 % is answered, it need not be repeated', async () => {
    const t = await tester().send(parm);
    expect(t.sent('CM_SLAC_PARM.REQ')).toHaveLength(1);
    expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(1);
  });
});

describe('SECC AttenuationCharacterization', () => {
  it('CMN AttenuationCharacterization 001: the attenuation comes within TT_EV_atten_results', async () => {
    const t = await tester().upTo('profiles');
    const [ind] = t.sent('CM_ATTEN_CHAR.IND');
    expect(ind).toMatchObject({
      SOURCE_ADDRESS: CAR,
      SOURCE_ID: ZEROS,
      RESP_ID: ZEROS,
      NumGroups: 58,
    });
    const began = t.sent('CM_START_ATTEN_CHAR.IND')[0]?.at ?? 0;
    expect((ind?.at ?? 1e9) - began).toBeLessThanOrEqual(1200);
  });

  it('CMN AttenuationCharacterization 002: a new request after the attenuation is answered', async () => {
    const t = await tester().upTo('profiles');
    await t.send(parm, { RunID: NO_RUN });
    expect(t.sent('CM_SLAC_PARM.CNF').at(-1)).toMatchObject({ RunID: NO_RUN });
    expect(t.at).toBe('wait-start');
  });

  it('CMN AttenuationCharacterization 003: with nine of ten sounds the attenuation comes all the same', async () => {
    const t = await tester().upTo('start');
    for (let i = 0; i < 9; i++) await t.send(profile);
    await t.bench.run(700);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toMatchObject([{ NUM_SOUNDS: 9 }]);
  });

  it('CMN AttenuationCharacterization 004: without an answer it is sent three times, then the process failed', async () => {
    const t = await tester().upTo('profiles');
    await t.bench.run(1000);
    const sent = t.sent('CM_ATTEN_CHAR.IND');
    expect(sent).toHaveLength(3);
    for (const i of [1, 2]) expect((sent[i]?.at ?? 0) - (sent[i - 1]?.at ?? 0)).toBe(200);
    await t.send(rsp);
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
  });

  it.each([
    ['CMN AttenuationCharacterization 005', { APPLICATION_TYPE: 1 }],
    ['CMN AttenuationCharacterization 006', { SECURITY_TYPE: 1 }],
    ['CMN AttenuationCharacterization 007', { SOURCE_ADDRESS: NO_MAC }],
    ['CMN AttenuationCharacterization 008', { RunID: NO_RUN }],
    ['CMN AttenuationCharacterization 009', { SOURCE_ID: ONE }],
    ['CMN AttenuationCharacterization 010', { RESP_ID: ONE }],
    ['CMN AttenuationCharacterization 011', { Result: 0xff }],
  ])('[V2G3-A09-47] %s: CM_ATTEN_CHAR.RSP with %o counts as none', async (_, change) => {
    const t = await tester().upTo('profiles');
    for (let i = 0; i < 3; i++) {
      await t.send(rsp, change);
      await t.bench.run(200);
    }
    expect(t.sent('CM_ATTEN_CHAR.IND')).toHaveLength(3);
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
    expect(t.bench.of('session-failed')).toMatchObject([{ cause: { code: 'no-atten-char-rsp' } }]);
  });

  it('CMN AttenuationCharacterization 012: CM_START_ATTEN_CHAR.IND after TT_match_sequence is ignored', async () => {
    const t = await tester().upTo('parm');
    await t.bench.run(410);
    await t.send(start);
    for (let i = 0; i < 10; i++) await t.send(profile);
    await t.bench.run(1200);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toEqual([]);
  });

  it.each([
    ['CMN AttenuationCharacterization 013', { APPLICATION_TYPE: 1 }],
    ['CMN AttenuationCharacterization 014', { SECURITY_TYPE: 1 }],
    ['CMN AttenuationCharacterization 015', { NUM_SOUNDS: 0 }],
    ['CMN AttenuationCharacterization 016', { Time_Out: 0 }],
    ['CMN AttenuationCharacterization 017', { RESP_TYPE: 0 }],
    ['CMN AttenuationCharacterization 018', { RunID: NO_RUN }],
  ])('%s: CM_START_ATTEN_CHAR.IND with %o is ignored', async (_, change) => {
    const t = await tester().upTo('parm');
    for (let i = 0; i < 3; i++) await t.send(start, change);
    for (let i = 0; i < 10; i++) await t.send(profile);
    await t.bench.run(1200);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toEqual([]);
  });

  it('CMN AttenuationCharacterization 019: in pilot state A no attenuation is sent', async () => {
    const t = await tester().upTo('parm');
    t.bench.evse.leaveBcd();
    await t.send(start);
    for (let i = 0; i < 10; i++) await t.send(profile);
    await t.bench.run(1200);
    expect(t.sent('CM_ATTEN_CHAR.IND')).toEqual([]);
  });

  it('CMN AttenuationCharacterization 020: sounds that are 10 dB weaker are told as 10 dB weaker', async () => {
    const t = await tester().upTo('profiles');
    t.bench.evse.leaveBcd();
    t.bench.evse.enterBcd();
    await t.send(parm);
    await t.send(start);
    const weaker = { AAG: Array.from({ length: 58 }, () => 40) };
    for (let i = 0; i < 10; i++) await t.send(profile, weaker);
    await t.bench.run(60);
    const means = t.sent('CM_ATTEN_CHAR.IND').map(({ AAG }) => AAG.reduce((a, b) => a + b, 0) / 58);
    expect(means).toEqual([30, 40]);
  });
});

describe('SECC CmSlacMatch', () => {
  it.each([
    ['CMN CmSlacMatch 001', characterized],
    ['CMN CmSlacMatch 002', validated],
  ])('%s: CM_SLAC_MATCH.REQ is answered with network and key', async (_, ready) => {
    const t = await (await ready()).send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toMatchObject([
      { ODA: CAR, MVFLength: 86, PEV_MAC: CAR, EVSE_MAC: EVSE, NID: t.bench.evse.state.nid },
    ]);
  });

  it.each([
    ['CMN CmSlacMatch 003', characterized],
    ['CMN CmSlacMatch 004', validated],
  ])('[V2G3-A09-97] %s: a repeated request is answered the same', async (_, ready) => {
    const t = await (await ready()).send(match);
    await t.bench.run(200);
    await t.send(match);
    const [first, second] = t.sent('CM_SLAC_MATCH.CNF');
    expect({ ...second, at: 0 }).toEqual({ ...first, at: 0 });
  });

  it.each([
    ['CMN CmSlacMatch 005', characterized, 10_010],
    ['CMN CmSlacMatch 006', validated, 410],
  ] as const)('%s: after the time for it a request is not answered', async (_, ready, ms) => {
    const t = await ready();
    await t.bench.run(ms);
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
  });

  it.each([
    ['CMN CmSlacMatch 007', { APPLICATION_TYPE: 1 }, characterized, 10_010],
    ['CMN CmSlacMatch 008', { APPLICATION_TYPE: 1 }, validated, 410],
    ['CMN CmSlacMatch 009', { SECURITY_TYPE: 1 }, characterized, 10_010],
    ['CMN CmSlacMatch 010', { SECURITY_TYPE: 1 }, validated, 410],
    ['CMN CmSlacMatch 011', { MVFLength: 0 }, characterized, 10_010],
    ['CMN CmSlacMatch 012', { MVFLength: 0 }, validated, 410],
    ['CMN CmSlacMatch 013', { PEV_ID: ONE }, characterized, 10_010],
    ['CMN CmSlacMatch 014', { PEV_ID: ONE }, validated, 410],
    ['CMN CmSlacMatch 015', { PEV_MAC: NO_MAC }, characterized, 10_010],
    ['CMN CmSlacMatch 016', { PEV_MAC: NO_MAC }, validated, 410],
    ['CMN CmSlacMatch 017', { EVSE_ID: ONE }, characterized, 10_010],
    ['CMN CmSlacMatch 018', { EVSE_ID: ONE }, validated, 410],
    ['CMN CmSlacMatch 019', { EVSE_MAC: NO_MAC }, characterized, 10_010],
    ['CMN CmSlacMatch 020', { EVSE_MAC: NO_MAC }, validated, 410],
    ['CMN CmSlacMatch 021', { RunID: NO_RUN }, characterized, 10_010],
    ['CMN CmSlacMatch 022', { RunID: NO_RUN }, validated, 410],
  ] as const)(
    '[V2G3-A09-98] %s: with %o it is ignored, and the time for it runs on',
    async (_, change, ready, ms) => {
      const t = await ready();
      await t.send(match as Sendable, change);
      expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
      await t.bench.run(ms);
      await t.send(match);
      expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
      expect(t.bench.of('session-failed')).toHaveLength(1);
    },
  );

  it.each([
    ['CMN CmSlacMatch 023', characterized],
    ['CMN CmSlacMatch 024', validated],
  ])('%s: in pilot state A a request is not answered', async (_, ready) => {
    const t = await ready();
    t.bench.evse.leaveBcd();
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
  });
});

describe('SECC PLCLinkStatus', () => {
  async function matched(): Promise<Bench> {
    const bench = new Bench({ evse: strict });
    await bench.run(500);
    expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched' });
    return bench;
  }

  it('CMN PLCLinkStatus 001: the link stands within TT_match_join', async () => {
    const bench = await matched();
    expect(bench.of('link')).toMatchObject([{ up: true }]);
    expect(bench.vehicles[0]?.result).toMatchObject({ linkSeen: true });
  });

  it('CMN PLCLinkStatus 002: in pilot state A the network is left within TP_match_leave', async () => {
    const bench = await matched();
    const key = bench.modem?.key;
    bench.evse.leaveBcd();
    await bench.run(1000);
    expect(bench.modem?.key).not.toBe(key);
    expect(bench.line.peersOf(bench.modem as never)).toEqual([]);
  });

  it('CMN PLCLinkStatus 003: once matched, CM_SLAC_PARM.REQ is not answered', async () => {
    const bench = await matched();
    const before = bench.count('CM_SLAC_PARM.CNF');
    for (const mac of [bench.vehicles[0]?.mac, '02:00:00:00:e0:77']) {
      const other = bench.bus.join(mac ?? '');
      other.send(encodeFrame({ ...parm, OSA: mac ?? '', RunID: NO_RUN } as Sendable));
      await bench.run(200);
    }
    expect(bench.count('CM_SLAC_PARM.CNF')).toBe(before);
    expect(bench.evse.state.at).toBe('matched');
  });
});
