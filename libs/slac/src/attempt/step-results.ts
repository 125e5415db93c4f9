import type { AttemptFrame, AttemptResult } from './attempt.ts';
import type { ProcessTrack } from './process-track.ts';
import {
  ladder,
  levelOf,
  roundMs,
  type StepLimit,
  type StepName,
  type StepResult,
  type Timing,
} from './steps.ts';

/** The rungs of one process, from the timings of its frames. */
export function stepsOf(
  frames: readonly AttemptFrame[],
  limits: Readonly<Record<StepName, StepLimit>>,
  about: {
    readonly process: ProcessTrack | undefined;
    /** When the link was seen, milliseconds since the begin. */
    readonly joined: number | undefined;
    readonly result: AttemptResult;
    readonly resumed: boolean;
  },
): StepResult[] {
  const { process, joined, result, resumed } = about;
  const done = new Map<StepName, { readonly timing: Timing; readonly to: number }>();
  for (const { n, timing, source, target, name } of frames) {
    if (!timing) continue;
    const ofProfile = name === 'CM_ATTEN_PROFILE.IND';
    const mine = source === process?.evMac || target === process?.evMac || ofProfile;
    if (mine || timing.step === 'init') done.set(timing.step, { timing, to: n });
    // begins anew: the rungs behind count for the run before
    if (timing.step === 'parameters')
      for (const later of ladder.slice(ladder.indexOf('start'))) done.delete(later);
  }
  const confirmed = process?.marks.matchCnf;
  if (joined !== undefined && confirmed) {
    const elapsedMs = roundMs(joined - confirmed.at);
    const level = levelOf(elapsedMs, limits.join.limitMs);
    const timing: Timing = { ...limits.join, step: 'join', from: confirmed.n, elapsedMs, level };
    done.set('join', { timing, to: 0 });
  }
  const last = ladder.findLastIndex((step) => done.has(step));
  // a car may leave rungs out and be matched all the same; a resumed one has only the last
  const next = resumed ? ladder.length - 1 : last + 1;
  return ladder.map((step, index): StepResult => {
    const passed = done.get(step);
    if (passed) return { ...passed.timing, state: 'done', to: passed.to };
    const awaited = index === next && result !== 'matched';
    const state = awaited ? (result === 'running' ? 'waiting' : 'missing') : 'not-reached';
    return { ...limits[step], step, state };
  });
}
