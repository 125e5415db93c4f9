import {
  currentForDuty,
  type PilotOutput,
  type PilotState,
  type RigFault,
} from '@kerbside/charging';
import { DcSupply } from './dc-supply.ts';
import { measuredPilot, PILOT_VOLTS } from './control-pilot.ts';
import { Contactor, LockMotor } from './switch-gear.ts';

/** Without a heartbeat for this long the board opens the contactor. */
export const WATCHDOG_MS = 1000;
const INSULATION_MS = 1200;
const AC_VOLTS = 230;
/** A car that is no process closes its contactor when more than pre-charge current is set. */
const PRE_CHARGE_AMPS = 2;
const DEFAULT_LIMIT = 16;
const NORMAL_CELSIUS = 31;
const HOT_CELSIUS = 90;

/** What flowed during one step; meter and vehicle count these very numbers. */
export interface Flow {
  readonly dtMs: number;
  readonly voltage: readonly number[];
  readonly current: readonly number[];
}

/** The vehicle at the end of the cable, as far as the hardware feels it. */
export interface Inlet {
  plugged: boolean;
  resistor: 'B' | 'C' | 'D';
  cableRating: number | undefined;
  /** Set by a vehicle process; without one the load follows the offer. */
  load: readonly number[] | undefined;
  battery: { readonly voltage: number; readonly closed: boolean } | undefined;
}

const emptyInlet = (): Inlet => ({
  plugged: false,
  resistor: 'B',
  cableRating: undefined,
  load: undefined,
  battery: undefined,
});

/** The hardware of one EVSE as a physical model; time comes in by `step`. */
export class Plant {
  readonly contactor = new Contactor();
  readonly lock = new LockMotor();
  readonly supply = new DcSupply();
  readonly faults = new Set<RigFault>();
  readonly phases: 1 | 3;
  /** What the outlet can do. */
  outlet: 'AC' | 'DC' | 'AC+DC';
  /** What it does, or did last. */
  kind: 'AC' | 'DC';
  inlet = emptyInlet();
  output: PilotOutput = 'X1';
  held: 'E' | 'F' | undefined;
  limit = DEFAULT_LIMIT;
  /** The import register in watt-seconds: it only ever grows. */
  energyWs: number;
  watchdogTrips = 0;
  flow: Flow = { dtMs: 0, voltage: [], current: [] };
  #sinceBeat = Infinity;
  #measuringFor: number | undefined;
  #insulationResult: 'valid' | 'fault' | undefined;

  constructor(options: { kind: 'AC' | 'DC' | 'AC+DC'; phases?: 1 | 3; energyWh?: number }) {
    this.outlet = options.kind;
    this.kind = options.kind === 'DC' ? 'DC' : 'AC';
    this.phases = options.phases ?? 3;
    this.energyWs = (options.energyWh ?? 0) * 3600;
  }

  get pilot(): PilotState {
    return measuredPilot({
      output: this.output,
      plugged: this.inlet.plugged,
      resistor: this.inlet.resistor,
      short: this.faults.has('pilot-short'),
      held: this.held,
    });
  }

  get pilotVoltage(): number {
    return PILOT_VOLTS[this.pilot];
  }

  get celsius(): number {
    return this.faults.has('overheated') ? HOT_CELSIUS : NORMAL_CELSIUS;
  }

  get power(): number {
    return this.flow.voltage.reduce(
      (sum, volts, index) => sum + volts * (this.flow.current[index] ?? 0),
      0,
    );
  }

  get chargerAlive(): boolean {
    return this.#sinceBeat <= WATCHDOG_MS;
  }

  beat(): void {
    this.#sinceBeat = 0;
  }

  /** The charger's link is gone: as if the heartbeat had stopped a second ago. */
  chargerGone(): void {
    if (this.#sinceBeat !== Infinity) this.#trip();
    this.#sinceBeat = Infinity;
  }

  unplug(): void {
    this.inlet = emptyInlet();
    this.held = undefined;
  }

  setFault(fault: RigFault, active: boolean): void {
    if (active) this.faults.add(fault);
    else this.faults.delete(fault);
    this.contactor.stuckOpen = this.faults.has('contactor-stuck-open');
    this.contactor.welded = this.faults.has('contactor-welded');
    this.lock.broken = this.faults.has('lock-failed');
    this.supply.failed = this.faults.has('supply-failed');
    // The button breaks the contactor's coil current itself.
    if (this.faults.has('emergency-stop')) this.#open();
  }

  /** Only one of two contactors may be closed: the other output is refused until this one is open. */
  close(output: 'AC' | 'DC' = this.kind): void {
    if (!this.chargerAlive || this.faults.has('emergency-stop')) return;
    if (this.outlet !== 'AC+DC' && output !== this.outlet) return;
    if (output !== this.kind && (this.contactor.conducts || this.supply.live)) return;
    this.kind = output;
    this.contactor.order('closed');
  }

  open(): void {
    this.contactor.order('open');
  }

  measureInsulation(on: boolean): void {
    this.#measuringFor = on ? 0 : undefined;
  }

  /** The result of a measurement, once. */
  takeInsulationResult(): 'valid' | 'fault' | undefined {
    const result = this.#insulationResult;
    this.#insulationResult = undefined;
    return result;
  }

  step(dtMs: number): void {
    if (this.#sinceBeat !== Infinity) {
      this.#sinceBeat += dtMs;
      if (!this.chargerAlive) {
        this.#sinceBeat = Infinity;
        this.#trip();
      }
    }
    this.contactor.step(dtMs);
    this.lock.step(dtMs);
    this.#stepInsulation(dtMs);
    this.flow = this.kind === 'DC' ? this.#stepDc(dtMs) : this.#stepAc(dtMs);
    this.energyWs += (this.power * dtMs) / 1000;
  }

  #open(): void {
    this.contactor.order('open');
    this.supply.off();
  }

  #trip(): void {
    if (this.contactor.ordered === 'closed') this.watchdogTrips++;
    // Nobody stands behind the offer any more.
    if (typeof this.output !== 'string') this.output = 'X1';
    this.#open();
  }

  #stepInsulation(dtMs: number): void {
    if (this.#measuringFor === undefined) return;
    this.#measuringFor += dtMs;
    if (this.#measuringFor < INSULATION_MS) return;
    this.#measuringFor = undefined;
    this.#insulationResult = this.faults.has('insulation-fault') ? 'fault' : 'valid';
  }

  #stepAc(dtMs: number): Flow {
    const conductors = Array.from({ length: this.phases });
    const live = this.contactor.conducts;
    const drawn = live && this.inlet.plugged ? (this.inlet.load ?? this.#offered()) : [];
    return {
      dtMs,
      voltage: conductors.map(() => (live ? AC_VOLTS : 0)),
      current: conductors.map((_, index) => drawn[index] ?? 0),
    };
  }

  /** A car that is no process takes what it is offered while it is in state C or D. */
  #offered(): readonly number[] {
    const { resistor, cableRating } = this.inlet;
    if (resistor === 'B' || typeof this.output === 'string') return [];
    const byDuty = currentForDuty(this.output.dutyPercent);
    // At 5 % the limit is told over V2G; the charger tells it to the board too.
    const offer = this.output.dutyPercent < 8 ? this.limit : byDuty;
    const current = Math.min(offer, cableRating ?? Infinity);
    return [current, current, current];
  }

  #stepDc(dtMs: number): Flow {
    const { battery, plugged, load } = this.inlet;
    const joined = this.contactor.conducts && plugged;
    const set = this.supply.setPoint;
    this.supply.step(dtMs, {
      battery: joined && battery?.closed ? battery.voltage : undefined,
      follows:
        joined &&
        battery === undefined &&
        load === undefined &&
        (set?.current ?? 0) > PRE_CHARGE_AMPS,
    });
    return { dtMs, voltage: [this.supply.voltage], current: [this.supply.current] };
  }
}
