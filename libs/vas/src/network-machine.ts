import type { MachineDefinition, Step } from '@kerbside/kernel';
import {
  ALL_IPV6_FORWARDING,
  makePlan,
  type NetworkPlan,
  type PlanNote,
  type PlanRequest,
} from './make-plan.ts';
import type { NetworkFacts } from './network-facts.ts';
import { nameOfStep, sharedKey, type PlanStep } from './plan-step.ts';
import { EMPTY_RECORD, type NetworkRecord } from './ports.ts';
import type { InternetSettings } from './settings.ts';

export type LinkPhase = 'off' | 'selected' | 'applying' | 'up' | 'removing' | 'failed';

/** The internet of one EVSE. */
export interface LinkState {
  readonly phase: LinkPhase;
  /** Wall time, milliseconds since 1970. */
  readonly since: number;
  /** Why it failed, or why it is being removed. */
  readonly reason?: PlanNote;
  /** What the car selected; undefined: nothing, or no more. */
  readonly wanted?: PlanRequest;
  readonly plan?: NetworkPlan;
  /** What `plan` was made for. */
  readonly planned?: PlanRequest;
}

/** What is being done now; one thing at a time, for all EVSEs together. */
interface Job {
  readonly evse: number;
  readonly at: 'facts' | 'remember' | 'apply' | 'undo' | 'forget';
  /** The step that is being done. */
  readonly step?: PlanStep;
  /** Still to be applied. */
  readonly ahead: readonly PlanStep[];
  /** Still to be taken back, last first. */
  readonly back: readonly PlanStep[];
  /** Why it is taken back; undefined while it goes up. */
  readonly because?: PlanNote;
  /** The first thing that went wrong while taking back. */
  readonly trouble?: PlanNote;
}

export interface NetworkState {
  readonly links: Readonly<Record<number, LinkState>>;
  readonly record: NetworkRecord;
  readonly job?: Job;
  /** Counts questions, so that each has an id of its own. */
  readonly asked: number;
}

export type NetworkQuestion =
  | { readonly ask: 'facts' }
  | { readonly ask: 'apply'; readonly step: PlanStep }
  | { readonly ask: 'undo'; readonly step: PlanStep }
  | { readonly ask: 'remember'; readonly record: NetworkRecord };

export type NetworkInput =
  /** The car selected the service. */
  | { readonly on: 'select'; readonly request: PlanRequest }
  /** The session is over, or the service is. */
  | { readonly on: 'release'; readonly evse: number; readonly reason: PlanNote }
  /** Something that was up is broken. */
  | { readonly on: 'broken'; readonly evse: number; readonly reason: PlanNote }
  | { readonly on: 'answer'; readonly id: string; readonly answer: unknown }
  | { readonly on: 'ask-failed'; readonly id: string; readonly error: unknown };

export type NetworkReport =
  | { readonly report: 'plan'; readonly evse: number; readonly plan: NetworkPlan }
  | { readonly report: 'up'; readonly evse: number }
  | {
      readonly report: 'step-failed';
      readonly evse: number;
      readonly step: string;
      readonly said: string;
    }
  | { readonly report: 'failed'; readonly evse: number; readonly reason: PlanNote }
  | { readonly report: 'removed'; readonly evse: number; readonly reason: PlanNote }
  /** Something could not be taken back. */
  | {
      readonly report: 'left-behind';
      readonly evse: number;
      readonly step: string;
      readonly said: string;
    };

export type NetworkEffect =
  | { readonly do: 'ask'; readonly id: string; readonly question: NetworkQuestion }
  | { readonly do: 'report'; readonly report: NetworkReport };

type NetworkStep = Step<NetworkState, NetworkEffect>;

const OFF: LinkState = { phase: 'off', since: 0 };
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One turn of the machine: the state so far and what is to be done. */
class Turn {
  state: NetworkState;
  readonly effects: NetworkEffect[] = [];
  readonly #wall: number;

  constructor(state: NetworkState, wall: number) {
    this.state = state;
    this.#wall = wall;
  }

  link(evse: number): LinkState {
    return this.state.links[evse] ?? OFF;
  }

  setLink(evse: number, link: Omit<LinkState, 'since'>): void {
    const before = this.link(evse);
    const since = before.phase === link.phase && before.since > 0 ? before.since : this.#wall;
    this.state = { ...this.state, links: { ...this.state.links, [evse]: { ...link, since } } };
  }

  report(report: NetworkReport): void {
    this.effects.push({ do: 'report', report });
  }

  ask(question: NetworkQuestion, job: Job): void {
    const asked = this.state.asked + 1;
    this.state = { ...this.state, asked, job };
    this.effects.push({ do: 'ask', id: String(asked), question });
  }

  idle(): void {
    const { job: _, ...rest } = this.state;
    this.state = rest;
  }

  done(): NetworkStep {
    return { state: this.state, effects: this.effects };
  }
}

/** The machine as it was before the first EVSE changed it: what is shared is not planned twice differently. */
export function factsBefore(facts: NetworkFacts, record: NetworkRecord): NetworkFacts {
  const sysctls = { ...facts.sysctls };
  let { tables } = facts;
  // Forwarding of all interfaces was turned on at one stroke: each that was on before has a step of its own.
  if (record.shared.some(({ step }) => step.do === 'sysctl' && step.key === ALL_IPV6_FORWARDING))
    for (const key of Object.keys(sysctls))
      if (/^net\.ipv6\.conf\..+\.forwarding$/.test(key)) sysctls[key] = '0';
  for (const { step } of record.shared) {
    if (step.do === 'sysctl') sysctls[step.key] = step.prior;
    if (step.do === 'tables') tables = step.present;
  }
  return { ...facts, sysctls, tables };
}

/** The record with this plan in it, before any of its steps is done. */
function withPlan(record: NetworkRecord, { evse, steps }: NetworkPlan): NetworkRecord {
  let shared = [...record.shared];
  for (const step of steps) {
    const key = sharedKey(step);
    if (key === undefined) continue;
    const held = shared.find((one) => one.key === key);
    if (!held) shared.push({ key, step, holders: [evse] });
    else if (!held.holders.includes(evse))
      shared = shared.map((one) =>
        one === held ? { ...one, holders: [...one.holders, evse] } : one,
      );
  }
  const own = steps.filter((step) => sharedKey(step) === undefined);
  return { own: { ...record.own, [evse]: own }, shared };
}

function without(record: NetworkRecord, evse: number): NetworkRecord {
  const { [String(evse)]: _, ...own } = record.own;
  const shared = record.shared
    .map((one) => ({ ...one, holders: one.holders.filter((holder) => holder !== evse) }))
    .filter((one) => one.holders.length > 0);
  return { own, shared };
}

/** Shared steps that another EVSE holds are neither done again nor taken back. */
const mine = (record: NetworkRecord, evse: number, step: PlanStep): boolean => {
  const key = sharedKey(step);
  if (key === undefined) return true;
  const holders = record.shared.find((one) => one.key === key)?.holders ?? [];
  return holders.every((holder) => holder === evse);
};

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
