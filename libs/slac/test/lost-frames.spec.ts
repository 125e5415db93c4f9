import { describe, expect, it } from 'vitest';
import { Bench, dropFirst } from './bench.ts';

describe('lost frames', () => {
  it.each([
    ['CM_SLAC_PARM.REQ', 2],
    ['CM_SLAC_PARM.CNF', 2],
    ['CM_START_ATTEN_CHAR.IND', 2],
    ['CM_ATTEN_CHAR.IND', 2],
    ['CM_ATTEN_CHAR.RSP', 1],
    ['CM_ATTEN_CHAR.RSP', 9],
    ['CM_SLAC_MATCH.REQ', 2],
    ['CM_SLAC_MATCH.CNF', 2],
    ['CM_SET_KEY.CNF', 1],
    ['VS_OP_ATTRIBUTES.CNF', 1],
    ['VS_PL_LNK_STATUS.CNF', 3],
  ])('%s lost %i times: matched all the same', async (name, count) => {
    const bench = new Bench({ bus: { drop: dropFirst(name, count) } });
    await bench.run(500);
    expect(await bench.plugIn(bench.vehicle(), 8000)).toMatchObject({ kind: 'matched' });
    expect(bench.evse.state.at).toBe('matched');
  });

  it('[V2G3-A09-97] CM_SLAC_MATCH.CNF is repeated byte for byte', async () => {
    const bench = new Bench({ bus: { drop: dropFirst('CM_SLAC_MATCH.CNF', 2) } });
    await bench.run(500);
    await bench.plugIn(bench.vehicle());
    const sent = bench.bus.sent.filter((_, i) => bench.bus.names[i] === 'CM_SLAC_MATCH.CNF');
    expect(sent).toHaveLength(3);
    expect(sent[1]?.bytes).toEqual(sent[0]?.bytes);
    expect(sent[2]?.bytes).toEqual(sent[0]?.bytes);
  });

  it('CM_ATTEN_CHAR.RSP: a strict charger waits for it, a lenient one takes the match request', async () => {
    const lose = { 'CM_ATTEN_CHAR.RSP': 1e6 };
    const lenient = new Bench();
    await lenient.run(500);
    await lenient.plugIn(lenient.vehicle({ knobs: { lose } }));
    expect(lenient.of('tolerated')).toMatchObject([
      { what: 'CM_SLAC_MATCH.REQ without CM_ATTEN_CHAR.RSP' },
    ]);
    expect(lenient.evse.state.at).toBe('matched');
    const strict = new Bench({ evse: { validation: 'strict' } });
    await strict.run(500);
    await strict.plugIn(strict.vehicle({ knobs: { lose } }), 30_000);
    expect(strict.of('session-failed')[0]).toMatchObject({ cause: { code: 'no-atten-char-rsp' } });
    expect(strict.count('CM_SLAC_MATCH.CNF')).toBe(0);
  });

  it('three profiles lost: matched with 7 sounds after TT_EVSE_match_MNBC', async () => {
    const bench = new Bench({ modem: { skipProfiles: 3 } });
    await bench.run(500);
    expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched' });
    expect(bench.of('attenuation')).toMatchObject([{ profiles: 7, soundsHeard: 10 }]);
    const at = (name: string) => bench.bus.sent[bench.bus.names.indexOf(name)]?.at ?? 0;
    const waited = at('CM_ATTEN_CHAR.IND') - at('CM_START_ATTEN_CHAR.IND');
    expect(waited).toBeGreaterThanOrEqual(600);
    expect(waited).toBeLessThanOrEqual(700);
  });

  it('no profile at all: failed with the reason, and no attenuation is made up', async () => {
    const bench = new Bench({ modem: { skipProfiles: 1e9 } });
    await bench.run(500);
    expect(await bench.plugIn(bench.vehicle(), 30_000)).toMatchObject({
      kind: 'failed',
      cause: { code: 'no-atten-char' },
    });
    expect(bench.count('CM_ATTEN_CHAR.IND')).toBe(0);
    expect(bench.of('failed')).toMatchObject([{ cause: { code: 'no-profiles' } }]);
    expect(bench.evse.state.what).toContain('no CM_ATTEN_PROFILE.IND');
    expect(bench.evse.armed).toEqual([]);
  });

  it.each([
    [{ lose: { 'CM_START_ATTEN_CHAR.IND': 1e6 } }, 'no-start-atten-char'],
    [{ noMatchReq: true }, 'no-match-req'],
    [{ wrongRunIdIn: ['CM_SLAC_MATCH.REQ'] as const }, 'no-match-req'],
    [{ wrongRunIdIn: ['CM_START_ATTEN_CHAR.IND'] as const }, 'no-start-atten-char'],
  ])('a car that departs from the path (%o) ends as %s', async (knobs, code) => {
    const bench = new Bench();
    await bench.run(500);
    const car = bench.vehicle({ knobs });
    expect(await bench.plugIn(car, 60_000)).toMatchObject({ kind: 'failed' });
    expect(bench.of('failed')).toMatchObject([{ cause: { code }, evMac: car.mac }]);
    expect(bench.evse.armed).toEqual([]);
    expect(car.pev.armed).toEqual([]);
  });

  it('a modem whose link never comes up: failed after TT_match_join', async () => {
    const bench = new Bench();
    await bench.run(500);
    const car = bench.vehicle({ modem: { linkDown: true } });
    await bench.plugIn(car, 14_000);
    expect(bench.of('failed')).toMatchObject([{ cause: { code: 'link-not-formed' } }]);
    expect(bench.evse.state.at).toBe('failed');
  });

  it('a car that sends 9 of 10 sounds, and one whose sounds are 64 bytes long', async () => {
    for (const knobs of [{ sounds: 9 }, { shortSounds: true }]) {
      const bench = new Bench();
      await bench.run(500);
      expect(await bench.plugIn(bench.vehicle({ knobs }))).toMatchObject({ kind: 'matched' });
      expect(bench.of('attenuation')[0]?.profiles).toBe(knobs.sounds ?? 10);
    }
  });
});
