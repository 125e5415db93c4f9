import type { Step } from '@kerbside/kernel';
import type { NetworkPlan, PlanNote, PlanRequest } from './make-plan.ts';
import type { PlanStep } from './plan-step.ts';
import type { NetworkRecord } from './ports.ts';

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
export interface Job {
  readonly evse: number;
  readonly at: 'facts' | 'remember' | 'apply' | 'undo' | 'forget';
  /** The steps that are being done, at once. */
  readonly steps: readonly PlanStep[];
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

/** What went wrong with a step; undefined: it is done. */
export type StepOutcome = string | undefined;

export type NetworkQuestion =
  | { readonly ask: 'facts' }
  /** Answered by an outcome for each step. */
  | { readonly ask: 'apply' | 'undo'; readonly steps: readonly PlanStep[] }
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

export type NetworkStep = Step<NetworkState, NetworkEffect>;
