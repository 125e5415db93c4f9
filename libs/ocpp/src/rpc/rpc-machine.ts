import type { ArmEffect, CancelEffect, Duration, Step, TimeoutInput } from '@kerbside/kernel';
import { redactText } from '../station/v16/redact.ts';
import { callError, type CallError } from './error-codes.ts';
import {
  type CallFrame,
  type JsonObject,
  MAX_FRAME_LENGTH,
  parseFrame,
  writeCall,
  writeError,
  writeResult,
} from './frame.ts';

/** A CALL of ours. */
export interface OwnCall {
  /** At most 36 characters, unique on the connection. */
  readonly id: string;
  readonly action: string;
  /** JSON of an object; sent byte for byte. */
  readonly payload: string;
  readonly timeout: Duration;
  /** Goes before the calls that wait, such as Authorize while a driver stands there. */
  readonly urgent?: boolean;
}

/** What became of a CALL of ours: exactly one outcome for each. */
export type CallOutcome =
  | { readonly kind: 'result'; readonly payload: JsonObject }
  | { readonly kind: 'error'; readonly error: CallError }
  /** `silent`: nothing at all came in since it was sent, so that the connection itself is in doubt. */
  | { readonly kind: 'timeout'; readonly silent: boolean }
  /** `sent`: the peer may have seen it. */
  | { readonly kind: 'disconnected'; readonly sent: boolean }
  | { readonly kind: 'refused'; readonly reason: string };

export type CallResponse =
  | { readonly result: JsonObject }
  | { readonly error: CallError }
  /** No answer at all, where the standard wants silence. */
  | 'none';

export type RpcNotice =
  | {
      readonly notice: 'junk';
      readonly code: string;
      readonly reason: string;
      readonly text: string;
    }
  | { readonly notice: 'unexpected-answer'; readonly id: string }
  | { readonly notice: 'repeated-call'; readonly id: string };

interface Answered {
  readonly id: string;
  readonly call: string;
  readonly answer: string;
  readonly at: number;
}

export interface RpcState {
  readonly connected: boolean;
  /** `heard`: something came in since it was sent. */
  readonly outstanding: { readonly call: OwnCall; readonly heard: boolean } | undefined;
  readonly waiting: readonly OwnCall[];
  /** CALLs of the peer that are being worked on, by id, with their canonical text. */
  readonly working: ReadonlyMap<string, string>;
  readonly answered: readonly Answered[];
}

export type RpcInput =
  | { readonly on: 'opened' }
  | { readonly on: 'closed' }
  | { readonly on: 'text'; readonly text: string }
  | { readonly on: 'alive' }
  | { readonly on: 'call'; readonly call: OwnCall }
  | { readonly on: 'withdraw'; readonly id: string }
  | { readonly on: 'respond'; readonly id: string; readonly response: CallResponse }
  | TimeoutInput<'call'>;

export type RpcEffect =
  | ArmEffect<'call'>
  | CancelEffect<'call'>
  | { readonly do: 'write'; readonly text: string }
  | { readonly do: 'outcome'; readonly id: string; readonly outcome: CallOutcome }
  | { readonly do: 'incoming'; readonly call: CallFrame }
  | { readonly do: 'notice'; readonly notice: RpcNotice };

type RpcStep = Step<RpcState, RpcEffect>;

const MAX_WAITING = 64;
const MAX_WORKING = 16;
const MAX_ANSWERED = 8;
/** A CALL with the id and text of one answered this recently is a repetition, not a new question. */
const REPEAT_WINDOW_MS = 30_000;
const JUNK_SHOWN = 500;

export const initialRpc: RpcState = {
  connected: false,
  outstanding: undefined,
  waiting: [],
  working: new Map(),
  answered: [],
};

const outcome = (id: string, result: CallOutcome): RpcEffect => ({
  do: 'outcome',
  id,
  outcome: result,
});

/** Sends the next waiting CALL when none is outstanding: one at a time. OCPP-J 1.6 section 4.1.1 */
function pump(state: RpcState, before: readonly RpcEffect[] = []): RpcStep {
  const next = state.waiting[0];
  if (!state.connected || state.outstanding || !next) return { state, effects: before };
  return {
    state: { ...state, waiting: state.waiting.slice(1), outstanding: { call: next, heard: false } },
    effects: [
      ...before,
      { do: 'write', text: writeCall(next.id, next.action, next.payload) },
      { do: 'arm', timer: 'call', after: next.timeout },
    ],
  };
}

function onClosed(state: RpcState): RpcStep {
  const { outstanding } = state;
  return {
    state: initialRpc,
    effects: [
      ...(outstanding
        ? ([
            { do: 'cancel', timer: 'call' },
            outcome(outstanding.call.id, { kind: 'disconnected', sent: true }),
          ] as const)
        : []),
      ...state.waiting.map((call) => outcome(call.id, { kind: 'disconnected', sent: false })),
    ],
  };
}

function onCall(state: RpcState, call: OwnCall): RpcStep {
  if (!state.connected)
    return { state, effects: [outcome(call.id, { kind: 'disconnected', sent: false })] };
  if (state.waiting.length >= MAX_WAITING)
    return {
      state,
      effects: [outcome(call.id, { kind: 'refused', reason: 'too many calls wait' })],
    };
  const place = call.urgent ? state.waiting.findIndex((each) => !each.urgent) : -1;
  const waiting = place < 0 ? [...state.waiting, call] : state.waiting.toSpliced(place, 0, call);
  return pump({ ...state, waiting });
}

function settleOwn(state: RpcState, id: string, result: CallOutcome): RpcStep {
  if (state.outstanding?.call.id !== id)
    return { state, effects: [{ do: 'notice', notice: { notice: 'unexpected-answer', id } }] };
  return pump({ ...state, outstanding: undefined }, [
    { do: 'cancel', timer: 'call' },
    outcome(id, result),
  ]);
}

function onIncoming(state: RpcState, call: CallFrame, now: number): RpcStep {
  const text = JSON.stringify([call.action, call.payload]);
  const repeated: RpcEffect = { do: 'notice', notice: { notice: 'repeated-call', id: call.id } };
  const done = state.answered.find(
    (each) => each.id === call.id && each.call === text && now - each.at <= REPEAT_WINDOW_MS,
  );
  if (done) return { state, effects: [repeated, { do: 'write', text: done.answer }] };
  if (state.working.has(call.id)) return { state, effects: [repeated] };
  if (state.working.size >= MAX_WORKING) {
    const busy = callError('GenericError', 'too many calls are being worked on');
    return { state, effects: [{ do: 'write', text: writeError(call.id, busy) }] };
  }
  return {
    state: { ...state, working: new Map([...state.working, [call.id, text]]) },
    effects: [{ do: 'incoming', call }],
  };
}

const hear = (state: RpcState): RpcState =>
  state.outstanding && !state.outstanding.heard
    ? { ...state, outstanding: { ...state.outstanding, heard: true } }
    : state;

function onText(state: RpcState, text: string, now: number, maxLength: number): RpcStep {
  const heard = hear(state);
  const frame = parseFrame(text, maxLength);
  switch (frame.kind) {
    case 'call':
      return onIncoming(heard, frame, now);
    case 'result':
      return settleOwn(heard, frame.id, { kind: 'result', payload: frame.payload });
    case 'error':
      return settleOwn(heard, frame.id, {
        kind: 'error',
        error: callError(frame.code, frame.description),
      });
    case 'junk': {
      const { error, answer } = frame;
      return {
        state: heard,
        effects: [
          {
            do: 'notice',
            notice: {
              notice: 'junk',
              code: error.code,
              reason: error.reason,
              text: redactText(text.slice(0, JUNK_SHOWN)),
            },
          },
          ...(answer ? [{ do: 'write', text: writeError(answer.id, answer.error) } as const] : []),
        ],
      };
    }
  }
}

function onRespond(state: RpcState, id: string, response: CallResponse, now: number): RpcStep {
  const call = state.working.get(id);
  // The connection on which the question came is gone, and its answer with it.
  if (call === undefined || !state.connected) return { state, effects: [] };
  const working = new Map(state.working);
  working.delete(id);
  if (response === 'none') return { state: { ...state, working }, effects: [] };
  const answer =
    'result' in response ? writeResult(id, response.result) : writeError(id, response.error);
  const answered = [...state.answered, { id, call, answer, at: now }].slice(-MAX_ANSWERED);
  return { state: { ...state, working, answered }, effects: [{ do: 'write', text: answer }] };
}

function onTimeout(state: RpcState): RpcStep {
  if (!state.outstanding) return { state, effects: [] };
  const { call, heard } = state.outstanding;
  return pump({ ...state, outstanding: undefined }, [
    outcome(call.id, { kind: 'timeout', silent: !heard }),
  ]);
}

/** OCPP-J over one connection at a time, both directions. `maxLength` bounds what is read. */
export const rpcMachine = (maxLength = MAX_FRAME_LENGTH) => ({
  initial: initialRpc,
  step(state: RpcState, input: RpcInput, { now }: { readonly now: number }): RpcStep {
    switch (input.on) {
      case 'opened':
        return { state: { ...initialRpc, connected: true }, effects: [] };
      case 'closed':
        return onClosed(state);
      case 'alive':
        return { state: hear(state), effects: [] };
      case 'text':
        return onText(state, input.text, now, maxLength);
      case 'call':
        return onCall(state, input.call);
      case 'withdraw': {
        const waiting = state.waiting.filter(({ id }) => id !== input.id);
        if (waiting.length === state.waiting.length) return { state, effects: [] };
        return {
          state: { ...state, waiting },
          effects: [outcome(input.id, { kind: 'refused', reason: 'withdrawn' })],
        };
      }
      case 'respond':
        return onRespond(state, input.id, input.response, now);
      case 'timeout':
        return onTimeout(state);
    }
  },
});
