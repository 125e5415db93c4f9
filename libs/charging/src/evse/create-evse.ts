import { type Clock, type Logger, type Random, runMachine, seconds, toHex } from '@kerbside/kernel';
import type { StopReason } from '../facts.ts';
import type {
  Authorizer,
  Board,
  CommandAnswer,
  EvseCommand,
  EvseConfig,
  EvseSide,
  EvseSnapshot,
  HighLevelComm,
  InsulationMonitor,
  Ledger,
  Matching,
  Meter,
  RecoveredTransaction,
  PowerSupply,
} from '../ports.ts';
import type { EvseEffect, EvseInput, EvseQuestion } from './inputs.ts';
import { type EvseState, initialState } from './state.ts';
import { step } from './step.ts';
import { evseSnapshot, evseView } from './view.ts';

export interface EvsePorts {
  readonly board: Board;
  readonly meter: Meter;
  readonly supply?: PowerSupply;
  readonly insulation?: InsulationMonitor;
  /** Absent with `hlc` present: the car reaches V2G without SLAC (loopback). */
  readonly matching?: Matching;
  readonly hlc?: HighLevelComm;
  readonly authorizer: Authorizer;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

/** One EVSE: the only one that orders its contactor. */
export interface Evse {
  snapshot(): EvseSnapshot;
  /** Called after each change; the listener must not throw and must not call back synchronously. */
  onSnapshot(listener: (snapshot: EvseSnapshot) => void): void;
  command(command: EvseCommand): Promise<CommandAnswer>;
  readonly evseSide: EvseSide;
  /** Opens at once, writes the stop, and ends the actor; waits at most 5 s for the ledger. */
  stop(reason: StopReason): Promise<void>;
}

type PowerOnResult = Awaited<ReturnType<EvseSide['powerOn']>>;
type PortEffects = Exclude<EvseEffect, { do: 'arm' | 'cancel' | 'ask' }>;

const STOP_WITHIN = seconds(5);

/** Runs the EVSE's state machine on its ports. `recovered`: the transaction that a crash left open. */
export function createEvse(
  config: EvseConfig,
  ports: EvsePorts,
  recovered?: RecoveredTransaction,
): Evse {
  const { board, meter, clock } = ports;
  const log = ports.log.with({ evse: config.evse });
  const listeners: ((snapshot: EvseSnapshot) => void)[] = [];
  const powerOns = new Map<number, (result: PowerOnResult) => void>();
  const commands = new Map<number, (answer: CommandAnswer) => void>();
  let nextId = 1;
  let gone: StopReason | undefined;
  let settled: () => void = () => {};

  const machine = runMachine<EvseState, EvseInput, EvseEffect>(
    {
      initial: initialState({
        config,
        salt: toHex(ports.random.bytes(8)),
        has: {
          hlc: config.highLevelComm && ports.hlc !== undefined,
          matching: ports.matching !== undefined,
          insulation: ports.insulation !== undefined,
          supply: config.kind !== 'AC' && ports.supply !== undefined,
        },
        recovered,
        now: clock.monotonic(),
        wall: clock.now(),
      }),
      step,
    },
    {
      clock,
      perform,
      ask,
      changed(state, previous) {
        if (state.status !== previous.status)
          log.info('evse.state', { state: state.status.state, reason: state.status.reason });
        if (listeners.length > 0) {
          const snapshot = evseSnapshot(state);
          for (const listener of listeners) listener(snapshot);
        }
        if (gone && finished(state)) settled();
      },
      failed: (error, during) => {
        log.error('evse.failed', { during, error });
        // A bug must not leave energy flowing.
        if (during === 'step') board.openContactor();
      },
    },
  );

  function ask(question: EvseQuestion): unknown {
    switch (question.ask) {
      case 'authorize':
        return ports.authorizer.authorize(question.idToken, config.evse, question.by);
      case 'record':
        return ports.ledger.record(question.facts);
      case 'meter':
        return meter.read();
    }
  }

  function perform(effect: PortEffects): void {
    switch (effect.do) {
      case 'pilot':
        return board.setPilot(effect.output);
      case 'close':
        return board.closeContactor(effect.output);
      case 'open':
        return board.openContactor();
      case 'lock':
        return board.setLock(effect.locked);
      case 'supply':
        return ports.supply?.set(effect.voltage, effect.current);
      case 'supply-off':
        return ports.supply?.off();
      case 'limit':
        return board.setLimit?.(effect.limit);
      case 'insulation':
        return effect.measure ? ports.insulation?.start() : ports.insulation?.stop();
      case 'matching':
        return ports.matching?.[effect.order]();
      case 'hlc-open':
        return ports.hlc?.open();
      case 'hlc-close':
        return ports.hlc?.close(effect.reason);
      case 'note':
        return ports.ledger.note(effect.facts);
      case 'powered': {
        const resolve = powerOns.get(effect.id);
        powerOns.delete(effect.id);
        return resolve?.(
          effect.reason === undefined ? { on: true } : { on: false, reason: effect.reason },
        );
      }
      case 'answer': {
        const resolve = commands.get(effect.id);
        commands.delete(effect.id);
        return resolve?.(effect.answer);
      }
    }
  }

  const capabilities = () =>
    config.kind !== 'AC' && ports.supply && ports.supply.capabilities.maxVoltage > 0
      ? ports.supply.capabilities
      : undefined;
  board.onEvent((event) => {
    // Undebounced: BCB toggles are counted by matching. [V2G3-A09-51]
    if (event.event === 'pilot' && board.tellsPilotEdges) ports.matching?.pilot?.(event.state);
    machine.feed({ on: 'board', event, supply: capabilities() });
  });
  meter.onReading((reading) => machine.feed({ on: 'reading', reading }));
  meter.onFailure((reason) => log.debug('evse.meter-failure', { reason }));
  ports.supply?.onPresent((present) => machine.feed({ on: 'present', ...present }));
  ports.insulation?.onResult(({ status }) => machine.feed({ on: 'insulation', status }));
  ports.matching?.onEvent((event) => machine.feed({ on: 'matching', event }));
  machine.feed({ on: 'begin' });

  return {
    snapshot: () => evseSnapshot(machine.state),
    onSnapshot: (listener) => void listeners.push(listener),
    command(command) {
      if (gone)
        return Promise.resolve({
          accepted: false,
          code: 'charger-stops',
          reason: 'the charger is going down',
        });
      const id = nextId++;
      return new Promise((resolve) => {
        commands.set(id, resolve);
        machine.feed({ on: 'command', command, id });
      });
    },
    evseSide: {
      view: () => evseView(machine.state),
      request: (request) => machine.feed({ on: 'v2g', request }),
      powerOn() {
        const id = nextId++;
        return new Promise((resolve) => {
          powerOns.set(id, resolve);
          if (gone) perform({ do: 'powered', id, reason: 'charger-stops' });
          else machine.feed({ on: 'power-on', id });
        });
      },
    },
    async stop(reason) {
      if (gone) return;
      gone = reason;
      board.openContactor();
      await new Promise<void>((resolve) => {
        const cancel = clock.arm(STOP_WITHIN, resolve);
        settled = () => {
          cancel();
          resolve();
        };
        machine.feed({ on: 'shutdown', reason });
        if (finished(machine.state)) settled();
      });
      machine.stop();
      for (const id of powerOns.keys()) perform({ do: 'powered', id, reason: 'charger-stops' });
      for (const resolve of commands.values())
        resolve({ accepted: false, code: 'charger-stops', reason: 'the charger is going down' });
      ports.hlc?.close('charger stops');
      ports.matching?.leave();
      board.setPilot('F');
    },
  };
}

/** The stop is written, or there was nothing to write. */
const finished = (state: EvseState): boolean =>
  !state.transaction && state.outbox.queue.length === 0;
