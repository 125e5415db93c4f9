import {
  type InletMessage,
  inletMessages,
  PILOT_PROTOCOL_VERSION,
  type RigState,
  type VehicleMessage,
  vehicleMessages,
} from '@kerbside/charging';
import { type JsonLinePeer, serveJsonLines } from '@kerbside/host';
import { type Clock, type Logger, PortError, seconds } from '@kerbside/kernel';
import type { Flow, Plant } from '../model/plant.ts';

export type VehicleOrder = Omit<Extract<InletMessage, { see: 'order' }>, 'see' | 'id'>;

export interface InletServer {
  /** Tells the vehicle what changed. */
  publish(): void;
  /** Tells the vehicle what flowed in one step. */
  tick(flow: Flow): void;
  /** Passes an order on; rejects with a PortError when the vehicle refuses, is silent or not there. */
  order(order: VehicleOrder): Promise<void>;
  readonly vehicle: RigState['vehicle'];
  close(): Promise<void>;
}

interface Waiting {
  resolve(): void;
  reject(error: PortError): void;
}

const IDLE_TICK_MS = 200;
const ORDER_WITHIN = seconds(4);

/** The vehicle's end of the cable for one EVSE: one vehicle process at a time, the newest. */
export async function serveInlet(options: {
  readonly path: string;
  readonly evse: number;
  readonly stepMs: number;
  readonly plant: Plant;
  readonly clock: Clock;
  readonly changed: () => void;
  readonly presentToken: (idToken: string) => void;
  readonly log: Logger;
}): Promise<InletServer> {
  const { plant, log } = options;
  const waiting = new Map<number, Waiting>();
  let peer: JsonLinePeer<InletMessage> | undefined;
  let about: RigState['vehicle'];
  let told = { pilot: '', contactor: '' };
  let nextId = 1;
  let seq = 0;
  let idleMs = 0;

  const server = await serveJsonLines<VehicleMessage, InletMessage>({
    address: { path: options.path },
    incoming: vehicleMessages,
    outgoing: inletMessages,
    accept(fresh) {
      peer?.close();
      if (peer) gone();
      peer = fresh;
      told = { pilot: '', contactor: '' };
      return {
        message: (message) => {
          if (peer === fresh) take(message);
        },
        badLine: (error) => {
          log.warn('rig.bad-vehicle-line', { evse: options.evse, error: error.message });
          const { code, message, offset } = error;
          fresh.send({ see: 'error', code, text: message.slice(0, 300), column: offset });
        },
        closed: () => {
          if (peer === fresh) gone();
        },
      };
    },
  });

  /** A vehicle whose process is gone does not stay in the inlet. */
  function gone(): void {
    peer = undefined;
    about = undefined;
    for (const { reject } of waiting.values())
      reject(new PortError('no-vehicle', 'the vehicle is gone'));
    waiting.clear();
    plant.unplug();
    options.changed();
  }

  function take(message: VehicleMessage): void {
    switch (message.say) {
      case 'hello':
        return hello(message.version, message.vehicle);
      case 'plug':
        if (message.plugged) {
          plant.inlet.plugged = true;
          plant.inlet.resistor = 'B';
          plant.inlet.load = [];
          plant.inlet.cableRating = message.cableRating;
        } else plant.unplug();
        break;
      case 'resistor':
        plant.inlet.resistor = message.state;
        break;
      case 'load':
        plant.inlet.load = message.current;
        return;
      case 'battery':
        plant.inlet.battery = { voltage: message.voltage, closed: message.contactor === 'closed' };
        return;
      case 'status': {
        const { say: _, ...status } = message;
        about = { name: about?.name ?? 'vehicle', ...status };
        break;
      }
      case 'token':
        return options.presentToken(message.idToken);
      case 'answer':
        return answer(message);
    }
    options.changed();
  }

  function hello(version: number, name: string): void {
    if (version !== PILOT_PROTOCOL_VERSION) {
      const text = `the rig speaks version ${PILOT_PROTOCOL_VERSION}`;
      peer?.send({ see: 'error', code: 'version', text });
      peer?.close();
      return;
    }
    about = { name };
    peer?.send({
      see: 'hello',
      protocol: 'kerbside-pilot',
      version: PILOT_PROTOCOL_VERSION,
      evse: options.evse,
      phases: plant.phases,
      stepMs: options.stepMs,
    });
    options.changed();
  }

  function answer(message: Extract<VehicleMessage, { say: 'answer' }>): void {
    const entry = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) entry?.resolve();
    else
      entry?.reject(
        new PortError(message.code ?? 'refused', message.text ?? 'the vehicle refuses'),
      );
  }

  return {
    publish() {
      if (!about || !peer) return;
      const { output } = plant;
      const pilot: InletMessage = {
        see: 'pilot',
        output: typeof output === 'string' ? output : 'duty',
        ...(typeof output !== 'string' && { dutyPercent: output.dutyPercent }),
        voltage: plant.pilotVoltage,
      };
      const contactor: InletMessage = { see: 'contactor', closed: plant.contactor.conducts };
      const next = { pilot: JSON.stringify(pilot), contactor: JSON.stringify(contactor) };
      if (next.pilot !== told.pilot) peer.send(pilot);
      if (next.contactor !== told.contactor) peer.send(contactor);
      told = next;
    },
    tick(flow) {
      if (!about || !peer) return;
      // Where there is no voltage nothing flows: many steps make one tick.
      const live = flow.voltage.some((volts) => volts !== 0);
      idleMs += flow.dtMs;
      if (!live && idleMs < IDLE_TICK_MS) return;
      if (live && idleMs > flow.dtMs) {
        const rest = idleMs - flow.dtMs;
        const none = flow.voltage.map(() => 0);
        peer.send({ see: 'tick', seq: seq++, dtMs: rest, voltage: none, current: none });
      }
      const dtMs = live ? flow.dtMs : idleMs;
      peer.send({ see: 'tick', seq: seq++, dtMs, voltage: flow.voltage, current: flow.current });
      idleMs = 0;
    },
    order(order) {
      if (!about || !peer)
        return Promise.reject(new PortError('no-vehicle', 'no vehicle is connected to this EVSE'));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const cancel = options.clock.arm(ORDER_WITHIN, () => {
          waiting.delete(id);
          reject(new PortError('vehicle-silent', 'the vehicle does not answer'));
        });
        waiting.set(id, {
          resolve: () => {
            cancel();
            resolve();
          },
          reject: (error) => {
            cancel();
            reject(error);
          },
        });
        peer?.send({ see: 'order', id, ...order });
      });
    },
    get vehicle() {
      return about;
    },
    close: () => server.close(),
  };
}
