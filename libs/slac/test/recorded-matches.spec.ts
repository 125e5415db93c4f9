import { readFileSync } from 'node:fs';
import { fromHex, millis, toHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  type CauseCode,
  decodeFrame,
  type Mme,
  type MmeOf,
  type ToleranceCode,
} from '../src/index.ts';
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
    // Where a modem of ours measures, the recorded one does not.
    if (modem !== false && frame.name === 'CM_ATTEN_PROFILE.IND') continue;
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

interface Outcome {
  /** How it ends for our charger. */
  readonly lenient: 'matched' | CauseCode;
  readonly strict?: 'matched' | CauseCode;
  readonly tolerated?: readonly ToleranceCode[];
  /** CM_SLAC_MATCH.CNF of our lenient charger. */
  readonly keys: number;
  /** Where the recorded charger erred. */
  readonly errors?: readonly string[];
}
const NONCE = 'CM_SET_KEY.REQ with a nonce';
const LENGTH = 'CM_ATTEN_CHAR.IND is not 129 bytes long';
const matched: Outcome = { lenient: 'matched', keys: 1 };
/** Files named evse0 hold the profiles of the charger's modem; for the others our own modem measures. */
const outcomes: Readonly<Record<string, Outcome>> = {
  '01_pyslac_evse_vs_ev_slac_scapy': {
    lenient: 'no-atten-char-rsp',
    strict: 'no-start-atten-char',
    tolerated: ['forwarding-sta'],
    keys: 0,
    errors: [
      NONCE,
      LENGTH,
      'a key for a wrong MVFLength',
      'a key for 2 sounds',
      'a key for run id 0',
    ],
  },
  '02_qca_evse_vs_qca_pev.ev0': { ...matched, errors: [LENGTH] },
  '02_qca_evse_vs_qca_pev.evse0': { ...matched, errors: [NONCE, LENGTH] },
  '03_everest_evse_vs_everest_ev.ev0': matched,
  '03_everest_evse_vs_everest_ev.evse0': matched,
  '04_pyslac_evse_vs_debian_pev.ev0': matched,
  '04_pyslac_evse_vs_debian_pev.evse0': { ...matched, errors: [NONCE] },
  '06_everest_evse_vs_debian_pev.ev0': matched,
  '06_everest_evse_vs_debian_pev.evse0': {
    ...matched,
    errors: ['a lost link is asked about without end'],
  },
  // The car, not the charger, erred: it answers only the first CM_ATTEN_CHAR.IND.
  '08_everest_evse_ev_lost_attenrsp.ev0': { ...matched, keys: 2 },
  '08_everest_evse_ev_lost_attenrsp.evse0': {
    lenient: 'matched',
    strict: 'no-atten-char-rsp',
    tolerated: ['no-rsp'],
    keys: 2,
  },
  '09_everest_evse_pev_3_profiles_lost.ev0': matched,
  '09_everest_evse_pev_3_profiles_lost.evse0': matched,
  '11_everest_evse_lost_matchcnf_pev.ev0': { ...matched, keys: 2 },
  '11_everest_evse_lost_matchcnf_pev.evse0': {
    ...matched,
    keys: 2,
    errors: ['a repeated CM_SLAC_MATCH.REQ is not answered'],
  },
  '13_everest_evse_vs_ev_slac_scapy_unpatched': {
    lenient: 'no-atten-char-rsp',
    strict: 'no-start-atten-char',
    tolerated: ['forwarding-sta'],
    keys: 0,
    errors: ['an attenuation without any sound', 'NUM_SOUNDS is not the number of profiles'],
  },
  '14_everest_evse_vs_ev_slac_scapy_patched': matched,
  '16_node_evse_vs_everest_ev.ev0': matched,
  '16_node_evse_vs_everest_ev.evse0': matched,
};

describe('every recorded match', () => {
  it('has an outcome here', () => {
    expect(Object.keys(outcomes)).toEqual(Object.keys(captures));
  });

  it.each(Object.entries(outcomes))(
    '%s: as the standard wants it, lenient and strict',
    async (name, of) => {
      const { lenient, strict = lenient, tolerated = [], keys } = of;
      for (const validation of ['lenient', 'strict'] as const) {
        const modem = name.endsWith('.evse0') ? false : {};
        const bench = await replay(name, { validation }, modem);
        const wanted = validation === 'lenient' ? lenient : strict;
        const { at, failure } = bench.evse.state;
        expect(at === 'matched' ? at : failure?.code, validation).toBe(wanted);
        const codes = bench.of('tolerated').map(({ code }) => code);
        expect(codes, validation).toEqual(validation === 'lenient' ? tolerated : []);
        if (validation === 'lenient') expect(bench.count('CM_SLAC_MATCH.CNF')).toBe(keys);
        // Our own half, judged by the same rules as the recorded ones.
        const ours = bench.bus.sent.map(({ at: t, bytes }) => ({ t, name: '', hex: toHex(bytes) }));
        expect(errorsOf(ours), validation).toEqual([]);
      }
    },
  );

  it.each(Object.entries(outcomes))(
    '%s: where the recorded charger erred',
    (name, { errors = [] }) => {
      expect(errorsOf(captures[name] ?? [])).toEqual(errors);
    },
  );
});

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

const ZEROS_17 = '0'.repeat(34);
type Decoded = Mme & { readonly t: number };

/** Where the recorded charger departs from the standard, each once, in words. */
function errorsOf(frames: readonly Recorded[]): string[] {
  const decoded = frames.map(({ t, hex }): Decoded => ({ ...decodeFrame(fromHex(hex)), t }));
  const all = <N extends Mme['name']>(name: N) =>
    decoded.filter((frame): frame is Decoded & MmeOf<N> => frame.name === name);
  const errors = new Set<string>();
  const check = (right: boolean, error: string) => void (right || errors.add(error));
  const profiles = all('CM_ATTEN_PROFILE.IND').length;
  const sounds = all('CM_MNBC_SOUND.IND').length;
  for (const req of all('CM_SET_KEY.REQ'))
    if (req.OSA.endsWith('ee:01')) check(req.MyNonce === '00000000', 'CM_SET_KEY.REQ with a nonce');
  for (const cnf of all('CM_SLAC_PARM.CNF')) {
    const [req] = all('CM_SLAC_PARM.REQ');
    check(cnf.RunID === req?.RunID, 'CM_SLAC_PARM.CNF with another run id');
    check(cnf.FORWARDING_STA === req?.OSA, 'FORWARDING_STA is not the vehicle');
    check(cnf.NUM_SOUNDS === 10 && cnf.Time_Out === 6 && cnf.RESP_TYPE === 1, 'not as Table A.2');
    check(cnf.t - (req?.t ?? 0) <= 100, 'CM_SLAC_PARM.CNF later than TP_match_response');
  }
  for (const ind of all('CM_ATTEN_CHAR.IND')) {
    check(ind.NumGroups === 58 && ind.trailing === '', 'CM_ATTEN_CHAR.IND is not 129 bytes long');
    check(ind.SOURCE_ID === ZEROS_17 && ind.RESP_ID === ZEROS_17, 'SOURCE_ID or RESP_ID not zero');
    check(ind.NUM_SOUNDS > 0, 'an attenuation without any sound');
    if (profiles > 0)
      check(ind.NUM_SOUNDS === profiles, 'NUM_SOUNDS is not the number of profiles');
    const last = decoded.findLast((f) => f.name === 'CM_ATTEN_PROFILE.IND' && f.t < ind.t);
    const start = all('CM_START_ATTEN_CHAR.IND')[0]?.t ?? 0;
    const first = all('CM_ATTEN_CHAR.IND')[0] === ind;
    if (last && first)
      check(ind.t - last.t <= 100 || ind.t - start <= 700, 'attenuation later than it may be');
    if (profiles > 0 && profiles < sounds && first)
      check(ind.t - start >= 600, 'attenuation before TT_EVSE_match_MNBC with sounds missing');
  }
  const answered = all('CM_ATTEN_CHAR.IND').some(({ t }) =>
    all('CM_ATTEN_CHAR.RSP').some((rsp) => rsp.t > t),
  );
  const indications = all('CM_ATTEN_CHAR.IND').length;
  const keys = all('CM_SLAC_MATCH.CNF').length;
  if (indications > 0 && !answered && keys === 0)
    check(indications === 3, 'CM_ATTEN_CHAR.IND without an answer is not sent three times');
  const requests = all('CM_SLAC_MATCH.REQ');
  const confirmations = all('CM_SLAC_MATCH.CNF');
  if (confirmations.length > 0)
    check(requests.length === confirmations.length, 'a repeated CM_SLAC_MATCH.REQ is not answered');
  for (const cnf of confirmations) {
    check(cnf.MVFLength === 86, 'MVFLength of CM_SLAC_MATCH.CNF is not 86');
    check(cnf.EVSE_MAC === cnf.OSA, 'EVSE_MAC is not the charger');
    check(
      requests.every((req) => req.MVFLength === 62),
      'a key for a wrong MVFLength',
    );
    check(
      requests.every((req) => req.PEV_MAC === req.OSA),
      'a key for a wrong PEV_MAC',
    );
    check(
      requests.every((req) => req.PEV_ID === ZEROS_17),
      'a key for a PEV_ID that is not zero',
    );
    check(sounds === 10, `a key for ${sounds} sounds`);
    check(all('CM_SLAC_PARM.REQ')[0]?.RunID !== '0'.repeat(16), 'a key for run id 0');
  }
  const status = all('VS_PL_LNK_STATUS.CNF').map(({ LINKSTATUS }) => LINKSTATUS);
  const lost = status.lastIndexOf(1);
  if (lost >= 0) check(status.length - 1 - lost <= 5, 'a lost link is asked about without end');
  return [...errors];
}

/** Rounded mean of the recorded profiles, computed anew. */
function mean(frames: readonly Recorded[]): number[] {
  const profiles = frames
    .map(({ hex }) => decodeFrame(fromHex(hex)))
    .filter((frame) => frame.name === 'CM_ATTEN_PROFILE.IND');
  return Array.from({ length: 58 }, (_, group) =>
    Math.round(profiles.reduce((sum, { AAG }) => sum + (AAG[group] ?? 0), 0) / profiles.length),
  );
}
