import { amps, percent, volts, wattHours, watts } from '@kerbside/kernel';
import type { CarSide } from '../evcc/evcc.ts';
import type { CarOrder } from '../evcc/inputs.ts';
import type { VehicleView } from '../evcc/vehicle.ts';

export interface FakeCar extends CarSide {
  live: VehicleView;
  readonly orders: CarOrder[];
  /** Charge loop turns after which it has enough. */
  turns: number;
}

/** A car that wants power for a number of looks at it, and does as it is told. */
export function fakeCar(turns = 20): FakeCar {
  const orders: CarOrder[] = [];
  const car: FakeCar = {
    turns,
    orders,
    live: {
      soc: percent(40),
      wantsEnergy: true,
      energyWanted: wattHours(20_000),
      capacity: wattHours(60_000),
      maxVoltage: volts(400),
      maxCurrent: amps(32),
      minCurrent: amps(6),
      maxPower: watts(11_000),
      batteryVoltage: volts(360),
      target: { voltage: volts(365), current: amps(30) },
    },
    view() {
      const charging = orders.some(({ order }) => order === 'charge');
      if (charging) car.turns--;
      return { ...car.live, wantsEnergy: car.live.wantsEnergy && car.turns > 0 };
    },
    order: (order) => void orders.push(order),
  };
  return car;
}
