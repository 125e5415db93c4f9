import {
  equalBytes,
  toHex,
  type MachineDefinition,
  type Moment,
  type Step,
} from '@kerbside/kernel';
import {
  nameOf,
  responseOf,
  type Iso2Request,
  type RequestName,
  type ResponseBodyOf,
} from '../iso2/body.ts';
import { ISO2_NAMESPACE } from '../messages/iso2/iso2.ts';
import type { supportedAppProtocolReqType } from '../messages/sap/supported-app-protocol.ts';
import type { EvseView, PowerOnResult } from '../ports.ts';
import {
  TCP_CLOSE_LINGER,
  V2G_SECC_CommunicationSetup_Timeout,
  V2G_SECC_Msg_Performance_Time_PowerDelivery,
  V2G_SECC_Sequence_Timeout,
} from '../timings.ts';
import { allowedRequests } from './allowed-requests.ts';
import { answers, type SimpleRequest } from './answers.ts';
import { negotiateProtocol } from './app-protocol.ts';
import type { SeccConfig } from './config.ts';
import type { SeccEffect, SeccInput, SeccTimer } from './inputs.ts';
import type { PausedSession } from './paused-session.ts';
import { answerPowerDelivery, answerPoweredOn } from './iso2/power-delivery.ts';
import { refusals } from './iso2/refusals.ts';
import {
  isFailed,
  newSession,
  type Answer,
  type SeccContext,
  type SeccSession,
  type SeccStateName,
} from './session.ts';

export interface SeccState {
  readonly at: SeccStateName;
  readonly session: SeccSession;
  /** While the contactor is being closed: the EVSE's state when that began. */
  readonly pending?: EvseView;
}

/** What stays the same while one request is answered. */
type Surroundings = Pick<SeccContext, 'config' | 'paused' | 'sessionId'>;

type SeccStep = Step<SeccState, SeccEffect>;

const TIMERS: readonly SeccTimer[] = ['sequence', 'setup', 'power-on'];
const POWER_ON = 'power-on';
const NOT_IN_TIME: PowerOnResult = { on: false, reason: 'the contactor did not close in time' };

/** The ISO 15118-2 SECC: one connection, from the protocol handshake to the end of the session. `paused` may be joined. */
export function seccMachine(
  config: SeccConfig,
  sessionId: Uint8Array,
  paused?: PausedSession,
): MachineDefinition<SeccState, SeccInput, SeccEffect> {
  const initial: SeccState = { at: 'app-protocol', session: newSession(sessionId) };
  const about = (named: Uint8Array = sessionId): Surroundings => ({
    config,
    paused,
    sessionId: named,
  });

  return {
    initial,
    step(state, input, moment) {
      // After the last response only the end of the connection matters.
      if (state.at === 'ended') return afterEnd(state, input);
      switch (input.on) {
        case 'opened':
          return {
            state,
            effects: [
              { do: 'arm', timer: 'setup', after: V2G_SECC_CommunicationSetup_Timeout },
              { do: 'arm', timer: 'sequence', after: V2G_SECC_Sequence_Timeout },
            ],
          };
        case 'app-protocol':
          return onAppProtocol(state, input.req);
        case 'request':
          return onRequest(state, input, about(input.sessionId), moment);
        case 'answer':
          return onPoweredOn(state, input.answer.result, input.answer.facts, about(), moment);
        case 'ask-failed': {
          const result: PowerOnResult = { on: false, reason: String(input.error) };
          return onPoweredOn(state, result, state.pending, about(), moment);
        }
        case 'timeout':
          if (input.timer === 'power-on')
            return onPoweredOn(state, NOT_IN_TIME, state.pending, about(), moment);
          return end(state, `${timerReason[input.timer]} ran out`, 'now');
        case 'unanswerable':
          return end(state, input.reason, 'now');
        case 'peer-closed':
          return end(state, `the car closed the connection: ${input.reason}`, 'now');
        case 'close':
          return end(state, input.reason, 'own');
      }
    },
  };
}

const timerReason: Readonly<Record<SeccTimer, string>> = {
  sequence: 'V2G_SECC_Sequence_Timeout',
  setup: 'V2G_SECC_CommunicationSetup_Timeout',
  'power-on': 'PowerDelivery',
  linger: 'linger',
};

function afterEnd(state: SeccState, input: SeccInput): SeccStep {
  const over =
    (input.on === 'timeout' && input.timer === 'linger') ||
    input.on === 'peer-closed' ||
    input.on === 'close';
  if (!over) return { state, effects: [] };
  return { state, effects: [{ do: 'cancel', timer: 'linger' }, { do: 'disconnect' }] };
}

/** Ends the session: after a last response the car may close first, else at once. */
function end(state: SeccState, reason: string, how: 'done' | 'failed' | 'now' | 'own'): SeccStep {
  const { pending: _, ...rest } = state;
  const effects: SeccEffect[] = TIMERS.map((timer) => ({ do: 'cancel', timer }));
  if (how === 'failed' || how === 'now')
    effects.push({ do: 'tell', request: { request: 'lost', reason } });
  effects.push({ do: 'report', report: { report: 'ended', reason, ok: how === 'done' } });
  if (how === 'done' || how === 'failed')
    effects.push({ do: 'arm', timer: 'linger', after: TCP_CLOSE_LINGER });
  else effects.push({ do: 'disconnect' });
  return { state: { ...rest, at: 'ended' }, effects };
}

function onAppProtocol(state: SeccState, req: supportedAppProtocolReqType): SeccStep {
  const res = negotiateProtocol(req);
  const effects: SeccEffect[] = [{ do: 'send-app-protocol', res }];
  if (res.SchemaID === undefined) {
    const offered = req.AppProtocol.map(({ ProtocolNamespace }) => ProtocolNamespace).join(', ');
    const ended = end(state, `no common protocol: the car speaks ${offered}`, 'failed');
    return { state: ended.state, effects: [...effects, ...ended.effects] };
  }
  const report = { report: 'protocol', namespace: ISO2_NAMESPACE, schemaId: res.SchemaID } as const;
  return {
    state: { ...state, at: 'session-setup' },
    effects: [
      ...effects,
      { do: 'report', report },
      { do: 'arm', timer: 'sequence', after: V2G_SECC_Sequence_Timeout },
    ],
  };
}

function answerTo<N extends SimpleRequest>(
  name: N,
  request: Iso2Request,
  context: SeccContext,
): Answer<ResponseBodyOf<N>> {
  return answers[name]((request as unknown as Record<N, never>)[name], context);
}

/** The code that bars a request before its content is looked at. */
function bar(state: SeccState, name: RequestName, sessionId: Uint8Array) {
  if (!allowedRequests[state.at].includes(name)) {
    const known = equalBytes(sessionId, state.session.id);
    return state.session.established && !known ? 'FAILED_UnknownSession' : 'FAILED_SequenceError';
  }
  if (name !== 'SessionSetupReq' && !equalBytes(sessionId, state.session.id))
    return 'FAILED_UnknownSession';
  // A car that has not pre-charged may stop here, but not start.
  return undefined;
}

function onRequest(
  state: SeccState,
  input: Extract<SeccInput, { on: 'request' }>,
  about: Surroundings,
  moment: Moment,
): SeccStep {
  const { request, facts } = input;
  const { session } = state;
  const name = nameOf(request);
  const context: SeccContext = { ...about, session, facts, ...moment };
  const barred = bar(state, name, input.sessionId);
  if (barred) return respond(state, name, { response: refusals[name](barred, context) });
  if (!('PowerDeliveryReq' in request))
    return respond(state, name, answerTo(name as SimpleRequest, request, context));

  const { PowerDeliveryReq } = request;
  const early = state.at === 'pre-charge' && !session.preCharged;
  if (early && PowerDeliveryReq.ChargeProgress === 'Start')
    return respond(state, name, { response: refusals[name]('FAILED_SequenceError', context) });
  const answer = answerPowerDelivery(PowerDeliveryReq, context);
  if (answer !== 'power-on') return respond(state, name, answer);
  return {
    state: { ...state, at: 'powering-on', pending: facts },
    effects: [
      { do: 'cancel', timer: 'sequence' },
      { do: 'arm', timer: 'power-on', after: V2G_SECC_Msg_Performance_Time_PowerDelivery },
      { do: 'ask', id: POWER_ON, question: POWER_ON },
    ],
  };
}

function onPoweredOn(
  state: SeccState,
  result: PowerOnResult,
  facts: EvseView | undefined,
  about: Surroundings,
  moment: Moment,
): SeccStep {
  // An answer that comes after the time limit: the car was told already.
  if (state.at !== 'powering-on' || !facts) return { state, effects: [] };
  const context: SeccContext = { ...about, session: state.session, facts, ...moment };
  const { pending: _, ...rest } = state;
  const step = respond(rest, 'PowerDeliveryReq', answerPoweredOn(result, context));
  return { state: step.state, effects: [{ do: 'cancel', timer: 'power-on' }, ...step.effects] };
}

/** Sends the response, then does what follows from it; a negative one ends the session. */
function respond<N extends RequestName>(
  state: SeccState,
  name: N,
  answer: Answer<ResponseBodyOf<N>>,
): SeccStep {
  const { response, next, tell = [], vas, keep } = answer;
  const effects: SeccEffect[] = [{ do: 'send', response: responseOf(name, response) }];
  const code = response.ResponseCode;
  if (isFailed(code)) {
    const off = state.session.powered
      ? ([{ do: 'tell', request: { request: 'power-off' } }] as const)
      : [];
    const ended = end(state, `${code} to ${name}`, 'failed');
    return { state: ended.state, effects: [...effects, ...off, ...ended.effects] };
  }
  const session = { ...state.session, ...answer.session };
  if (keep) effects.push({ do: 'keep', session: keep });
  for (const request of tell) effects.push({ do: 'tell', request });
  if (vas) effects.push({ do: 'report', report: { report: 'vas.selected', services: vas } });
  if (next === 'ended') {
    const ended = end({ ...state, session }, name, 'done');
    return { state: ended.state, effects: [...effects, ...ended.effects] };
  }
  if (session.established && !state.session.established) {
    const { id, evccId = '', joined } = session;
    effects.push({ do: 'cancel', timer: 'setup' });
    const report = { report: 'session', sessionId: toHex(id), evccId } as const;
    effects.push({ do: 'report', report: joined ? { ...report, joined: true } : report });
  }
  effects.push({ do: 'arm', timer: 'sequence', after: V2G_SECC_Sequence_Timeout });
  return { state: { ...state, at: next ?? state.at, session }, effects };
}
