import { readFileSync } from 'node:fs';
import { fromHex, millis } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../src/index.ts';
import { Bench } from './bench.ts';

interface Recorded {
  readonly t: number;
  readonly name: string;
  readonly hex: string;
}
const captures = JSON.parse(
  readFileSync(new URL('fixtures/captures.json', import.meta.url), 'utf8'),
) as Record<string, Recorded[]>;

/** What the car and its charger's modem said. */
const isTheirs = (name: string) =>
  /^CM_(SLAC_PARM.REQ|START_ATTEN|MNBC|ATTEN_PROFILE|ATTEN_CHAR.RSP|SLAC_MATCH.REQ)/.test(name);
/** What the recorded charger said: ours says it itself, and the other half waits for it. */
const isOurs = (name: string) => /^CM_(SLAC_PARM.CNF|ATTEN_CHAR.IND|SLAC_MATCH.CNF)/.test(name);

/** Plays the other half with its recorded pauses against our charger, whose address is the recorded one. */
async function replay(name: string, evse = {}, modem: false | object = false): Promise<Bench> {
  const bench = new Bench({
    modem,
    evse: { modemVendor: 'none', linkDetection: 'never', ...evse },
  });
  const wire = bench.bus.join('02:00:00:00:00:99');
  bench.evse.enterBcd();
  const wanted = new Map<string, number>();
  let last = captures[name]?.[0]?.t ?? 0;
  for (const frame of captures[name] ?? []) {
    if (isTheirs(frame.name)) {
      await bench.clock.run(millis(Math.max(0, frame.t - last)), 1);
      wire.send(fromHex(frame.hex));
      await bench.clock.run(millis(0.1), 0.1);
    } else if (isOurs(frame.name)) {
      wanted.set(frame.name, (wanted.get(frame.name) ?? 0) + 1);
      for (let ms = 0; ms < 700 && bench.count(frame.name) < (wanted.get(frame.name) ?? 0); ms++)
        await bench.run(1);
    } else continue;
    last = frame.t;
  }
  await bench.run(15_000);
  return bench;
}

describe('the half of the car in a recorded match', () => {
  it.each([
    ['02_qca_evse_vs_qca_pev.evse0', 10],
    ['03_everest_evse_vs_everest_ev.evse0', 10],
    ['04_pyslac_evse_vs_debian_pev.evse0', 10],
    ['06_everest_evse_vs_debian_pev.evse0', 10],
    ['09_everest_evse_pev_3_profiles_lost.evse0', 7],
    ['16_node_evse_vs_everest_ev.evse0', 10],
  ])('%s: our charger matches it', async (name, profiles) => {
    const bench = await replay(name);
    const confirmed = bench.of('matched');
    expect(confirmed).toHaveLength(1);
    expect(bench.of('attenuation').at(-1)).toMatchObject({ profiles });
    const recordedAag = mean(captures[name] ?? []);
    expect(bench.of('attenuation').at(-1)?.groups).toEqual(recordedAag);
  });

  it('11: the car repeats CM_SLAC_MATCH.REQ, which its charger left unanswered; ours answers each', async () => {
    const name = '11_everest_evse_lost_matchcnf_pev.evse0';
    const asked = (captures[name] ?? []).filter((f) => f.name === 'CM_SLAC_MATCH.REQ').length;
    const bench = await replay(name);
    expect(asked).toBeGreaterThan(1);
    expect(bench.count('CM_SLAC_MATCH.CNF')).toBe(asked);
  });

  it('08: the first CM_ATTEN_CHAR.RSP is lost, the car goes on; a strict charger fails it', async () => {
    const name = '08_everest_evse_ev_lost_attenrsp.evse0';
    const lenient = await replay(name);
    expect(lenient.of('matched')).toHaveLength(1);
    expect(lenient.of('tolerated').map((report) => report.what)).toContain(
      'CM_SLAC_MATCH.REQ without CM_ATTEN_CHAR.RSP',
    );
    const strict = await replay(name, { validation: 'strict' });
    expect(strict.of('matched')).toEqual([]);
    expect(strict.of('session-failed').at(-1)).toMatchObject({
      cause: { code: 'no-atten-char-rsp' },
    });
  });

  it('14: profiles that are not addressed to the charger do not count, those of its modem do', async () => {
    const name = '14_everest_evse_vs_ev_slac_scapy_patched';
    const without = await replay(name);
    expect(without.of('session-failed')[0]).toMatchObject({ cause: { code: 'no-profiles' } });
    const measured = await replay(name, {}, {});
    expect(measured.of('matched')).toHaveLength(1);
    expect(measured.of('attenuation')[0]).toMatchObject({ profiles: 10, soundsHeard: 10 });
  });

  it('13: a script that breaks most rules gets no key, and the reason is told', async () => {
    const bench = await replay('13_everest_evse_vs_ev_slac_scapy_unpatched');
    expect(bench.count('CM_ATTEN_CHAR.IND')).toBe(0);
    expect(bench.count('CM_SLAC_MATCH.CNF')).toBe(0);
    expect(bench.of('tolerated').map((report) => report.what)).toContain(
      'FORWARDING_STA is not the vehicle',
    );
    expect(bench.of('session-failed')[0]).toMatchObject({ cause: { code: 'no-profiles' } });
  });

  it('answers as the recorded charger did, but for its own choices', async () => {
    const name = '03_everest_evse_vs_everest_ev.evse0';
    const bench = await replay(name);
    const ours = bench.bus.sent.map(({ bytes }) => decodeFrame(bytes));
    for (const wanted of ['CM_SLAC_PARM.CNF', 'CM_ATTEN_CHAR.IND']) {
      const theirs = decodeFrame(
        fromHex(captures[name]?.find((f) => f.name === wanted)?.hex ?? ''),
      );
      const mine = ours.find((frame) => frame.name === wanted);
      const { trailing: _a, ...one } = theirs;
      const { trailing: _b, ...two } = mine ?? theirs;
      if (one.name === 'CM_ATTEN_CHAR.IND' && two.name === 'CM_ATTEN_CHAR.IND')
        expect({ ...two, AAG: [] }).toEqual({ ...one, AAG: [] });
      else expect(two).toEqual(one);
    }
  });
});

/** Rounded mean of the recorded profiles, computed anew. */
function mean(frames: readonly Recorded[]): number[] {
  const profiles = frames
    .map(({ hex }) => decodeFrame(fromHex(hex)))
    .filter((frame) => frame.name === 'CM_ATTEN_PROFILE.IND');
  return Array.from({ length: 58 }, (_, group) =>
    Math.round(profiles.reduce((sum, { AAG }) => sum + (AAG[group] ?? 0), 0) / profiles.length),
  );
}
