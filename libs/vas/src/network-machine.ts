import type { MachineDefinition } from '@kerbside/kernel';
import { makePlan, type PlanNote, type PlanRequest } from './make-plan.ts';
import type { NetworkFacts } from './network-facts.ts';
import { factsBefore, mine, without, withPlan } from './network-record.ts';
import type { Job, NetworkEffect, NetworkInput, NetworkState } from './network-state.ts';
import { Turn } from './network-turn.ts';
import { nameOfStep, sharedKey, type PlanStep } from './plan-step.ts';
import { EMPTY_RECORD } from './ports.ts';
import type { InternetSettings } from './settings.ts';

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Takes up the next thing that has to be done, if nothing is being done. */
function next(turn: Turn): void {
  if (turn.state.job) return;
  for (const [key, link] of Object.entries(turn.state.links)) {
    const evse = Number(key);
    if (link.phase === 'selected' && link.wanted) {
      turn.setLink(evse, { ...link, phase: 'applying' });
      return turn.ask({ ask: 'facts' }, { evse, at: 'facts', ahead: [], back: [] });
    }
    if (link.phase === 'removing' && link.plan && link.reason)
      return takeBack(turn, evse, link.plan.steps.toReversed(), link.reason);
  }
}

/** `because` a failure: the link ends as failed; else it is just over. */
function takeBack(
  turn: Turn,
  evse: number,
  steps: readonly PlanStep[],
  because: PlanNote,
  trouble?: PlanNote,
): void {
  const [step, ...back] = steps.filter((one) => mine(turn.state.record, evse, one));
  const more = { because, ...(trouble ? { trouble } : {}) };
  if (step)
    return turn.ask({ ask: 'undo', step }, { evse, at: 'undo', step, ahead: [], back, ...more });
  const record = without(turn.state.record, evse);
  turn.state = { ...turn.state, record };
  return turn.ask(
    { ask: 'remember', record },
    { evse, at: 'forget', ahead: [], back: [], ...more },
  );
}

const FAILURES = new Set(['step-failed', 'broken', 'interface-lost']);

function settled(turn: Turn, job: Job): void {
  const { evse, because, trouble } = job;
  const { wanted } = turn.link(evse);
  turn.idle();
  if (!because) return;
  const failed = FAILURES.has(kindOf(because));
  const bad = trouble ?? (failed ? because : undefined);
  // Selected again meanwhile: another try, unless it is the very selection that failed.
  if (wanted && !failed) turn.setLink(evse, { phase: 'selected', wanted });
  else if (bad) turn.setLink(evse, { phase: 'failed', reason: bad });
  else turn.setLink(evse, { phase: 'off', reason: because });
  turn.report(
    failed
      ? { report: 'failed', evse, reason: because }
      : { report: 'removed', evse, reason: because },
  );
}

/** Failures carry their kind before a colon: `broken:radvd`. */
const kindOf = (note: PlanNote) => note.code.split(':')[0] ?? '';

function fail(turn: Turn, evse: number, reason: PlanNote): void {
  turn.idle();
  turn.setLink(evse, { phase: 'failed', reason });
  turn.report({ report: 'failed', evse, reason });
}

function onFacts(turn: Turn, job: Job, facts: NetworkFacts, settings: InternetSettings): void {
  const { evse } = job;
  const { wanted } = turn.link(evse);
  if (!wanted) {
    const reason = turn.link(evse).reason ?? { code: 'released', text: 'no longer wanted' };
    turn.idle();
    turn.setLink(evse, { phase: 'off', reason });
    return turn.report({ report: 'removed', evse, reason });
  }
  const result = makePlan(settings, factsBefore(facts, turn.state.record), wanted);
  if (!result.ok) return fail(turn, evse, result.problem);
  const { plan } = result;
  turn.report({ report: 'plan', evse, plan });
  turn.setLink(evse, { phase: 'applying', wanted, plan, planned: wanted });
  const ahead = plan.steps.filter((step) => {
    const key = sharedKey(step);
    return key === undefined || !turn.state.record.shared.some((one) => one.key === key);
  });
  const record = withPlan(turn.state.record, plan);
  turn.state = { ...turn.state, record };
  turn.ask({ ask: 'remember', record }, { evse, at: 'remember', ahead, back: [] });
}

/** Goes on upwards, or turns back where the car has left meanwhile. */
function onward(turn: Turn, job: Job): void {
  const { evse, ahead, back } = job;
  const link = turn.link(evse);
  if (!link.wanted || link.wanted !== link.planned) {
    const reason = link.reason ?? { code: 'released', text: 'no longer wanted' };
    turn.setLink(evse, { ...link, phase: 'removing', reason });
    return takeBack(turn, evse, back, reason);
  }
  const [step, ...rest] = ahead;
  if (step) return turn.ask({ ask: 'apply', step }, { evse, at: 'apply', step, ahead: rest, back });
  turn.idle();
  turn.setLink(evse, {
    phase: 'up',
    wanted: link.wanted,
    planned: link.wanted,
    ...(link.plan ? { plan: link.plan } : {}),
  });
  return turn.report({ report: 'up', evse });
}

function onAnswer(turn: Turn, job: Job, answer: unknown, settings: InternetSettings): void {
  switch (job.at) {
    case 'facts':
      return onFacts(turn, job, answer as NetworkFacts, settings);
    case 'remember':
      return onward(turn, job);
    case 'apply':
      return onward(turn, { ...job, back: job.step ? [job.step, ...job.back] : job.back });
    case 'undo':
      return takeBack(turn, job.evse, job.back, job.because as PlanNote, job.trouble);
    case 'forget':
      return settled(turn, job);
  }
}

function onAskFailed(turn: Turn, job: Job, error: unknown): void {
  const { evse, step } = job;
  const text = said(error);
  switch (job.at) {
    case 'facts':
      return fail(turn, evse, { code: 'facts', text });
    case 'remember':
    case 'apply': {
      const name = step ? nameOfStep(step) : 'write the record';
      turn.report({ report: 'step-failed', evse, step: name, said: text });
      const link = turn.link(evse);
      const reason = { code: `step-failed:${step?.do ?? 'remember'}`, text: `${name}: ${text}` };
      turn.setLink(evse, { ...link, phase: 'removing', reason });
      // One that was ended half-way may have left something: its inverse is run too. An address that
      // can't be added may be there already, and somebody else's.
      const mayBeDone = step && step.do !== 'address';
      return takeBack(turn, evse, mayBeDone ? [step, ...job.back] : job.back, reason);
    }
    case 'undo': {
      const name = step ? nameOfStep(step) : '';
      turn.report({ report: 'left-behind', evse, step: name, said: text });
      const trouble = job.trouble ?? { code: 'left-behind', text: `${name}: ${text}` };
      return takeBack(turn, evse, job.back, job.because as PlanNote, trouble);
    }
    case 'forget':
      turn.report({ report: 'left-behind', evse, step: 'write the record', said: text });
      return settled(turn, job);
  }
}

function onSelect(turn: Turn, wanted: PlanRequest): void {
  const { evse } = wanted;
  const link = turn.link(evse);
  switch (link.phase) {
    case 'off':
    case 'failed':
    case 'selected':
      return turn.setLink(evse, { phase: 'selected', wanted });
    case 'removing':
      return turn.setLink(evse, { ...link, wanted });
    case 'applying':
    case 'up':
      // A new selection replaces the one before: first down, then up again.
      turn.setLink(evse, {
        ...link,
        ...(link.phase === 'up' ? { phase: 'removing' } : {}),
        wanted,
        reason: { code: 'released', text: 'selected anew' },
      });
  }
}

function onRelease(turn: Turn, evse: number, reason: PlanNote, broken: boolean): void {
  const link = turn.link(evse);
  const { wanted: _, reason: __, ...rest } = link;
  switch (link.phase) {
    case 'selected':
      turn.setLink(evse, { phase: 'off', reason });
      return turn.report({ report: 'removed', evse, reason });
    case 'applying':
      return turn.setLink(evse, { ...rest, reason });
    case 'up':
      return turn.setLink(evse, { ...rest, phase: 'removing', reason });
    case 'removing':
      return turn.setLink(evse, { ...rest, reason: link.reason ?? reason });
    case 'failed':
      // The car that it failed for has gone.
      return broken ? undefined : turn.setLink(evse, { phase: 'off', reason });
    case 'off':
      return undefined;
  }
}

/**
 * Applies and takes back the plans of all EVSEs, one step at a time. What each changed is in `record`,
 * which is on disk before the first step and until after the last.
 */
export function networkMachine(
  settings: () => InternetSettings,
): MachineDefinition<NetworkState, NetworkInput, NetworkEffect> {
  return {
    initial: { links: {}, record: EMPTY_RECORD, asked: 0 },
    step(state, input, { wall }) {
      const turn = new Turn(state, wall);
      switch (input.on) {
        case 'select':
          onSelect(turn, input.request);
          break;
        case 'release':
        case 'broken':
          onRelease(turn, input.evse, input.reason, input.on === 'broken');
          break;
        case 'answer':
        case 'ask-failed': {
          const { job } = state;
          if (!job || input.id !== String(state.asked)) break;
          if (input.on === 'answer') onAnswer(turn, job, input.answer, settings());
          else onAskFailed(turn, job, input.error);
        }
      }
      next(turn);
      return turn.done();
    },
  };
}
