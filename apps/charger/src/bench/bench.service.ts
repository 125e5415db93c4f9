import type { BenchEvse, BenchState, BenchVehicle } from '@kerbside/contracts';
import type { RigFault, RigState } from '@kerbside/charging';
import type { BenchLink } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { notFound, ProblemError } from '../http/problem.ts';
import type { LiveHub } from '../live/live-hub.ts';

type RigRequest = Parameters<BenchLink['request']>[0];

type PlugIn = BenchVehicle & { action: 'plug-in' };

const kinds = { basic: 'basic', 'iso2-ac': 'ac', 'iso2-dc': 'dc' } as const;

function toBenchEvse(state: RigState, order: PlugIn | undefined): BenchEvse {
  const { vehicle } = state;
  return {
    id: state.evse,
    rig: true,
    vehicle: vehicle !== undefined,
    plugged: state.plugged,
    faults: [...state.faults],
    ...(order && state.plugged ? { vehicleKind: order.kind, batteryWh: order.batteryWh } : {}),
    ...(vehicle?.phase === undefined ? {} : { vehicleState: vehicle.phase }),
    ...(vehicle?.soc === undefined ? {} : { soc: vehicle.soc }),
    ...(vehicle?.energyWh === undefined ? {} : { energyWh: vehicle.energyWh }),
  };
}

/** The bench panel's way to the rig. The charger itself simulates nothing: it only passes requests on. */
export class BenchService {
  readonly #rig: BenchLink | undefined;
  readonly #evses: readonly number[];
  readonly #states = new Map<number, RigState>();
  /** What the car that was last sent here is; the rig knows a plug only. */
  readonly #cars = new Map<number, PlugIn>();

  constructor(rig: BenchLink | undefined, evses: readonly number[], hub: LiveHub) {
    this.#rig = rig;
    this.#evses = evses;
    if (!rig) return;
    hub.provide('bench', () => this.state());
    rig.onState((state) => {
      this.#states.set(state.evse, state);
      hub.publish('bench', this.state());
    });
  }

  state(): BenchState {
    const connected = this.#rig?.connected ?? false;
    return {
      evses: this.#evses.map((id) => {
        const state = connected ? this.#states.get(id) : undefined;
        return state
          ? toBenchEvse(state, this.#cars.get(id))
          : { id, rig: connected, vehicle: false, plugged: false, faults: [] };
      }),
    };
  }

  pilot(evse: number, state: 'A' | 'B' | 'C' | 'D' | 'E' | 'F'): Promise<void> {
    // a foreign vehicle now
    this.#cars.delete(evse);
    return this.#request(evse, { do: 'pilot', evse, state });
  }

  token(evse: number, idToken: string): Promise<void> {
    return this.#request(evse, { do: 'token', evse, idToken });
  }

  fault(evse: number, fault: RigFault, active: boolean): Promise<void> {
    return this.#request(evse, { do: 'fault', evse, fault, active });
  }

  async vehicle(evse: number, order: BenchVehicle): Promise<void> {
    if (order.action !== 'plug-in')
      return this.#request(evse, { do: 'vehicle', evse, order: order.action });
    this.#cars.set(evse, order);
    await this.#request(evse, {
      do: 'vehicle',
      evse,
      order: 'plug-in',
      kind: kinds[order.kind],
      batteryWh: order.batteryWh,
      soc: order.soc,
      internet: order.internet,
      ...(order.energyWh === undefined ? {} : { energyWh: order.energyWh }),
    });
  }

  async #request(evse: number, request: RigRequest): Promise<void> {
    if (!this.#evses.includes(evse)) throw notFound(`EVSE ${evse}`);
    if (!this.#rig) throw new PortError('bench.no-rig', 'This charger has no rig.');
    try {
      await this.#rig.request(request);
    } catch (error) {
      // the rig's own refusal, such as no vehicle attached, is the caller's mistake, not a failure
      if (!(error instanceof PortError) || error.code.startsWith('rig.')) throw error;
      throw new ProblemError(409, error.code, 'The rig refuses', { detail: error.message });
    }
  }

  close(): void {
    this.#rig?.close();
  }
}
