import {
  amps,
  percent,
  volts,
  wattHours,
  type Amps,
  type Percent,
  type Volts,
  type WattHours,
} from '@kerbside/kernel';

export interface BatteryConfig {
  readonly capacity: WattHours;
  readonly soc: Percent;
  /** Energy to take in this stay; more never fits than the battery holds. */
  readonly energyWanted?: WattHours | undefined;
}

const EMPTY_VOLTS = 320;
const SPAN_VOLTS = 80;
/** Highest charge rate as a multiple of the capacity in an hour. */
const C_RATE = 1.5;
/** From here on the battery takes less and less. */
const TAPER_FROM = 80;
/** Share of the full rate that is left at 100 %. */
const TAPER_END = 0.05;

/** A battery with a charge curve that counts, step by step, what flows into the inlet. */
export class Battery {
  readonly capacity: WattHours;
  readonly wanted: WattHours;
  readonly #startWh: number;
  #joules = 0;

  constructor(config: BatteryConfig) {
    this.capacity = config.capacity;
    this.#startWh = (config.capacity * config.soc) / 100;
    const room = config.capacity - this.#startWh;
    this.wanted = wattHours(Math.min(config.energyWanted ?? room, room));
  }

  /** Energy taken in this stay: the sum of voltage x current x time over all steps. */
  get energy(): WattHours {
    return wattHours(this.#joules / 3600);
  }

  get soc(): Percent {
    return percent(Math.min(100, ((this.#startWh + this.energy) / this.capacity) * 100));
  }

  get full(): boolean {
    return this.energy >= this.wanted;
  }

  get left(): WattHours {
    return wattHours(Math.max(0, this.wanted - this.energy));
  }

  /** Open-circuit voltage at the terminals. */
  get voltage(): Volts {
    return volts(EMPTY_VOLTS + (SPAN_VOLTS * this.soc) / 100);
  }

  /** The direct current that the battery takes at its best now. */
  get maxCurrent(): Amps {
    const over = Math.max(0, this.soc - TAPER_FROM) / (100 - TAPER_FROM);
    const share = 1 - over * (1 - TAPER_END);
    return amps((this.capacity * C_RATE * share) / this.voltage);
  }

  /** One stretch of time with these voltages and currents, phase by phase. */
  absorb(voltage: readonly number[], current: readonly number[], dtMs: number): void {
    for (let phase = 0; phase < current.length; phase++) {
      this.#joules += ((voltage[phase] ?? 0) * (current[phase] ?? 0) * dtMs) / 1000;
    }
  }
}
