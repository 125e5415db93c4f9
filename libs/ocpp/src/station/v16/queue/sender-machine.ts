import {
  type AnswerInput,
  type ArmEffect,
  type AskEffect,
  type AskFailedInput,
  type CancelEffect,
  type Duration,
  millis,
  minutes,
  seconds,
  type Step,
} from '@kerbside/kernel';
import type { IdTagInfo } from '../../../messages/v16/id-tag-info.ts';
import { checkResponse } from '../../../messages/v16/validate.ts';
import type { AssignedTransaction, QueuedAction, QueuedMessage } from '../../../ports.ts';
import type { JsonObject } from '../../../rpc/frame.ts';
import type { CallOutcome } from '../../../rpc/rpc-machine.ts';
import { idTagsOf, redactIdTags } from '../redact.ts';
import { type FailedTry, FEW, isGivenUp, isHopeless } from './attempts.ts';
import { render, type UnacknowledgedStart } from './render.ts';

export interface SenderSettings {
  /** TransactionMessageAttempts; each message is tried at least once, some not as often (`isGivenUp`). */
  readonly attempts: number;
  /** TransactionMessageRetryInterval, seconds. */
  readonly retryInterval: number;
  /** Pings are on: a silent time-out is checked by the link before it counts. */
  readonly probes: boolean;
  readonly unacknowledgedStart: UnacknowledgedStart;
}

export interface SenderState {
  readonly settings: SenderSettings;
  /** The CSMS is connected and has accepted the boot. */
  readonly open: boolean;
  readonly at:
    | 'idle'
    | 'loading'
    | 'rendering'
    | 'sending'
    /** Nothing at all came in since it was sent: is the connection dead, or the CSMS slow? */
    | 'doubting'
    | 'committing'
    /** Until the next try of a message that the CSMS did not process, also over a reconnect or a new boot. */
    | 'retrying'
    /** The store failed; it is asked again. */
    | 'store-failed';
  readonly message: QueuedMessage | undefined;
  /** The wait before the next try, and when it began, monotonic. */
  readonly wait: { readonly began: number; readonly lasts: Duration } | undefined;
  /** Rows were added since the head was asked for: an empty answer may be old. */
  readonly stale: boolean;
  /** Hopeless answers to the message at the head, one after the other; forgotten at a restart. */
  readonly hopeless: number;
  /** MeterValues that got no answer, until the timer `patience` forgets them. */
  readonly unanswered: number;
  /** MeterValues are given up untried: until the timer `patience`, or a new connection. */
  readonly muted: boolean;
}

export type StoreQuestion =
  | { readonly ask: 'head' }
  | { readonly ask: 'render'; readonly seq: number; readonly payload: string }
  | { readonly ask: 'attempt'; readonly seq: number; readonly attempts: number }
  | {
      readonly ask: 'done';
      readonly seq: number;
      readonly assigned: AssignedTransaction | undefined;
    }
  | { readonly ask: 'drop'; readonly seq: number; readonly reason: string };

export type SenderInput =
  | { readonly on: 'open' }
  | { readonly on: 'closed' }
  /** Rows were committed. */
  | { readonly on: 'appended' }
  | { readonly on: 'outcome'; readonly outcome: CallOutcome }
  /** The peer showed a sign of life. */
  | { readonly on: 'alive' }
  | { readonly on: 'settings'; readonly settings: SenderSettings }
  | { readonly on: 'timeout'; readonly timer: 'retry' | 'store' | 'patience' }
  | AnswerInput
  | AskFailedInput;

export type SenderEffect =
  | ArmEffect<'retry' | 'store' | 'patience'>
  | CancelEffect<'retry'>
  | AskEffect<StoreQuestion>
  | { readonly do: 'send'; readonly action: QueuedAction; readonly payload: string }
  /** The CSMS said what it thinks of the card, in the answer to a Start or a Stop. */
  | {
      readonly do: 'id-tag-info';
      readonly idTag: string | undefined;
      readonly info: IdTagInfo;
      readonly started: (AssignedTransaction & { readonly connector: number }) | undefined;
    }
  /** A row is done or dropped, and that is on disk. */
  | { readonly do: 'shorter'; readonly givenUp: boolean }
  | { readonly do: 'dropped'; readonly message: QueuedMessage; readonly reason: string }
  | { readonly do: 'failed-attempt'; readonly message: QueuedMessage; readonly reason: string }
  | { readonly do: 'store-failed'; readonly error: unknown };

type SenderStep = Step<SenderState, SenderEffect>;

const STORE_RETRY = seconds(5);
/** How long MeterValues without an answer are remembered, and how long none is tried after some of them. */
const PATIENCE = minutes(5);
const armPatience: SenderEffect = { do: 'arm', timer: 'patience', after: PATIENCE };

const ask = (question: StoreQuestion): SenderEffect => ({ do: 'ask', id: question.ask, question });

function load(state: SenderState): SenderStep {
  return {
    state: { ...state, at: 'loading', message: undefined, stale: false },
    effects: [{ do: 'cancel', timer: 'retry' }, ask({ ask: 'head' })],
  };
}

const whenIdle = (state: SenderState): SenderStep =>
  state.at === 'idle' ? load(state) : { state, effects: [] };

const idle = (state: SenderState): SenderStep => ({
  state: { ...state, at: 'idle', message: undefined },
  effects: [{ do: 'cancel', timer: 'retry' }],
});

/** Sends a message whose payload is on disk. */
function send(state: SenderState, message: QueuedMessage, payload: string): SenderStep {
  return {
    state: { ...state, at: 'sending', message },
    effects: [{ do: 'send', action: message.action, payload }],
  };
}

function drop(state: SenderState, message: QueuedMessage, reason: string): SenderStep {
  return {
    state: { ...state, at: 'committing', message },
    effects: [{ do: 'dropped', message, reason }, ask({ ask: 'drop', seq: message.seq, reason })],
  };
}

function onHead(state: SenderState, message: QueuedMessage | undefined): SenderStep {
  if (!message && state.stale && state.open) return load(state);
  if (!message || !state.open) return idle(state);
  if (message.action === 'MeterValues' && state.muted)
    return drop(state, message, 'not tried: the CSMS gave no answer to those before');
  if (message.rendered !== undefined) return send(state, message, message.rendered);
  const rendered = render(message, state.settings.unacknowledgedStart);
  if ('drop' in rendered) return drop(state, message, rendered.drop);
  const { payload } = rendered;
  return {
    state: { ...state, at: 'rendering', message: { ...message, rendered: payload } },
    effects: [ask({ ask: 'render', seq: message.seq, payload })],
  };
}

/** The CSMS failed to process the message: wait interval x attempts, at last give it up. OCPP 1.6 section 3.7.1 */
function failedAttempt(state: SenderState, message: QueuedMessage, failure: FailedTry): SenderStep {
  const reason = redactIdTags(failure.reason, idTagsIn(message));
  const attempts = message.attempts + 1;
  const hopeless = isHopeless(failure) ? state.hopeless + 1 : 0;
  const counted = { ...state, hopeless };
  if (isGivenUp(message, { attempts, hopeless }, state.settings.attempts))
    return drop(
      counted,
      message,
      `given up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${reason}`,
    );
  return {
    state: { ...counted, at: 'committing', message: { ...message, attempts } },
    effects: [
      { do: 'failed-attempt', message, reason },
      ask({ ask: 'attempt', seq: message.seq, attempts }),
    ],
  };
}

/** As any failed attempt; but each MeterValues without an answer costs a whole MessageTimeout. */
function noAnswer(state: SenderState, message: QueuedMessage): SenderStep {
  const failure = { reason: 'no answer in time' };
  if (message.action !== 'MeterValues') return failedAttempt(state, message, failure);
  const unanswered = state.unanswered + 1;
  const failed = failedAttempt(
    { ...state, unanswered, muted: unanswered >= FEW },
    message,
    failure,
  );
  return { state: failed.state, effects: [armPatience, ...failed.effects] };
}

/** Lets one MeterValues tell whether the CSMS answers them by now. */
const unmute = (state: SenderState): SenderStep => ({
  state: { ...state, muted: false, unanswered: FEW - 1 },
  effects: [armPatience],
});

function onPatience(state: SenderState): SenderStep {
  if (state.muted) return unmute(state);
  // With a long MessageTimeout the next one may still be under way: its end counts with those before.
  const underWay = state.at === 'sending' || state.at === 'doubting';
  if (underWay && state.message?.action === 'MeterValues') return { state, effects: [armPatience] };
  return { state: { ...state, unanswered: 0 }, effects: [] };
}

function onResult(state: SenderState, message: QueuedMessage, payload: JsonObject): SenderStep {
  const checked = checkResponse(message.action, payload);
  if (!checked.ok)
    return failedAttempt(state, message, {
      reason: `malformed answer: ${checked.error.description}`,
    });
  const done = (effects: readonly SenderEffect[], assigned?: AssignedTransaction): SenderStep => ({
    state: { ...state, at: 'committing' },
    effects: [...effects, ask({ ask: 'done', seq: message.seq, assigned })],
  });
  const answer = checked.value;
  const { idTag, connectorId } = requestOf(message);
  if ('transactionId' in answer) {
    const assigned = {
      transaction: message.transaction,
      transactionId: answer.transactionId,
    };
    const started = connectorId === undefined ? undefined : { ...assigned, connector: connectorId };
    return done([{ do: 'id-tag-info', idTag, info: answer.idTagInfo, started }], assigned);
  }
  const info = 'idTagInfo' in answer ? answer.idTagInfo : undefined;
  return done(info ? [{ do: 'id-tag-info', idTag, info, started: undefined }] : []);
}

/** The row on disk may be unreadable; what is no JSON names no idTag. */
function idTagsIn({ body }: QueuedMessage): readonly string[] {
  try {
    return idTagsOf(JSON.parse(body));
  } catch {
    return [];
  }
}

/** What the answer is to be read with; the row was readable when it was rendered. */
const requestOf = ({ body }: QueuedMessage) =>
  JSON.parse(body) as { readonly idTag?: string; readonly connectorId?: number };

function onOutcome(state: SenderState, outcome: CallOutcome): SenderStep {
  const { message } = state;
  if (!message || state.at !== 'sending') return { state, effects: [] };
  switch (outcome.kind) {
    case 'result':
      return onResult(state, message, outcome.payload);
    case 'error':
      return failedAttempt(state, message, {
        reason: `${outcome.error.code} ${outcome.error.description}`.trim(),
        code: outcome.error.code,
      });
    case 'timeout':
      return outcome.silent && state.settings.probes
        ? { state: { ...state, at: 'doubting' }, effects: [] }
        : noAnswer(state, message);
    case 'disconnected':
      // Being offline never counts; the message goes out again, byte for byte, when the link is back.
      return idle(state);
    case 'refused':
      return {
        state: { ...state, at: 'store-failed' },
        effects: [{ do: 'arm', timer: 'store', after: STORE_RETRY }],
      };
  }
}

/** OCPP 1.6 section 9.1, TransactionMessageRetryInterval */
const waitAfter = ({ attempts }: QueuedMessage, { retryInterval }: SenderSettings): Duration =>
  seconds(retryInterval * attempts);

/** A shorter interval counts for a wait that has begun; a longer one from the next on. */
function onSettings(before: SenderState, settings: SenderSettings, now: number): SenderStep {
  const state = { ...before, settings };
  const { at, message, wait } = state;
  if (at !== 'retrying' || !message || !wait) return { state, effects: [] };
  const lasts = waitAfter(message, settings);
  if (lasts >= wait.lasts) return { state, effects: [] };
  const left = millis(Math.max(0, wait.began + lasts - now));
  return {
    state: { ...state, wait: { ...wait, lasts } },
    effects: [{ do: 'arm', timer: 'retry', after: left }],
  };
}

function onAnswer(state: SenderState, id: string, answer: unknown, now: number): SenderStep {
  const { message } = state;
  switch (state.at) {
    case 'loading':
      return onHead(state, answer as QueuedMessage | undefined);
    case 'rendering':
      return message?.rendered !== undefined && state.open
        ? send(state, message, message.rendered)
        : idle(state);
    case 'committing': {
      if (id !== 'attempt' || !message) {
        const gone = { ...state, hopeless: 0 };
        const next = state.open ? load(gone) : idle(gone);
        return {
          state: next.state,
          effects: [{ do: 'shorter', givenUp: id === 'drop' }, ...next.effects],
        };
      }
      const lasts = waitAfter(message, state.settings);
      return {
        state: { ...state, at: 'retrying', wait: { began: now, lasts } },
        effects: [{ do: 'arm', timer: 'retry', after: lasts }],
      };
    }
    default:
      return { state, effects: [] };
  }
}

/** Sends the transaction queue: strict order, one in flight, nothing before it is on disk. */
export const senderMachine = (settings: SenderSettings) => ({
  initial: {
    settings,
    open: false,
    at: 'idle',
    message: undefined,
    wait: undefined,
    stale: false,
    hopeless: 0,
    unanswered: 0,
    muted: false,
  } as SenderState,
  step(state: SenderState, input: SenderInput, { now }: { readonly now: number }): SenderStep {
    switch (input.on) {
      case 'open': {
        const ready = state.muted ? unmute(state) : { state, effects: [] };
        const next = whenIdle({ ...ready.state, open: true });
        return { state: next.state, effects: [...ready.effects, ...next.effects] };
      }
      case 'closed': {
        const closed = { ...state, open: false };
        return state.at === 'doubting' ? idle(closed) : { state: closed, effects: [] };
      }
      case 'appended':
        return state.at === 'idle' && state.open
          ? load(state)
          : { state: { ...state, stale: true }, effects: [] };
      case 'outcome':
        return onOutcome(state, input.outcome);
      case 'alive':
        return state.at === 'doubting' && state.message
          ? noAnswer(state, state.message)
          : { state, effects: [] };
      case 'settings':
        return onSettings(state, input.settings, now);
      case 'answer':
        return onAnswer(state, input.id, input.answer, now);
      case 'ask-failed':
        return {
          state: { ...state, at: 'store-failed' },
          effects: [
            { do: 'store-failed', error: input.error },
            { do: 'arm', timer: 'store', after: STORE_RETRY },
          ],
        };
      case 'timeout':
        if (input.timer === 'store' && state.at === 'store-failed')
          return state.open ? load(state) : idle(state);
        if (input.timer === 'patience') return onPatience(state);
        if (input.timer !== 'retry' || state.at !== 'retrying') return { state, effects: [] };
        return state.open ? load(state) : idle(state);
    }
  },
});
