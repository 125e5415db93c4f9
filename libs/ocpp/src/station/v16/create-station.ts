import { type Clock, type Logger, type Random, runMachine, seconds } from '@kerbside/kernel';
import { DEFAULT_BACKOFF, linkMachine } from '../../link/link-machine.ts';
import type {
  JournalFact,
  OcppSocket,
  OcppSocketEvent,
  OcppSocketFactory,
  QueueRow,
  QueueStore,
  StationAuthorizationResult,
  StationCommands,
  StationEvseSnapshot,
  StationFact,
  StationStore,
} from '../../ports.ts';
import { messageId } from '../../rpc/message-id.ts';
import { type CallOutcome, rpcMachine } from '../../rpc/rpc-machine.ts';
import { itemsOf, numberOf, textOf } from './configuration/configuration.ts';
import type { SupportedMeasurand } from './queue/measurands.ts';
import { queueRowsOf } from './queue/queue-rows.ts';
import { senderMachine, type SenderSettings, type StoreQuestion } from './queue/sender-machine.ts';
import { stationMachine } from './station-machine.ts';
import type { StationSettings } from './station-settings.ts';
import type { StationQuestion } from './station-state.ts';
import { type StationStatus, stationStatus } from './station-status.ts';
import { connectorIdOf, FrameTrace } from './trace.ts';

export interface StationPorts {
  readonly socketFactory: OcppSocketFactory;
  readonly queue: QueueStore;
  readonly store: StationStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly commands: StationCommands;
}

export interface StationOptions {
  readonly settings: StationSettings;
  readonly ports: StationPorts;
  /** Entries for the journal; none of them needs to be awaited. */
  report(fact: StationFact): void;
  /** The value of a configuration key, once at start when it is set, and after each change. */
  configured?(key: string, value: string): void;
  /** Something that `status()` shows has changed. */
  changed?(): void;
}

/** The charge point of OCPP 1.6, running. */
export interface Station {
  /** Loads what is stored and connects. */
  start(): void;
  stop(reason?: string): void;
  /** May this card charge? Never rejects, and answers within MessageTimeout. */
  authorize(idToken: string, evse: number): Promise<StationAuthorizationResult>;
  /** What an EVSE shows now; call it with each change. */
  evse(snapshot: StationEvseSnapshot): void;
  /** The queue rows of a journal entry, with the measurands configured now; for the same commit. */
  rowsOf(fact: JournalFact): readonly QueueRow[];
  /** Call it after each commit that held queue rows. */
  queued(): void;
  status(): StationStatus;
  /** The value of a configuration key in force. */
  configuration(key: string): string;
  /** Gives the connection up and makes it anew, without waiting for the back-off to run out. */
  reconnect(reason: string): void;
}

const LOAD_RETRY = seconds(5);

type Owner = { readonly of: 'station'; readonly id: string } | { readonly of: 'sender' };

/** Makes a charge point: link, RPC, station and sender machines, wired to each other and to the ports. */
export function createStation(options: StationOptions): Station {
  const { settings, ports } = options;
  const { clock, log, queue, store, commands } = ports;
  const trace = new FrameTrace();
  const owners = new Map<string, Owner>();
  const messageIds = new Map<string, string>();
  const authorizing = new Map<string, (result: StationAuthorizationResult) => void>();
  let socket: OcppSocket | undefined;
  let generation = 0;
  let nextRef = 1;
  let running = false;
  let stopped = false;
  let queueLength = 0;
  let counting = false;
  let countAgain = false;
  let phase = { name: 'off', since: clock.now() };

  const failed = (machine: string) => (error: unknown, during: string) =>
    log.error('ocpp.bug', { machine, during, error: String(error) });

  const report = (
    type: StationFact['type'],
    data: Readonly<Record<string, unknown>>,
    evse?: number,
  ): void =>
    options.report({
      at: clock.now(),
      ...(evse === undefined ? {} : { evse }),
      source: 'ocpp',
      type,
      data,
    });

  const evseOf = (connector: number | undefined): number | undefined =>
    settings.connectors.find((each) => each.connector === connector)?.evse;

  function reportFrame(direction: 'sent' | 'received', text: string): void {
    const traced = trace.frame(direction, text);
    if (!traced) return;
    report('ocpp.message', { ...traced }, evseOf(connectorIdOf(traced.payload)));
  }

  function onSocket(from: number, event: OcppSocketEvent): void {
    // What a socket says that was given up concerns nobody.
    if (from !== generation) return;
    switch (event.event) {
      case 'open':
        link.feed({ on: 'socket-open', protocol: event.protocol });
        return;
      case 'text':
        link.feed({ on: 'heard', text: true });
        reportFrame('received', event.text);
        rpc.feed({ on: 'text', text: event.text });
        sender.feed({ on: 'alive' });
        return;
      case 'ping':
      case 'pong':
        link.feed({ on: 'heard', text: false });
        rpc.feed({ on: 'alive' });
        sender.feed({ on: 'alive' });
        return;
      case 'closed':
        link.feed({ on: 'socket-closed', reason: event.reason });
    }
  }

  function connect(): void {
    const mine = ++generation;
    try {
      socket = ports.socketFactory((event) => onSocket(mine, event));
    } catch (error) {
      socket = undefined;
      link.feed({ on: 'socket-closed', reason: String(error) });
    }
  }

  function disconnect(code: number, reason: string): void {
    generation++;
    socket?.close(code, reason);
    socket = undefined;
  }

  const link = runMachine(
    linkMachine({
      seed: ports.random.bytes(4).reduce((seed, byte) => ((seed << 8) | byte) >>> 0, 0),
      pingInterval: 0,
      backoff: settings.backoff ?? DEFAULT_BACKOFF,
    }),
    {
      clock,
      failed: failed('link'),
      perform(effect) {
        switch (effect.do) {
          case 'connect':
            connect();
            return;
          case 'disconnect':
            disconnect(effect.code, effect.reason);
            return;
          case 'ping':
            socket?.ping();
            return;
          case 'up':
            rpc.feed({ on: 'opened' });
            station.feed({ on: 'connected' });
            return;
          case 'down':
            rpc.feed({ on: 'closed' });
            station.feed({ on: 'disconnected' });
        }
      },
      changed(state, previous) {
        if (state.at !== previous.at)
          report('ocpp.connection', {
            phase: state.at,
            ...(state.reason ? { reason: state.reason } : {}),
            ...(state.nextRetryAt === undefined ? {} : { nextRetryAt: state.nextRetryAt }),
          });
        noteChange();
      },
    },
  );

  const rpc = runMachine(rpcMachine(), {
    clock,
    failed: failed('rpc'),
    perform(effect) {
      switch (effect.do) {
        case 'write':
          reportFrame('sent', effect.text);
          socket?.send(effect.text);
          return;
        case 'incoming':
          station.feed({ on: 'incoming', call: effect.call });
          return;
        case 'outcome':
          onOutcome(effect.id, effect.outcome);
          return;
        case 'notice':
          report('ocpp.notice', { ...effect.notice });
      }
    },
  });

  function onOutcome(id: string, outcome: CallOutcome): void {
    const owner = owners.get(id);
    owners.delete(id);
    if (owner?.of === 'station') {
      messageIds.delete(owner.id);
      station.feed({ on: 'outcome', id: owner.id, outcome });
      return;
    }
    if (!owner) return;
    sender.feed({ on: 'outcome', outcome });
    if (outcome.kind === 'result') station.feed({ on: 'exchanged' });
    if (outcome.kind === 'error') station.feed({ on: 'exchanged', code: outcome.error.code });
  }

  function call(owner: Owner, action: string, payload: string, urgent: boolean): void {
    const id = messageId(ports.random);
    owners.set(id, owner);
    if (owner.of === 'station') messageIds.set(owner.id, id);
    const timeout = seconds(numberOf(station.state.configuration, 'MessageTimeout'));
    rpc.feed({ on: 'call', call: { id, action, payload, timeout, urgent } });
  }

  function answerStation(question: StationQuestion): unknown {
    switch (question.ask) {
      case 'command':
        return commands.command(question.evse, question.command);
      case 'put-setting':
        return store.putSetting(question.key, question.value);
      case 'put-card':
        return store.putCard(question.card);
      case 'remove-card':
        return store.removeCard(question.idToken);
      case 'clear-cards':
        return store.clearCards();
      case 'transaction-key':
        return queue.transactionKey(question.transactionId);
      case 'reset':
        return commands.reset(question.type);
    }
  }

  const station = runMachine(stationMachine(settings), {
    clock,
    failed: failed('station'),
    ask: answerStation,
    perform(effect) {
      switch (effect.do) {
        case 'call':
          call(
            { of: 'station', id: effect.id },
            effect.action,
            JSON.stringify(effect.payload),
            effect.urgent,
          );
          return;
        case 'withdraw': {
          const id = messageIds.get(effect.id);
          if (id !== undefined) rpc.feed({ on: 'withdraw', id });
          return;
        }
        case 'respond':
          rpc.feed({ on: 'respond', id: effect.id, response: effect.response });
          return;
        case 'authorized':
          authorizing.get(effect.ref)?.(effect.result);
          authorizing.delete(effect.ref);
          return;
        case 'queue':
          sender.feed({ on: effect.open ? 'open' : 'closed' });
          return;
        case 'configured':
          applyConfiguration();
          options.configured?.(effect.key, effect.value);
          return;
        case 'report':
          report(effect.type, effect.data);
      }
    },
    changed: noteChange,
  });

  function senderSettings(): SenderSettings {
    const { configuration } = station.state;
    return {
      attempts: numberOf(configuration, 'TransactionMessageAttempts'),
      retryInterval: numberOf(configuration, 'TransactionMessageRetryInterval'),
      probes: numberOf(configuration, 'WebSocketPingInterval') > 0,
      unacknowledgedStart: settings.unacknowledgedStart ?? 'minus-one',
    };
  }

  function applyConfiguration(): void {
    sender.feed({ on: 'settings', settings: senderSettings() });
    const pingInterval = numberOf(station.state.configuration, 'WebSocketPingInterval');
    if (link.state.pingInterval !== pingInterval)
      link.feed({ on: 'ping-interval', seconds: pingInterval });
  }

  function answerSender(question: StoreQuestion): unknown {
    switch (question.ask) {
      case 'head':
        return queue.head();
      case 'render':
        return queue.markRendered(question.seq, question.payload);
      case 'attempt':
        return queue.markAttempt(question.seq, question.attempts);
      case 'done':
        return queue.markDone(question.seq, question.assigned).then(count);
      case 'drop':
        return queue.drop(question.seq, question.reason).then(count);
    }
  }

  const sender = runMachine(senderMachine(senderSettings()), {
    clock,
    failed: failed('sender'),
    ask: answerSender,
    perform(effect) {
      switch (effect.do) {
        case 'send':
          call({ of: 'sender' }, effect.action, effect.payload, false);
          return;
        case 'probe':
          link.feed({ on: 'probe' });
          return;
        case 'started':
        case 'stopped': {
          const { idTag, connectorId } = JSON.parse(effect.message.body) as {
            idTag?: string;
            connectorId?: number;
          };
          const { transaction } = effect.message;
          station.feed({
            on: 'id-tag-info',
            idTag,
            info: effect.info,
            ...(effect.do === 'started' && connectorId !== undefined
              ? {
                  started: {
                    transaction,
                    transactionId: effect.transactionId,
                    connector: connectorId,
                  },
                }
              : {}),
          });
          return;
        }
        case 'dropped':
        case 'failed-attempt':
          report(effect.do === 'dropped' ? 'ocpp.message-dropped' : 'ocpp.message-failed', {
            action: effect.message.action,
            transaction: effect.message.transaction,
            attempts: effect.message.attempts,
            reason: effect.reason,
          });
          return;
        case 'store-failed':
          log.error('ocpp.queue-store-failed', { error: String(effect.error) });
      }
    },
    changed: noteChange,
  });

  /** Counts the queue, once at a time. */
  function count(): void {
    if (counting) {
      countAgain = true;
      return;
    }
    counting = true;
    countAgain = false;
    const done = (): void => {
      counting = false;
      if (countAgain) count();
    };
    queue.length().then(
      (length) => {
        if (length !== queueLength) {
          queueLength = length;
          station.feed({ on: 'queue-length', length });
          noteChange();
        }
        done();
      },
      (error: unknown) => {
        log.error('ocpp.queue-store-failed', { error: String(error) });
        done();
      },
    );
  }

  let shown = '';
  /** Tells of a change that a person would see, once. */
  function noteChange(): void {
    const { at, reason, nextRetryAt, attempts } = link.state;
    const { registration } = station.state;
    const name = at === 'open' ? registration : at;
    if (phase.name !== name) phase = { name, since: clock.now() };
    const key = [name, reason, nextRetryAt, attempts.length, attempts.at(-1)?.at, queueLength];
    const now = key.join('|');
    if (now === shown) return;
    shown = now;
    options.changed?.();
  }

  function load(): void {
    store.load().then(
      ({ settings: stored, cards }) => {
        if (stopped) return;
        station.feed({ on: 'loaded', settings: stored, cards });
        applyConfiguration();
        count();
        link.feed({ on: 'start' });
      },
      (error: unknown) => {
        log.error('ocpp.load-failed', { error: String(error) });
        clock.arm(LOAD_RETRY, () => {
          if (!stopped) load();
        });
      },
    );
  }

  return {
    start() {
      if (running) return;
      running = true;
      load();
    },
    stop(reason = 'stopped') {
      stopped = true;
      link.feed({ on: 'stop', reason });
      for (const machine of [link, rpc, station, sender]) machine.stop();
      for (const answer of authorizing.values()) answer({ status: 'Invalid', from: 'offline' });
      authorizing.clear();
    },
    authorize(idToken, evse) {
      if (stopped) return Promise.resolve({ status: 'Invalid', from: 'offline' });
      const ref = String(nextRef++);
      return new Promise((resolve) => {
        authorizing.set(ref, resolve);
        station.feed({ on: 'authorize', ref, idToken, evse });
      });
    },
    evse: (snapshot) => station.feed({ on: 'evse', snapshot }),
    rowsOf: (fact) =>
      queueRowsOf(fact, {
        sampledData: itemsOf(
          station.state.configuration,
          'MeterValuesSampledData',
        ) as readonly SupportedMeasurand[],
      }),
    queued() {
      sender.feed({ on: 'appended' });
      count();
    },
    status: () =>
      stationStatus({
        settings,
        link: link.state,
        registration: station.state.registration,
        since: phase.since,
        heartbeatInterval: numberOf(station.state.configuration, 'HeartbeatInterval'),
        queueLength,
      }),
    configuration: (key) => textOf(station.state.configuration, key),
    reconnect: (reason) => link.feed({ on: 'reconnect', reason }),
  };
}
