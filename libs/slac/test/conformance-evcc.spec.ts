import { silentLogger } from '@kerbside/kernel';
import { ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createPevSlac, decodeFrame, encodeFrame, type Mme, type Sendable } from '../src/index.ts';
import { SimulatedBus } from '../src/testing/index.ts';
import { CAR } from './tester.ts';

/*
 * The cases of the conformance test of the EVCC, by their names, as far as their content is known and
 * they need no pilot; played against the simulated car, which is strict here.
 */
const CHARGER = '02:00:00:00:ee:01';
const ALL = 'ff:ff:ff:ff:ff:ff';

class Charger {
  readonly clock = new ManualClock();
  readonly bus = new SimulatedBus(this.clock);
  readonly wire = this.bus.join(CHARGER);
  readonly pev = createPevSlac({
    config: { validation: 'strict' },
    ports: {
      link: this.bus.join(CAR),
      clock: this.clock,
      random: new SeededRandom(1),
      log: silentLogger,
    },
  });
  /** Starts the car, and answers each CM_SLAC_PARM.REQ, unless `change` says that it does not. */
  async answering(change: object | undefined): Promise<this> {
    this.wire.onFrame((bytes) => {
      const req = decodeFrame(bytes);
      if (req.name !== 'CM_SLAC_PARM.REQ' || !change) return;
      const cnf: Sendable = {
        name: 'CM_SLAC_PARM.CNF',
        ODA: req.OSA,
        OSA: CHARGER,
        'M-SOUND_TARGET': ALL,
        NUM_SOUNDS: 10,
        Time_Out: 6,
        RESP_TYPE: 1,
        FORWARDING_STA: req.OSA,
        APPLICATION_TYPE: 0,
        SECURITY_TYPE: 0,
        RunID: req.RunID,
      };
      this.wire.send(encodeFrame({ ...cnf, ...change } as Sendable));
    });
    void this.pev.start();
    await this.clock.run(1000 as never);
    return this;
  }
  sent<N extends Mme['name']>(name: N): (Extract<Mme, { name: N }> & { readonly at: number })[] {
    return this.bus.sent.flatMap(({ at, bytes }) => {
      const frame = decodeFrame(bytes);
      return frame.name === name ? [{ ...(frame as Extract<Mme, { name: N }>), at }] : [];
    });
  }
}

describe('EVCC CmSlacParm', () => {
  it('CMN EVCC CmSlacParm 001: it asks, and goes on to sound once it is answered', async () => {
    const t = await new Charger().answering({});
    expect(t.sent('CM_SLAC_PARM.REQ')).toMatchObject([
      { ODA: ALL, OSA: CAR, APPLICATION_TYPE: 0, SECURITY_TYPE: 0 },
    ]);
    expect(t.sent('CM_START_ATTEN_CHAR.IND')).toHaveLength(3);
    expect(t.sent('CM_MNBC_SOUND.IND').map(({ Cnt }) => Cnt)).toEqual([
      9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
  });

  it('CMN EVCC CmSlacParm 002: without an answer it asks again after TT_match_response', async () => {
    const t = await new Charger().answering(undefined);
    const asked = t.sent('CM_SLAC_PARM.REQ');
    expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBe(200);
    expect((asked[2]?.at ?? 0) - (asked[1]?.at ?? 0)).toBe(200);
    expect(new Set(asked.slice(0, 3).map(({ RunID }) => RunID))).toHaveLength(1);
    expect(t.sent('CM_START_ATTEN_CHAR.IND')).toEqual([]);
  });

  it.each([
    ['CMN EVCC CmSlacParm 003', { 'M-SOUND_TARGET': '00:00:00:00:00:00' }],
    ['CMN EVCC CmSlacParm 004', { Time_Out: 0 }],
    ['CMN EVCC CmSlacParm 005', { RESP_TYPE: 0 }],
    ['CMN EVCC CmSlacParm 006', { APPLICATION_TYPE: 1 }],
    ['CMN EVCC CmSlacParm 007', { SECURITY_TYPE: 1 }],
    ['CMN EVCC CmSlacParm 008', { RunID: 'ff02030405060708' }],
    ['CMN EVCC CmSlacParm 011', { FORWARDING_STA: '00:00:00:00:00:00' }],
  ])('%s: an answer with %o is ignored, and the request repeated', async (_, change) => {
    const t = await new Charger().answering(change);
    expect(t.sent('CM_SLAC_PARM.REQ').length).toBeGreaterThanOrEqual(3);
    expect(t.sent('CM_START_ATTEN_CHAR.IND')).toEqual([]);
  });
});
