import {
  BOARD_PROTOCOL_VERSION,
  boardCommands,
  type BoardCommand,
  boardEvents,
  type BoardMessage,
} from '@kerbside/charging';
import { type JsonLinePeer, serveJsonLines } from '@kerbside/host';
import type { Clock, Logger } from '@kerbside/kernel';
import { DcSupply } from '../model/dc-supply.ts';
import type { Plant } from '../model/plant.ts';

/** Faults that the board itself sees and tells the charger. */
const BOARD_FAULTS = {
  'emergency-stop': 'the emergency stop button is pressed',
  'supply-failed': 'the DC supply has failed',
} as const;
type BoardFault = keyof typeof BOARD_FAULTS;

export interface BoardServer {
  /** Tells the charger what changed since the last call. */
  publish(): void;
  presentToken(idToken: string): void;
  close(): Promise<void>;
}

type Told = Map<string, string>;

/** The rig's end of the board protocol for one EVSE: one charger at a time, the newest. */
export async function serveBoard(options: {
  readonly path: string;
  readonly evse: number;
  readonly plant: Plant;
  readonly clock: Clock;
  /** Called after each command, so that what it changed is told everywhere. */
  readonly changed: () => void;
  readonly log: Logger;
}): Promise<BoardServer> {
  const { plant, clock, log } = options;
  let charger: JsonLinePeer<BoardMessage> | undefined;
  let greeted = false;
  let told: Told = new Map();
  /** The inlet of the vehicle that is there, and since when. */
  let inletSeen = plant.inlet;
  let pluggedAt: number | undefined;

  const server = await serveJsonLines<BoardCommand, BoardMessage>({
    address: { path: options.path },
    incoming: boardCommands,
    outgoing: boardEvents,
    accept(peer) {
      if (plant.faults.has('board-link-down')) {
        peer.close();
        return { message: () => {}, badLine: () => {}, closed: () => {} };
      }
      charger?.close();
      if (greeted) plant.chargerGone();
      charger = peer;
      greeted = false;
      return {
        message: (command) => {
          if (charger === peer) take(command);
        },
        badLine: (error) => {
          log.warn('rig.bad-line', { evse: options.evse, error: error.message });
          const { code, message, offset } = error;
          peer.send({ event: 'error', code, text: message.slice(0, 300), column: offset });
        },
        closed: () => {
          if (charger !== peer) return;
          charger = undefined;
          greeted = false;
          plant.chargerGone();
          options.changed();
        },
      };
    },
  });

  function take(command: BoardCommand): void {
    if (command.command === 'hello') return hello(command);
    if (!greeted) {
      charger?.send({ event: 'error', code: 'hello-first', text: 'the first command is hello' });
      return;
    }
    switch (command.command) {
      case 'heartbeat':
        plant.beat();
        charger?.send({ event: 'heartbeat', seq: command.seq });
        return;
      case 'pilot':
        plant.output =
          command.output === 'duty' ? { dutyPercent: command.dutyPercent ?? 100 } : command.output;
        break;
      case 'contactor':
        if (command.set === 'closed') plant.close(command.output);
        else plant.open();
        break;
      case 'lock':
        plant.lock.order(command.locked);
        break;
      case 'supply':
        if (plant.kind === 'DC') plant.supply.set(command.voltage, command.current);
        break;
      case 'supply-off':
        plant.supply.off();
        break;
      case 'limit':
        plant.limit = command.current;
        break;
      case 'insulation':
        plant.measureInsulation(command.measure);
    }
    options.changed();
  }

  function hello(command: Extract<BoardCommand, { command: 'hello' }>): void {
    if (command.version !== BOARD_PROTOCOL_VERSION || command.evse !== options.evse) {
      const code = command.evse === options.evse ? 'version' : 'evse';
      charger?.send({
        event: 'error',
        code,
        text: `this is EVSE ${options.evse}, protocol version ${BOARD_PROTOCOL_VERSION}`,
      });
      charger?.close();
      return;
    }
    if (command.kind) setOutlet(command.kind);
    greeted = true;
    plant.beat();
    charger?.send({
      event: 'hello',
      protocol: 'kerbside-board',
      version: BOARD_PROTOCOL_VERSION,
      board: 'Kerbside rig',
      pilotEdges: true,
      ...(plant.outlet !== 'AC' && { supply: { ...DcSupply.LIMITS }, insulation: true }),
    });
    told = new Map();
    publish(true);
    charger?.send({ event: 'ready' });
  }

  function setOutlet(outlet: 'AC' | 'DC' | 'AC+DC'): void {
    plant.outlet = outlet;
    if (outlet !== 'AC+DC') plant.kind = outlet;
  }

  /** Each line is told when it differs from what stood under its key before; what is `beside` does not count. */
  function say(key: string, event: BoardMessage, first = true, beside: object = {}): void {
    const line = JSON.stringify(event);
    const before = told.get(key);
    if (before === line) return;
    told.set(key, line);
    if (before !== undefined || first) charger?.send({ ...event, ...beside });
  }

  function watchPlug(): void {
    if (plant.inlet !== inletSeen || !plant.inlet.plugged) pluggedAt = undefined;
    inletSeen = plant.inlet;
    if (plant.inlet.plugged) pluggedAt ??= clock.monotonic();
  }
  const pluggedFor = () =>
    pluggedAt === undefined ? {} : { pluggedForMs: Math.round(clock.monotonic() - pluggedAt) };

  /** `whole`: also what is told only with the whole state. */
  function publish(whole = false): void {
    watchPlug();
    if (plant.faults.has('board-link-down')) charger?.close();
    if (!greeted || !charger) return;
    const { inlet } = plant;
    say('contactor', { event: 'contactor', state: plant.contactor.state });
    for (const code of Object.keys(BOARD_FAULTS) as BoardFault[]) {
      const active = plant.faults.has(code);
      say(code, { event: 'fault', code, text: BOARD_FAULTS[code], active }, active);
    }
    const rating = inlet.plugged ? inlet.cableRating : undefined;
    say('cable', { event: 'cable', ...(rating !== undefined && { rating }) });
    say('lock', { event: 'lock', state: plant.lock.state });
    const pilot = { event: 'pilot', state: plant.pilot, voltage: plant.pilotVoltage } as const;
    say('pilot', pilot, true, whole ? pluggedFor() : {});
    say('temperature', { event: 'temperature', celsius: plant.celsius });
    if (plant.outlet !== 'AC') {
      const tenth = (value: number): number => Math.round(value * 10) / 10;
      const { voltage, current } = plant.supply;
      say('supply', { event: 'supply', voltage: tenth(voltage), current: tenth(current) });
    }
    const insulation = plant.takeInsulationResult();
    if (insulation)
      charger.send({
        event: 'insulation',
        status: insulation,
        kiloOhm: insulation === 'valid' ? 1500 : 20,
      });
  }

  return {
    publish: () => publish(),
    presentToken(idToken) {
      if (greeted) charger?.send({ event: 'token', idToken });
    },
    close: () => server.close(),
  };
}
