import {
  type Clock,
  type Logger,
  type Random,
  ReportLimit,
  runMachine,
  seconds,
} from '@kerbside/kernel';
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
import { askSender, askStation } from './ask-ports.ts';
import { CallBook, type CallOwner } from './call-book.ts';
import { itemsOf, numberOf, textOf } from './configuration/configuration.ts';
import type { SupportedMeasurand } from './queue/measurands.ts';
import { QueueCounter } from './queue/queue-counter.ts';
import { queueRowsOf } from './queue/queue-rows.ts';
import { type SenderEffect, senderMachine, type SenderSettings } from './queue/sender-machine.ts';
import { stationMachine } from './station-machine.ts';
import type { StationSettings } from './station-settings.ts';
import type { StationEffect } from './station-state.ts';
import { type StationStatus, stationStatus } from './station-status.ts';
import { connectorIdOf, FrameTrace } from './trace.ts';

/** Reports of bad frames that pass one by one: a back-end gone wrong fills no disk. */
const NOTICES_PER_SECOND = 20;

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
  /** Gives the connection up and makes it anew. */
  reconnect(reason: string): void;
}

const LOAD_RETRY = seconds(5);

/** Makes a charge point: link, RPC, station and sender machines, wired to each other and to the ports. */
export function createStation(options: StationOptions): Station {
  const { settings, ports } = options;
  const { clock, log } = ports;
  const trace = new FrameTrace();
  const calls = new CallBook();
  const authorizing = new Map<string, (result: StationAuthorizationResult) => void>();
  const counter = new QueueCounter(ports.queue, log, (length) => {
    station.feed({ on: 'queue-length', length });
    noteChange();
  });
  let socket: OcppSocket | undefined;
  let generation = 0;
  let nextRef = 1;
  let life: 'new' | 'running' | 'stopped' = 'new';
  let phase = { name: 'off', since: clock.now() };
  let shown = '';
  let givenUp = 0;

  const failed = (machine: string) => (error: unknown, during: string) =>
    log.error('ocpp.bug', { machine, during, error: String(error) });

  function report(
    type: StationFact['type'],
    data: Readonly<Record<string, unknown>>,
    evse?: number,
  ): void {
    const place = evse === undefined ? {} : { evse };
    options.report({ at: clock.now(), ...place, source: 'ocpp', type, data });
  }

  const notices = new ReportLimit(clock, NOTICES_PER_SECOND, (more) =>
    report('ocpp.suppressed', { notices: more }),
  );

  function reportFrame(direction: 'sent' | 'received', text: string): void {
    const traced = trace.frame(direction, text);
    if (!traced) return;
    const connector = connectorIdOf(traced.payload);
    const evse = settings.connectors.find((each) => each.connector === connector)?.evse;
    report('ocpp.message', { ...traced }, evse);
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
            generation++;
            socket?.close(effect.code, effect.reason);
            socket = undefined;
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
      changed({ at, reason, nextRetryAt }, previous) {
        if (at !== previous.at)
          report('ocpp.connection', {
            phase: at,
            ...(reason ? { reason } : {}),
            ...(nextRetryAt === undefined ? {} : { nextRetryAt }),
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
          if (notices.passes()) report('ocpp.notice', { ...effect.notice });
      }
    },
  });

  function onOutcome(id: string, outcome: CallOutcome): void {
    const owner = calls.take(id);
    if (owner?.of === 'station') station.feed({ on: 'outcome', id: owner.id, outcome });
    if (owner?.of === 'sender') {
      sender.feed({ on: 'outcome', outcome });
      if (outcome.kind === 'result') station.feed({ on: 'exchanged' });
      if (outcome.kind === 'error') station.feed({ on: 'exchanged', code: outcome.error.code });
    }
    if (outcome.kind === 'timeout' && outcome.silent) link.feed({ on: 'silence' });
  }

  function call(owner: CallOwner, action: string, payload: string, urgent: boolean): void {
    const id = messageId(ports.random);
    calls.add(id, owner);
    const timeout = seconds(numberOf(station.state.configuration, 'MessageTimeout'));
    rpc.feed({ on: 'call', call: { id, action, payload, timeout, urgent } });
  }

  const station = runMachine(stationMachine(settings), {
    clock,
    failed: failed('station'),
    ask: (question) => askStation(ports, question),
    changed: noteChange,
    perform(effect: Exclude<StationEffect, { do: 'arm' | 'cancel' | 'ask' }>) {
      switch (effect.do) {
        case 'call':
          call({ of: 'station', id: effect.id }, effect.action, effect.payload, effect.urgent);
          return;
        case 'withdraw': {
          const id = calls.messageIdOf(effect.id);
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

  const sender = runMachine(senderMachine(senderSettings()), {
    clock,
    failed: failed('sender'),
    ask: (question) => askSender(ports, question),
    perform(effect: Exclude<SenderEffect, { do: 'arm' | 'cancel' | 'ask' }>) {
      switch (effect.do) {
        case 'send':
          call({ of: 'sender' }, effect.action, effect.payload, false);
          return;
        case 'id-tag-info': {
          const { idTag, info, started } = effect;
          station.feed({ on: 'id-tag-info', idTag, info, ...(started ? { started } : {}) });
          return;
        }
        case 'shorter':
          counter.count();
          if (effect.givenUp) {
            givenUp++;
            noteChange();
          }
          return;
        case 'dropped':
        case 'failed-attempt': {
          const { action, transaction, attempts } = effect.message;
          report(effect.do === 'dropped' ? 'ocpp.message-dropped' : 'ocpp.message-failed', {
            action,
            transaction,
            attempts,
            reason: effect.reason,
          });
          return;
        }
        case 'store-failed':
          log.error('ocpp.queue-store-failed', { error: String(effect.error) });
      }
    },
  });

  /** Tells of a change that a person would see, once. */
  function noteChange(): void {
    const { at, reason, nextRetryAt, attempts } = link.state;
    const name = at === 'open' ? station.state.registration : at;
    if (phase.name !== name) phase = { name, since: clock.now() };
    const seen = [
      name,
      reason,
      nextRetryAt,
      attempts.length,
      attempts.at(-1)?.at,
      counter.length,
      givenUp,
    ];
    if (shown === seen.join('|')) return;
    shown = seen.join('|');
    options.changed?.();
  }

  async function load(): Promise<void> {
    try {
      const { settings: stored, cards } = await ports.store.load();
      if (life === 'stopped') return;
      station.feed({ on: 'loaded', settings: stored, cards });
      applyConfiguration();
      counter.count();
      link.feed({ on: 'start' });
    } catch (error) {
      log.error('ocpp.load-failed', { error: String(error) });
      clock.arm(LOAD_RETRY, () => {
        if (life === 'running') void load();
      });
    }
  }

  return {
    start() {
      if (life !== 'new') return;
      life = 'running';
      void load();
    },
    stop(reason = 'stopped') {
      life = 'stopped';
      link.feed({ on: 'stop', reason });
      for (const machine of [link, rpc, station, sender]) machine.stop();
      for (const answer of authorizing.values()) answer({ status: 'Invalid', from: 'offline' });
      authorizing.clear();
    },
    authorize(idToken, evse) {
      if (life === 'stopped') return Promise.resolve({ status: 'Invalid', from: 'offline' });
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
        internetUse: settings.internetUse,
      }),
    queued() {
      sender.feed({ on: 'appended' });
      counter.count();
    },
    status: () =>
      stationStatus({
        settings,
        link: link.state,
        registration: station.state.registration,
        since: phase.since,
        heartbeatInterval: numberOf(station.state.configuration, 'HeartbeatInterval'),
        queueLength: counter.length,
      }),
    configuration: (key) => textOf(station.state.configuration, key),
    reconnect: (reason) => link.feed({ on: 'reconnect', reason }),
  };
}
