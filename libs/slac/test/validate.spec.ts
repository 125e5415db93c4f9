import { describe, expect, it } from 'vitest';
import type { EvseSlacConfig, Sendable } from '../src/index.ts';
import { EVSE } from './bench.ts';
import { CAR, match, Tester } from './tester.ts';

const OTHER = '02:00:00:00:e0:06';
const full: Partial<EvseSlacConfig> = { validate: 'full', pilotEdges: true, validation: 'strict' };
const step1: Sendable = {
  name: 'CM_VALIDATE.REQ',
  ODA: EVSE,
  OSA: CAR,
  SignalType: 0,
  Timer: 0,
  Result: 1,
};
/** A window of 2 s. */
const step2: Sendable = { ...step1, Timer: 19 };

const answers = (t: Tester) =>
  t.sent('CM_VALIDATE.CNF').map(({ Result, ToggleNum }) => [Result, ToggleNum]);

/** B, C and B again, each 300 ms. */
async function toggle(t: Tester, times: number, ms = 300): Promise<void> {
  for (let i = 0; i < times; i++)
    for (const state of ['C', 'B'] as const) {
      await t.bench.run(ms);
      t.bench.evse.pilotEdge(state, t.bench.clock.monotonic());
    }
}

describe('CM_VALIDATE', () => {
  it.each([1, 2, 3])(
    'CMN CmValidate 001: %i toggles of the pilot are counted, then the car matches',
    async (count) => {
      const t = await new Tester(full).upTo('rsp');
      await t.send(step1);
      expect(answers(t)).toEqual([[1, 0]]);
      await t.send(step2);
      await toggle(t, count);
      await t.bench.run(2000 - count * 600);
      expect(answers(t)).toEqual([
        [1, 0],
        [2, count],
      ]);
      expect(t.bench.of('validation').map(({ step }) => step)).toEqual(['ready', 'success']);
      await t.send(match);
      expect(t.sent('CM_SLAC_MATCH.CNF')).toHaveLength(1);
    },
  );

  it('CMN CmValidate 002: a second request with Timer 0 is answered as the first one', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await t.send(step1);
    expect(answers(t)).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('CMN CmValidate 003: without step 2 the confirmation is repeated twice, then the session failed', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await t.bench.run(1300);
    const sent = t.sent('CM_VALIDATE.CNF');
    expect(sent).toHaveLength(3);
    for (const gap of [1, 2]) {
      const waited = (sent[gap]?.at ?? 0) - (sent[gap - 1]?.at ?? 0);
      expect(waited).toBeGreaterThanOrEqual(400);
      expect(waited).toBeLessThan(410);
    }
    expect(t.bench.of('session-failed')).toMatchObject([{ cause: { code: 'validation-stalled' } }]);
    await t.send(step2);
    await toggle(t, 3);
    await t.bench.run(500);
    await t.send(match);
    expect(t.sent('CM_VALIDATE.CNF')).toHaveLength(3);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
  });

  it('CMN CmValidate 004: step 2 with another SignalType is passed over', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    for (let i = 0; i < 3; i++) {
      await t.send(step2, { SignalType: 0xff });
      expect(t.at).toBe('validating');
      await t.bench.run(410);
    }
    expect(answers(t)).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(t.at).toBe('failed');
  });

  it.each([
    ['CMN CmValidate 005', 'not ready', 0],
    ['CMN CmValidate 006', 'success', 2],
    ['CMN CmValidate 007', 'failure', 3],
    ['CMN CmValidate 008', 'not required', 4],
  ])('%s: step 2 with the result "%s" ends the session', async (_, __, Result) => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await t.send(step2, { Result });
    await t.bench.run(500);
    expect(answers(t)).toEqual([[1, 0]]);
    expect(t.bench.of('session-failed')).toMatchObject([{ cause: { code: 'validation-aborted' } }]);
  });

  it('CMN CmValidate 009: a second car meanwhile is told "not ready", the first one goes on', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.upTo('rsp', OTHER);
    await t.send(step1);
    await t.send(step1, { OSA: OTHER });
    await t.send(step2);
    await t.send(step1, { OSA: OTHER });
    const [, busy, still] = t.sent('CM_VALIDATE.CNF');
    for (const cnf of [busy, still]) expect(cnf).toMatchObject({ ODA: OTHER, Result: 0 });
    await toggle(t, 2);
    await t.bench.run(800);
    expect(t.sent('CM_VALIDATE.CNF').at(-1)).toMatchObject({ ODA: CAR, Result: 2, ToggleNum: 2 });
    await t.send(step1, { OSA: OTHER });
    expect(t.sent('CM_VALIDATE.CNF').at(-1)).toMatchObject({ ODA: OTHER, Result: 1 });
  });

  it('CMN CmValidate 010: configured to fail, it answers "failure"', async () => {
    const t = await new Tester({ validate: 'failure' }).upTo('rsp');
    await t.send(step1);
    expect(answers(t)).toEqual([[3, 0]]);
  });

  it('CMN CmValidate 011: after "not required" a car that validates all the same is counted', async () => {
    const t = await new Tester({ validate: 'notRequired', pilotEdges: true }).upTo('rsp');
    await t.send(step1);
    await t.send(step2);
    await toggle(t, 3);
    await t.bench.run(300);
    expect(answers(t)).toEqual([
      [4, 0],
      [2, 3],
    ]);
  });

  it.each([{ validate: 'notRequired' }, { validate: 'full', pilotEdges: false }] as const)(
    '[V2G3-A09-51] CMN CmValidate 012: with %o it is "not required", and the car matches',
    async (config) => {
      const t = await new Tester(config).upTo('rsp');
      await t.send(step1);
      await t.send(step2);
      expect(answers(t)).toEqual([
        [4, 0],
        [4, 0],
      ]);
      await t.send(match);
      expect(t.sent('CM_SLAC_MATCH.CNF')).toHaveLength(1);
    },
  );

  it('CMN CmValidate 013: in pilot state A nothing is answered', async () => {
    const t = await new Tester(full).upTo('rsp');
    t.bench.evse.leaveBcd();
    await t.send(step1);
    expect(answers(t)).toEqual([]);
  });

  it('is ignored from a car without a session, with another signal type, and out of step', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1, { OSA: OTHER });
    await t.send(step1, { SignalType: 1 });
    await t.send(step1, { Result: 0 });
    await t.send(step2);
    expect(answers(t)).toEqual([]);
    expect(t.at).toBe('wait-match');
  });

  it('without any toggle the answer is "failure", and the session failed', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await t.send(step2);
    await t.bench.run(2100);
    expect(answers(t)).toEqual([
      [1, 0],
      [3, 0],
    ]);
    expect(t.bench.of('session-failed')).toMatchObject([{ cause: { code: 'no-toggles' } }]);
  });

  it('states of the pilot shorter than T_vald_detect_time are no toggle, nor edges before the window', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await toggle(t, 1, 150);
    await t.send(step2);
    await toggle(t, 3, 40);
    await toggle(t, 1, 250);
    await t.bench.run(1400);
    expect(answers(t).at(-1)).toEqual([2, 1]);
  });

  it('the longest window is TT_EVSE_vald_toggle, whatever the car asks for', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await t.send(step2, { Timer: 255 });
    await toggle(t, 1);
    await t.bench.run(2880);
    expect(answers(t)).toHaveLength(1);
    await t.bench.run(50);
    expect(answers(t).at(-1)).toEqual([2, 1]);
  });

  it('a lost answer to step 2 is sent again; then CM_SLAC_MATCH.REQ is due in TT_match_sequence', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await t.send(step2);
    await toggle(t, 2);
    await t.bench.run(800);
    await t.send(step2);
    expect(answers(t).slice(1)).toEqual([
      [2, 2],
      [2, 2],
    ]);
    await t.bench.run(410);
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toEqual([]);
    expect(t.bench.of('session-failed')).toMatchObject([
      { cause: { code: 'no-match-after-validation' } },
    ]);
  });

  it('a car that would validate again and again has its one validation, and is due to match', async () => {
    const t = await new Tester(full).upTo('rsp');
    await t.send(step1);
    await t.send(step2);
    await toggle(t, 2);
    await t.bench.run(800);
    expect(t.at).toBe('validated');
    await t.send(step1);
    expect(t.at).toBe('validated');
    await t.bench.run(410);
    expect(t.bench.of('session-failed')).toMatchObject([
      { cause: { code: 'no-match-after-validation' } },
    ]);
  });

  it.each([
    ['lenient', 1],
    ['strict', 0],
  ] as const)('%s: a car that matches in mid-validation gets %i answers', async (validation, n) => {
    for (const second of [false, true]) {
      const t = await new Tester({ ...full, validation }).upTo('rsp');
      await t.send(step1);
      if (second) await t.send(step2);
      await t.send(match);
      expect(t.sent('CM_SLAC_MATCH.CNF')).toHaveLength(n);
      expect(t.bench.of('tolerated').map(({ code }) => code)).toEqual(n ? ['no-toggles'] : []);
    }
  });
});
