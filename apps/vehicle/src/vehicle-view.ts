import { amps, percent, volts, watts, type Amps } from '@kerbside/kernel';
import type { VehicleView } from '@kerbside/iso15118';
import type { Battery } from './battery.ts';
import type { StayPlan } from './stay-plan.ts';

/** Per phase: an on-board charger of 11 kW. */
export const ONBOARD_AMPS = amps(16);
/** DC: what the inlet and the car's cables stand. */
export const DC_MAX_AMPS = amps(200);
const MIN_AC_AMPS = amps(6);
const DC_MAX_VOLTS = volts(450);
const AC_MAX_VOLTS = volts(400);

/** The car as its EVCC sees it; `target` is what the battery takes now, on DC. */
export function vehicleView(
  kind: StayPlan['kind'],
  battery: Battery,
  wantsEnergy: boolean,
  target: Amps,
): VehicleView {
  const dc = kind === 'dc';
  const highest = volts(Math.min(DC_MAX_VOLTS, battery.voltage + 10));
  return {
    soc: percent(battery.soc),
    wantsEnergy,
    energyWanted: battery.left,
    capacity: battery.capacity,
    maxVoltage: dc ? DC_MAX_VOLTS : AC_MAX_VOLTS,
    maxCurrent: dc ? DC_MAX_AMPS : ONBOARD_AMPS,
    minCurrent: dc ? amps(0) : MIN_AC_AMPS,
    maxPower: watts(dc ? DC_MAX_AMPS * DC_MAX_VOLTS : ONBOARD_AMPS * 230 * 3),
    batteryVoltage: battery.voltage,
    target: { voltage: highest, current: target },
  };
}
