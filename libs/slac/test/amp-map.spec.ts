import { describe, expect, it } from 'vitest';
import type { AmpMapConfig, EvseSlacConfig, Sendable } from '../src/index.ts';
import { Bench, EVSE } from './bench.ts';
import { CAR, match, Tester } from './tester.ts';

const request: Sendable = {
  name: 'CM_AMP_MAP.REQ',
  ODA: EVSE,
  OSA: CAR,
  AMLEN: 917,
  AMDATA: '21'.repeat(459),
};
const confirmation: Sendable = { name: 'CM_AMP_MAP.CNF', ODA: EVSE, OSA: CAR, ResType: 0 };
const map = [1, 2, 3, 0, 15];

async function matched(
  ampMap: Partial<AmpMapConfig> = {},
  evse: Partial<EvseSlacConfig> = {},
): Promise<Tester> {
  const settings = { send: undefined, answer: 'success', mmv: 1, ...ampMap } as const;
  const t = await new Tester({ ampMap: settings, ...evse }).upTo('rsp');
  await t.send(match);
  return t;
}

describe('CM_AMP_MAP', () => {
  it.each([1, 2])(
    'CMN CmAmpMap 001: a map of the car, in version %i, is answered in it',
    async (MMV) => {
      const t = await matched();
      await t.send(request, { MMV });
      expect(t.sent('CM_AMP_MAP.CNF')).toMatchObject([{ ODA: CAR, OSA: EVSE, MMV, ResType: 0 }]);
      expect(t.bench.of('amp-map')).toMatchObject([
        { direction: 'in', carriers: 917, taken: true },
      ]);
    },
  );

  it.each([1, 2] as const)(
    'CMN CmAmpMap 002: the own map goes out at once when the car is matched, in version %i',
    async (mmv) => {
      const t = await matched({ send: map, mmv });
      const [req] = t.sent('CM_AMP_MAP.REQ');
      // The even carrier in the low half.
      expect(req).toMatchObject({ ODA: CAR, MMV: mmv, AMLEN: 5, AMDATA: '21030f' });
      const [cnf] = t.sent('CM_SLAC_MATCH.CNF');
      expect((req?.at ?? 1e9) - (cnf?.at ?? 0)).toBeLessThanOrEqual(100);
      await t.send(confirmation, { MMV: 3 - mmv });
      await t.bench.run(2000);
      expect(t.sent('CM_AMP_MAP.REQ')).toHaveLength(1);
      expect(t.bench.of('amp-map')).toMatchObject([{ direction: 'out', carriers: 5, taken: true }]);
    },
  );

  it('CMN CmAmpMap 003: without an answer it is sent three times, then matching failed', async () => {
    const t = await matched({ send: map });
    await t.bench.run(2000);
    const sent = t.sent('CM_AMP_MAP.REQ');
    expect(sent).toHaveLength(3);
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBe(200);
    expect(t.bench.of('failed')).toMatchObject([{ cause: { code: 'no-amp-map-cnf' } }]);
  });

  it('CMN CmAmpMap 004: an answer with another ResType counts as none', async () => {
    const t = await matched({ send: map });
    for (let i = 0; i < 3; i++) {
      await t.send(confirmation, { ResType: 0xff });
      await t.bench.run(220);
    }
    expect(t.sent('CM_AMP_MAP.REQ')).toHaveLength(3);
    expect(t.bench.of('failed')).toMatchObject([{ cause: { code: 'no-amp-map-cnf' } }]);
  });

  it('CMN CmAmpMap 005: an empty map is not answered', async () => {
    const t = await matched();
    await t.send(request, { AMLEN: 0, AMDATA: '' });
    expect(t.sent('CM_AMP_MAP.CNF')).toEqual([]);
  });

  it('CMN CmAmpMap 006, CMN CmAmpMap 007: each of several requests is answered', async () => {
    for (const answer of ['success', 'modem'] as const) {
      const t = await matched({ answer });
      for (let i = 0; i < 3; i++) await t.send(request);
      expect(t.sent('CM_AMP_MAP.CNF')).toHaveLength(3);
    }
  });

  it('is not answered before the link, nor to another car, nor while unmatched', async () => {
    const t = await new Tester().upTo('rsp');
    await t.send(request);
    await t.send(match);
    await t.send(request, { OSA: '02:00:00:00:e0:06' });
    t.bench.evse.leaveBcd();
    await t.send(request);
    expect(t.sent('CM_AMP_MAP.CNF')).toEqual([]);
  });

  it.each([
    ['takes it', { ampMapResult: 0 }, 0],
    ['refuses it', { ampMapResult: 1 }, 1],
    ['does not know it', {}, 1],
  ] as const)('the own modem %s: so says the answer, within 100 ms', async (_, modem, ResType) => {
    const bench = new Bench({ modem });
    await bench.run(500);
    const car = bench.vehicle({ config: { ampMap: [4, 4, 4, 4] } });
    await bench.plugIn(car, 3000);
    expect(bench.of('amp-map')).toMatchObject([{ direction: 'in', taken: ResType === 0 }]);
    const answer = car.reports.filter((report) => report.kind === 'amp-map');
    expect(answer).toMatchObject([{ direction: 'out', taken: ResType === 0 }]);
    const frames = bench.of('frame').filter(({ name }) => name.startsWith('CM_AMP_MAP'));
    expect(frames.at(-1)).toMatchObject({ direction: 'out', name: 'CM_AMP_MAP.CNF', to: car.mac });
    expect(bench.evse.state.at).toBe('matched');
  });

  it('both ways at once between a charger and a car that have maps', async () => {
    const bench = new Bench({
      evse: { ampMap: { send: map, answer: 'success', mmv: 2 } },
    });
    await bench.run(500);
    const car = bench.vehicle({ config: { ampMap: map } });
    expect(await bench.plugIn(car)).toMatchObject({ kind: 'matched', linkSeen: true });
    expect(bench.of('amp-map')).toHaveLength(2);
    expect(bench.of('amp-map').every(({ taken }) => taken)).toBe(true);
    expect(bench.evse.state.at).toBe('matched');
  });
});
