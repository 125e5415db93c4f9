import type { MachineDefinition } from '@kerbside/kernel';
import { makePlan, type PlanNote, type PlanRequest } from './make-plan.ts';
import type { NetworkFacts } from './network-facts.ts';
import { factsBefore, mine, without, withPlan } from './network-record.ts';
import type {
  Job,
  NetworkEffect,
  NetworkInput,
  NetworkState,
  StepOutcome,
} from './network-state.ts';
import { Turn } from './network-turn.ts';
import { nameOfStep, sharedKey, together, type PlanStep } from './plan-step.ts';
import { EMPTY_RECORD, said } from './ports.ts';
import type { InternetSettings } from './settings.ts';

/** Takes up the next thing that has to be done, if nothing is being done. */
function next(turn: Turn): void {
  if (turn.state.job) return;
  for (const [key, link] of Object.entries(turn.state.links)) {
    const evse = Number(key);
    if (link.phase === 'selected' && link.wanted) {
      turn.setLink(evse, { ...link, phase: 'applying' });
      return turn.ask({ ask: 'facts' }, { evse, at: 'facts', steps: [], ahead: [], back: [] });
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
  const left = steps.filter((one) => mine(turn.state.record, evse, one));
  const now = together(left);
  const job = { evse, steps: now, ahead: [], back: left.slice(now.length), because };
  const more = trouble ? { trouble } : {};
  if (now.length > 0) return turn.ask({ ask: 'undo', steps: now }, { ...job, at: 'undo', ...more });
  const record = without(turn.state.record, evse);
  turn.state = { ...turn.state, record };
  return turn.ask({ ask: 'remember', record }, { ...job, at: 'forget', ...more });
}

const FAILURES = new Set(['step-failed', 'broken', 'interface-lost', 'uplink-lost']);

function settled(turn: Turn, job: Job): void {
  const { evse, because, trouble } = job;
  const { wanted, planned } = turn.link(evse);
  turn.idle();
  if (!because) return;
  const failed = FAILURES.has(kindOf(because));
  const bad = trouble ?? (failed ? because : undefined);
  // Selected again meanwhile: another try, unless it is the very selection that failed.
  if (wanted && (!failed || wanted !== planned)) turn.setLink(evse, { phase: 'selected', wanted });
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
  turn.ask({ ask: 'remember', record }, { evse, at: 'remember', steps: [], ahead, back: [] });
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
  const steps = together(ahead);
  if (steps.length > 0)
    return turn.ask(
      { ask: 'apply', steps },
      { evse, at: 'apply', steps, ahead: ahead.slice(steps.length), back },
    );
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
      return onApplied(turn, job, answer as readonly StepOutcome[]);
    case 'undo':
      return onUndone(turn, job, answer as readonly StepOutcome[]);
    case 'forget':
      return settled(turn, job);
  }
}

function onApplied(turn: Turn, job: Job, outcomes: readonly StepOutcome[]): void {
  const { evse, steps } = job;
  const wrong = steps.flatMap((step, at) => {
    const text = outcomes[at];
    return text === undefined ? [] : [{ step, text, name: nameOfStep(step) }];
  });
  // One that was ended half-way may have left something: its inverse is run too. An address that
  // can't be added may be there already, and somebody else's.
  const mayBeDone = steps.filter((step, at) => outcomes[at] === undefined || step.do !== 'address');
  const back = [...mayBeDone.toReversed(), ...job.back];
  const [first] = wrong;
  if (!first) return onward(turn, { ...job, back });
  for (const { name, text } of wrong)
    turn.report({ report: 'step-failed', evse, step: name, said: text });
  turnBack(turn, evse, back, {
    code: `step-failed:${first.step.do}`,
    text: `${first.name}: ${first.text}`,
  });
}

function turnBack(turn: Turn, evse: number, back: readonly PlanStep[], reason: PlanNote): void {
  turn.setLink(evse, { ...turn.link(evse), phase: 'removing', reason });
  takeBack(turn, evse, back, reason);
}

function onUndone(turn: Turn, job: Job, outcomes: readonly StepOutcome[]): void {
  const { evse } = job;
  let { trouble } = job;
  for (const [at, step] of job.steps.entries()) {
    const text = outcomes[at];
    if (text === undefined) continue;
    const name = nameOfStep(step);
    turn.report({ report: 'left-behind', evse, step: name, said: text });
    trouble ??= { code: 'left-behind', text: `${name}: ${text}` };
  }
  takeBack(turn, evse, job.back, job.because as PlanNote, trouble);
}

function onAskFailed(turn: Turn, job: Job, error: unknown): void {
  const { evse } = job;
  const text = said(error);
  const name = 'write the record';
  switch (job.at) {
    case 'facts':
      return fail(turn, evse, { code: 'facts', text });
    case 'remember':
      turn.report({ report: 'step-failed', evse, step: name, said: text });
      return turnBack(turn, evse, job.back, {
        code: 'step-failed:remember',
        text: `${name}: ${text}`,
      });
    case 'apply':
      return onApplied(
        turn,
        job,
        job.steps.map(() => text),
      );
    case 'undo':
      return onUndone(
        turn,
        job,
        job.steps.map(() => text),
      );
    case 'forget':
      turn.report({ report: 'left-behind', evse, step: name, said: text });
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
 * Applies and takes back the plans of all EVSEs, one step after the other. What each changed is in `record`,
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
