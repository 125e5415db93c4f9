/** Output voltage at which what is left can harm nobody. */
const SAFE_VOLTS = 1;

export interface DcLoad {
  /** Battery behind the closed contactors of charger and vehicle; undefined: nothing draws. */
  readonly battery: number | undefined;
  /** A load without a battery model follows the set point. */
  readonly follows: boolean;
}

/** A DC supply: voltage and current move by ramps, the output capacitance discharges through a resistor. */
export class DcSupply {
  static readonly LIMITS = {
    minVoltage: 150,
    maxVoltage: 1000,
    minCurrent: 0,
    maxCurrent: 200,
    maxPower: 60_000,
  } as const;
  static readonly VOLTS_PER_MS = 1;
  static readonly AMPS_PER_MS = 0.2;
  static readonly DISCHARGE_MS = 150;
  /** Resistance of battery and cable: it lifts the voltage above the battery's by current. */
  static readonly OHM = 0.05;
  #set: { voltage: number; current: number } | undefined;
  voltage = 0;
  current = 0;
  failed = false;

  set(voltage: number, current: number): void {
    const { maxVoltage, maxCurrent, maxPower } = DcSupply.LIMITS;
    const limited = Math.min(voltage, maxVoltage);
    const byPower = limited > 0 ? maxPower / limited : maxCurrent;
    this.#set = { voltage: limited, current: Math.min(current, maxCurrent, byPower) };
  }

  off(): void {
    this.#set = undefined;
  }

  get live(): boolean {
    return this.#set !== undefined || this.voltage > SAFE_VOLTS;
  }

  get setPoint(): { readonly voltage: number; readonly current: number } | undefined {
    return this.#set;
  }

  step(dtMs: number, load: DcLoad): void {
    const set = this.failed ? undefined : this.#set;
    const draws = set !== undefined && (load.battery !== undefined || load.follows);
    const wanted = draws && set ? this.#drawable(set, load) : 0;
    this.current = towards(this.current, wanted, DcSupply.AMPS_PER_MS * dtMs);
    if (!draws) this.current = 0;
    if (load.battery !== undefined) this.voltage = load.battery + this.current * DcSupply.OHM;
    else if (set) this.voltage = towards(this.voltage, set.voltage, DcSupply.VOLTS_PER_MS * dtMs);
    else this.voltage *= Math.exp(-dtMs / DcSupply.DISCHARGE_MS);
    if (!set && load.battery === undefined && this.voltage < SAFE_VOLTS) this.voltage = 0;
  }

  /** A battery takes current only where the set voltage lies above its own. */
  #drawable(set: { voltage: number; current: number }, load: DcLoad): number {
    if (load.battery === undefined) return set.current;
    return Math.max(0, Math.min(set.current, (set.voltage - load.battery) / DcSupply.OHM));
  }
}

const towards = (value: number, target: number, by: number): number =>
  value < target ? Math.min(target, value + by) : Math.max(target, value - by);
