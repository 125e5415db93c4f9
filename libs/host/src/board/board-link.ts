import {
  type Board,
  BOARD_PROTOCOL_VERSION,
  boardCommands,
  type BoardCommand,
  type BoardEvent,
  boardEvents,
  type BoardMessage,
  type InsulationMonitor,
  type PowerSupply,
  type SupplyCapabilities,
  T_BOARD_HELLO,
  T_BOARD_RECONNECT,
  T_BOARD_SILENT,
  T_HEARTBEAT,
} from '@kerbside/charging';
import {
  amps,
  BAD_INPUT_RATE,
  type Cancel,
  type Clock,
  type Logger,
  millis,
  TrickleLimit,
  volts,
  watts,
  type WireError,
} from '@kerbside/kernel';
import { type LineAddress, openJsonLineClient } from './json-line-client.ts';

type Listener<T> = (value: T) => void;
type Present = Parameters<Parameters<PowerSupply['onPresent']>[0]>[0];
type InsulationResult = Parameters<Parameters<InsulationMonitor['onResult']>[0]>[0];

export interface BoardLink {
  readonly board: Board;
  /** Its capabilities are what `hello` said; all zero before, and without a DC supply. */
  readonly supply: PowerSupply;
  readonly insulation: InsulationMonitor;
  /** What the board said of itself in `hello`. */
  readonly described: { readonly board: string; readonly hasSupply: boolean } | undefined;
  /** Resolves with the first `ready`. */
  readonly ready: Promise<void>;
  close(): void;
}

/** What the board sent that is no message: where it is wrong, never what it says. */
export type BoardLineReport =
  | {
      readonly kind: 'malformed';
      readonly code: string;
      readonly offset: number;
      readonly path?: string;
    }
  /** So many more, not reported one by one. */
  | { readonly kind: 'suppressed'; readonly lines: number };

export interface BoardLinkOptions {
  readonly address: LineAddress;
  readonly evse: number;
  /** Told to the board, for hardware that can do both. */
  readonly kind?: 'AC' | 'DC' | 'AC+DC';
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of bad lines, at most at `BAD_INPUT_RATE`, and of how many more there were. */
  badLine?(report: BoardLineReport): void;
}

const nothing: SupplyCapabilities = {
  minVoltage: volts(0),
  maxVoltage: volts(0),
  minCurrent: amps(0),
  maxCurrent: amps(0),
  maxPower: watts(0),
};

/**
 * The charger's end of the board protocol: connects for ever, sends the heartbeat by this very
 * loop, and takes over the board's whole state each time the link comes up.
 */
export function openBoardLink(options: BoardLinkOptions): BoardLink {
  const { clock, evse } = options;
  const log = options.log.with({ evse });
  const onEvent: Listener<BoardEvent>[] = [];
  const onPresent: Listener<Present>[] = [];
  const onResult: Listener<InsulationResult>[] = [];
  const tell = <T>(listeners: readonly Listener<T>[], value: T): void => {
    for (const listener of listeners) listener(value);
  };

  let described: BoardLink['described'];
  let capabilities = nothing;
  let pilotEdges = false;
  let up = false;
  let seq = 0;
  let lastHeard = 0;
  let lastBeat = 0;
  let connectedAt = 0;
  let activeFaults = new Set<string>();
  let toldFaults = new Set<string>();
  let cancelBeat: Cancel | undefined;
  let closed = false;
  let becomeReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => (becomeReady = resolve));

  const tellBadLine = (report: BoardLineReport): void => {
    const { kind, ...fields } = report;
    log.warn(kind === 'malformed' ? 'board.bad-line' : 'board.bad-lines-suppressed', fields);
    options.badLine?.(report);
  };
  const badLines = new TrickleLimit(clock, BAD_INPUT_RATE, (lines) =>
    tellBadLine({ kind: 'suppressed', lines }),
  );
  /** Its text stays out: a line that is no message may hold a token all the same. */
  function badLine({ code, offset, path }: WireError): void {
    if (closed || !badLines.passes()) return;
    tellBadLine({ kind: 'malformed', code, offset, ...(path === undefined ? {} : { path }) });
  }

  const client = openJsonLineClient<BoardMessage, BoardCommand>({
    address: options.address,
    incoming: boardEvents,
    outgoing: boardCommands,
    clock,
    reconnectAfter: T_BOARD_RECONNECT,
    up() {
      connectedAt = lastHeard = lastBeat = clock.monotonic();
      toldFaults = new Set();
      client.send({
        command: 'hello',
        protocol: 'kerbside-board',
        version: BOARD_PROTOCOL_VERSION,
        evse,
        ...(options.kind && { kind: options.kind }),
      });
      beat();
    },
    down,
    message(message) {
      lastHeard = clock.monotonic();
      take(message);
    },
    badLine,
  });

  function beat(): void {
    cancelBeat?.();
    if (closed || !client.connected) return;
    const now = clock.monotonic();
    // After a stall of ours the board's lines still wait in the socket: its silence is judged next time.
    const stalled = now - lastBeat > 2 * T_HEARTBEAT;
    lastBeat = now;
    const silent = !stalled && now - lastHeard > T_BOARD_SILENT;
    if (silent || (!up && now - connectedAt > T_BOARD_HELLO)) {
      log.warn('board.silent', { forMs: Math.round(now - lastHeard) });
      down(silent ? 'the board is silent' : 'the board did not tell its state');
      client.restart();
      return;
    }
    seq = (seq + 1) >>> 0;
    client.send({ command: 'heartbeat', seq });
    cancelBeat = clock.arm(T_HEARTBEAT, beat);
  }

  function down(reason: string): void {
    cancelBeat?.();
    if (!up) return;
    up = false;
    log.warn('board.link-down', { reason });
    tell(onEvent, { event: 'link', up: false, reason });
  }

  function take(message: BoardMessage): void {
    switch (message.event) {
      case 'hello':
        return hello(message);
      case 'heartbeat':
        return;
      case 'ready':
        return whole();
      case 'error':
        log.error('board.complains', { code: message.code, text: message.text });
        return;
      case 'supply':
        tell(onPresent, { voltage: volts(message.voltage), current: amps(message.current) });
        return;
      case 'insulation':
        tell(onResult, {
          status: message.status,
          ...(message.kiloOhm === undefined ? {} : { kiloOhm: message.kiloOhm }),
        });
        return;
      case 'fault':
        if (message.active) {
          activeFaults.add(message.code);
          toldFaults.add(message.code);
        } else activeFaults.delete(message.code);
        tell(onEvent, message);
        return;
      case 'pilot':
        tell(onEvent, {
          event: 'pilot',
          state: message.state,
          ...(message.voltage === undefined ? {} : { voltage: volts(message.voltage) }),
          ...(message.pluggedForMs === undefined
            ? {}
            : { pluggedFor: millis(message.pluggedForMs) }),
        });
        return;
      case 'cable':
        tell(onEvent, {
          event: 'cable',
          rating: message.rating === undefined ? undefined : amps(message.rating),
        });
        return;
      case 'contactor':
      case 'lock':
      case 'token':
      case 'temperature':
        tell(onEvent, message);
    }
  }

  function hello(message: Extract<BoardMessage, { event: 'hello' }>): void {
    if (message.version !== BOARD_PROTOCOL_VERSION) {
      log.error('board.version', { board: message.version, ours: BOARD_PROTOCOL_VERSION });
      client.restart();
      return;
    }
    described = { board: message.board, hasSupply: message.supply !== undefined };
    pilotEdges = message.pilotEdges ?? false;
    if (message.supply)
      capabilities = {
        minVoltage: volts(message.supply.minVoltage),
        maxVoltage: volts(message.supply.maxVoltage),
        minCurrent: amps(message.supply.minCurrent),
        maxCurrent: amps(message.supply.maxCurrent),
        maxPower: watts(message.supply.maxPower),
      };
  }

  /** Faults that went away while the link was down are cleared: the whole state did not name them. */
  function whole(): void {
    for (const code of activeFaults)
      if (!toldFaults.has(code)) tell(onEvent, { event: 'fault', code, text: '', active: false });
    activeFaults = toldFaults;
    if (up) return;
    up = true;
    log.info('board.link-up', { board: described?.board });
    tell(onEvent, { event: 'link', up: true });
    becomeReady();
  }

  const send = (command: BoardCommand): void => {
    if (!client.send(command)) log.debug('board.not-sent', { command: command.command });
  };

  return {
    board: {
      setPilot: (output) =>
        send(
          typeof output === 'string'
            ? { command: 'pilot', output }
            : { command: 'pilot', output: 'duty', dutyPercent: output.dutyPercent },
        ),
      closeContactor: (output) =>
        send({ command: 'contactor', set: 'closed', ...(output && { output }) }),
      openContactor: () => send({ command: 'contactor', set: 'open' }),
      setLock: (locked) => send({ command: 'lock', locked }),
      setLimit: (limit) => send({ command: 'limit', current: limit }),
      onEvent: (listener) => void onEvent.push(listener),
      get tellsPilotEdges() {
        return pilotEdges;
      },
    },
    supply: {
      get capabilities() {
        return capabilities;
      },
      set: (voltage, current) => send({ command: 'supply', voltage, current }),
      off: () => send({ command: 'supply-off' }),
      onPresent: (listener) => void onPresent.push(listener),
    },
    insulation: {
      start: () => send({ command: 'insulation', measure: true }),
      stop: () => send({ command: 'insulation', measure: false }),
      onResult: (listener) => void onResult.push(listener),
    },
    get described() {
      return described;
    },
    ready,
    close() {
      closed = true;
      cancelBeat?.();
      client.close();
      badLines.flush();
    },
  };
}
