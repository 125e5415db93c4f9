import type { Moment, Step } from '@kerbside/kernel';
import type { StationCommandAnswer } from '../../ports.ts';
import type { CallOutcome } from '../../rpc/rpc-machine.ts';
import {
  liftSuspension,
  onAuthorize,
  onAuthorizeOutcome,
  onAuthorizeTimer,
  onStartAnswered,
  rememberCard,
} from './authorization.ts';
import { configurationOf, isSet } from './configuration/configuration.ts';
import { keyRules } from './configuration/keys.ts';
import {
  chargePointStatus,
  commandAvailability,
  connectorOfEvse,
  onEvse,
  onStatusOutcome,
  onStatusTimer,
} from './connectors.ts';
import { onConfigurationStored } from './handlers/change-configuration.ts';
import { onIncoming } from './handlers/incoming.ts';
import { onRemoteStartAnswer } from './handlers/remote-start-transaction.ts';
import { onRemoteStopKey } from './handlers/remote-stop-transaction.ts';
import { doReset, lookAtReset, onResetFailed } from './handlers/reset.ts';
import { onUnlockAnswer } from './handlers/unlock-connector.ts';
import {
  armHeartbeat,
  bootAgain,
  onBootOutcome,
  onBootTimer,
  onConnected,
  onDisconnected,
  onHeartbeatOutcome,
  sendHeartbeat,
} from './registration.ts';
import type { StationSettings } from './station-settings.ts';
import type {
  Connector,
  StationEffect,
  StationInput,
  StationState,
  Work,
} from './station-state.ts';
import { Turn } from './turn.ts';

function initialState(settings: StationSettings): StationState {
  const connectors = [{ connector: 0, evse: undefined }, ...settings.connectors];
  return {
    settings,
    configuration: configurationOf(keyRules(settings), settings.defaults ?? {}),
    loaded: false,
    connected: false,
    registration: 'none',
    bootHeld: false,
    connectors: new Map(
      connectors.map(({ connector, evse }): [number, Connector] => [
        connector,
        {
          connector,
          evse,
          snapshot: undefined,
          current: undefined,
          reported: undefined,
          operative: true,
          scheduled: false,
          suspended: undefined,
          numbered: undefined,
        },
      ]),
    ),
    cards: new Map(),
    authorizing: new Map(),
    remoteStarts: new Map(),
    resetting: undefined,
    queueLength: 0,
    work: new Map(),
    nextWork: 1,
  };
}

/** What an earlier run stored: configuration, availability, cards. */
function onLoaded(turn: Turn, input: Extract<StationInput, { on: 'loaded' }>): void {
  const stored: Record<string, string> = { ...turn.state.settings.defaults };
  for (const [key, value] of Object.entries(input.settings))
    if (key.startsWith('config.')) stored[key.slice('config.'.length)] = value;
  const configuration = configurationOf(turn.state.configuration.rules, stored);
  const cached = isSet(configuration, 'AuthorizationCacheEnabled') ? input.cards : [];
  turn.set({
    loaded: true,
    configuration,
    cards: new Map(cached.map((card) => [card.idToken, card])),
  });
  for (const connector of turn.state.connectors.keys())
    if (input.settings[`availability.${connector}`] === 'Inoperative')
      turn.setConnector(connector, { operative: false });
  const whole = turn.state.connectors.get(0)?.operative ?? true;
  turn.setConnector(0, { current: chargePointStatus(whole, turn.moment.wall) });
  for (const connector of turn.state.connectors.values())
    if (connector.evse !== undefined && !(whole && connector.operative))
      commandAvailability(turn, connector);
  for (const [key, value] of configuration.values) turn.do({ do: 'configured', key, value });
}

function onOutcome(turn: Turn, work: Work, outcome: CallOutcome): void {
  switch (work.for) {
    case 'boot':
      onBootOutcome(turn, outcome);
      return;
    case 'heartbeat':
      onHeartbeatOutcome(turn, outcome);
      break;
    case 'status':
      onStatusOutcome(turn, work.connector, work.key, outcome);
      break;
    case 'authorize':
      onAuthorizeOutcome(turn, work.ref, work.idTag, outcome);
      break;
    default:
      break;
  }
  if (outcome.kind === 'error' && outcome.error.code === 'SecurityError') bootAgain(turn);
  if (outcome.kind === 'result' || outcome.kind === 'error') armHeartbeat(turn);
  // A heartbeat that got no answer is followed by the next one all the same.
  else if (work.for === 'heartbeat') armHeartbeat(turn);
}

const failed = (error: unknown): StationCommandAnswer => ({
  accepted: false,
  code: 'failed',
  reason: String(error),
});

type Answer = { readonly answer: unknown } | { readonly error: unknown };

function onAnswer(turn: Turn, work: Work, result: Answer): void {
  const command =
    'answer' in result ? (result.answer as StationCommandAnswer) : failed(result.error);
  switch (work.for) {
    case 'remote-start':
      onRemoteStartAnswer(turn, work.callId, work.evse, command);
      return;
    case 'remote-stop':
      onRemoteStopKey(
        turn,
        work.callId,
        'answer' in result ? (result.answer as string | undefined) : undefined,
      );
      return;
    case 'unlock':
      onUnlockAnswer(turn, work.callId, command);
      return;
    case 'change-configuration':
      if ('answer' in result) onConfigurationStored(turn, work.callId, work.key, work.value);
      else turn.respond(work.callId, 'ChangeConfiguration', { status: 'Rejected' });
      return;
    case 'clear-cache':
      turn.respond(work.callId, 'ClearCache', {
        status: 'answer' in result ? 'Accepted' : 'Rejected',
      });
      return;
    case 'reset':
      if ('error' in result) onResetFailed(turn, result.error);
      return;
    case 'nothing':
      if ('error' in result)
        turn.report('ocpp.failed', { what: work.what, error: String(result.error) });
      return;
    default:
      return;
  }
}

function onTimeout(turn: Turn, timer: string): void {
  const [name, rest = ''] = timer.split(':', 2);
  switch (name) {
    case 'boot':
      onBootTimer(turn);
      return;
    case 'heartbeat':
      if (turn.online) sendHeartbeat(turn);
      return;
    case 'status':
      onStatusTimer(turn, Number(rest));
      return;
    case 'authorize':
      onAuthorizeTimer(turn, rest);
      return;
    case 'reset':
      doReset(turn);
      return;
    case 'reset-look':
      lookAtReset(turn);
      return;
    default:
      return;
  }
}

function onInput(turn: Turn, input: StationInput): void {
  switch (input.on) {
    case 'loaded':
      onLoaded(turn, input);
      return;
    case 'connected':
      onConnected(turn);
      return;
    case 'disconnected':
      onDisconnected(turn);
      return;
    case 'incoming':
      onIncoming(turn, input.call);
      armHeartbeat(turn);
      return;
    case 'outcome': {
      const work = turn.finish(input.id);
      if (work) onOutcome(turn, work, input.outcome);
      return;
    }
    case 'evse': {
      onEvse(turn, input.snapshot);
      const connector = connectorOfEvse(turn, input.snapshot.evse);
      if (connector) liftSuspension(turn, connector);
      return;
    }
    case 'authorize':
      onAuthorize(turn, input.ref, input.idToken, input.evse);
      return;
    case 'id-tag-info':
      if (input.idTag !== undefined) rememberCard(turn, input.idTag, input.info);
      if (input.started) onStartAnswered(turn, input.info, input.started);
      return;
    case 'queue-length':
      turn.set({ queueLength: input.length });
      return;
    case 'exchanged':
      if (input.code === 'SecurityError') bootAgain(turn);
      armHeartbeat(turn);
      return;
    case 'timeout':
      onTimeout(turn, input.timer);
      return;
    case 'answer': {
      const work = turn.finish(input.id);
      if (work) onAnswer(turn, work, { answer: input.answer });
      return;
    }
    case 'ask-failed': {
      const work = turn.finish(input.id);
      if (work) onAnswer(turn, work, { error: input.error });
    }
  }
}

/** The charge point of OCPP 1.6, Core and RemoteTrigger, without its transaction queue. */
export const stationMachine = (settings: StationSettings) => ({
  initial: initialState(settings),
  step(
    state: StationState,
    input: StationInput,
    moment: Moment,
  ): Step<StationState, StationEffect> {
    const turn = new Turn(state, moment);
    onInput(turn, input);
    return turn.step;
  },
});
