import type { BenchEvse, BenchState, BenchVehicle } from '@kerbside/contracts';
import type { RigFault, RigState } from '@kerbside/charging';
import { PortError } from '@kerbside/kernel';
import { notFound, ProblemError } from '../http/problem.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { RigRefused, type RigClient, type RigRequest } from './rig-client.ts';

const kinds = { basic: 'basic', 'iso2-ac': 'ac', 'iso2-dc': 'dc' } as const;

function toBenchEvse(state: RigState): BenchEvse {
  const { vehicle } = state;
  return {
    id: state.evse,
    rig: true,
    vehicle: vehicle !== undefined,
    plugged: state.plugged,
    faults: [...state.faults],
    ...(vehicle?.phase === undefined ? {} : { vehicleState: vehicle.phase }),
    ...(vehicle?.soc === undefined ? {} : { soc: vehicle.soc }),
    ...(vehicle?.energyWh === undefined ? {} : { energyWh: vehicle.energyWh }),
  };
}

/** The bench panel's way to the rig. The charger itself simulates nothing: it only passes requests on. */
export class BenchService {
  readonly #rig: RigClient | undefined;
  readonly #evses: readonly number[];

  constructor(rig: RigClient | undefined, evses: readonly number[], hub: LiveHub) {
    this.#rig = rig;
    this.#evses = evses;
    if (!rig) return;
    hub.provide('bench', () => this.state());
    rig.onChange(() => hub.publish('bench', this.state()));
  }

  state(): BenchState {
    const states = new Map(this.#rig?.states().map((state) => [state.evse, state]));
    return {
      evses: this.#evses.map((id) => {
        const state = states.get(id);
        return state
          ? toBenchEvse(state)
          : { id, rig: false, vehicle: false, plugged: false, faults: [] };
      }),
    };
  }

  pilot(evse: number, state: 'A' | 'B' | 'C' | 'D' | 'E' | 'F'): Promise<void> {
    return this.#request(evse, { do: 'pilot', evse, state });
  }

  token(evse: number, idToken: string): Promise<void> {
    return this.#request(evse, { do: 'token', evse, idToken });
  }

  fault(evse: number, fault: RigFault, active: boolean): Promise<void> {
    return this.#request(evse, { do: 'fault', evse, fault, active });
  }

  vehicle(evse: number, order: BenchVehicle): Promise<void> {
    if (order.action !== 'plug-in')
      return this.#request(evse, { do: 'vehicle', evse, order: order.action });
    return this.#request(evse, {
      do: 'vehicle',
      evse,
      order: 'plug-in',
      kind: kinds[order.kind],
      batteryWh: order.batteryWh,
      soc: order.soc,
      ...(order.energyWh === undefined ? {} : { energyWh: order.energyWh }),
    });
  }

  async #request(evse: number, request: RigRequest): Promise<void> {
    if (!this.#evses.includes(evse)) throw notFound(`EVSE ${evse}`);
    if (!this.#rig) throw new PortError('bench.no-rig', 'This charger has no rig.');
    try {
      await this.#rig.request(request);
    } catch (error) {
      if (!(error instanceof RigRefused)) throw error;
      throw new ProblemError(409, error.code, 'The rig refuses', { detail: error.message });
    }
  }

  close(): void {
    this.#rig?.close();
  }
}
