import { join } from 'node:path';
import type { BenchRequest, RigState } from '@kerbside/charging';
import { type Clock, type Logger, unreachable } from '@kerbside/kernel';
import { Plant } from './model/plant.ts';
import { serveBoard } from './servers/board-server.ts';
import { serveInlet } from './servers/inlet-server.ts';
import { serveMeter } from './servers/meter-server.ts';

type EvseRequest = Exclude<BenchRequest, { do: 'state' | 'subscribe' }>;

/** One EVSE of the rig: its model and the sockets around it. */
export interface RigEvse {
  readonly plant: Plant;
  /** Advances the model by one step and tells everybody. */
  step(dtMs: number): void;
  state(): RigState;
  perform(request: EvseRequest): Promise<void>;
  close(): Promise<void>;
}

export interface RigEvseOptions {
  readonly evse: number;
  readonly directory: string;
  readonly kind: 'AC' | 'DC' | 'AC+DC';
  readonly meterPort: number | undefined;
  readonly energyWh: number;
  readonly stepMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export async function openRigEvse(options: RigEvseOptions): Promise<RigEvse> {
  const { evse, directory, clock, log, stepMs } = options;
  const plant = new Plant({ kind: options.kind, energyWh: options.energyWh });
  const changed = (): void => {
    board.publish();
    inlet.publish();
  };
  const board = await serveBoard({
    path: join(directory, `board-${evse}.sock`),
    evse,
    plant,
    clock,
    changed: () => changed(),
    log,
  });
  const inlet = await serveInlet({
    path: join(directory, `pilot-${evse}.sock`),
    evse,
    stepMs,
    plant,
    clock,
    changed: () => changed(),
    presentToken: (idToken) => board.presentToken(idToken),
    log,
  });
  const meter =
    options.meterPort === undefined
      ? undefined
      : await serveMeter({ port: options.meterPort, plant });

  async function perform(request: EvseRequest): Promise<void> {
    switch (request.do) {
      case 'plug-in':
        plant.unplug();
        plant.inlet.plugged = true;
        plant.inlet.cableRating = request.cableRating;
        break;
      case 'unplug':
        plant.unplug();
        break;
      case 'pilot':
        setPilot(request.state);
        break;
      case 'token':
        return board.presentToken(request.idToken);
      case 'fault':
        plant.setFault(request.fault, request.active);
        break;
      case 'vehicle': {
        const { do: _do, id: _id, evse: _evse, ...order } = request;
        return inlet.order(order);
      }
      default:
        unreachable(request);
    }
    changed();
  }

  function setPilot(state: RigState['pilot']): void {
    if (state === 'A') plant.unplug();
    else if (state === 'E' || state === 'F') plant.held = state;
    else {
      plant.held = undefined;
      plant.inlet.plugged = true;
      plant.inlet.resistor = state;
    }
  }

  return {
    plant,
    step(dtMs) {
      plant.step(dtMs);
      inlet.tick(plant.flow);
      changed();
    },
    state: () => ({
      evse,
      pilot: plant.pilot,
      pilotVoltage: plant.pilotVoltage,
      output: typeof plant.output === 'string' ? plant.output : 'duty',
      ...(typeof plant.output !== 'string' && { dutyPercent: plant.output.dutyPercent }),
      plugged: plant.inlet.plugged,
      ...(plant.inlet.cableRating !== undefined && { cableRating: plant.inlet.cableRating }),
      contactor: plant.contactor.state,
      lock: plant.lock.state,
      charger: plant.chargerAlive,
      watchdogTrips: plant.watchdogTrips,
      energyWh: plant.energyWs / 3600,
      power: plant.power,
      voltage: plant.flow.voltage,
      current: plant.flow.current,
      faults: [...plant.faults],
      ...(inlet.vehicle && { vehicle: inlet.vehicle }),
    }),
    perform,
    async close() {
      await Promise.all([board.close(), inlet.close(), meter?.close()]);
    },
  };
}
