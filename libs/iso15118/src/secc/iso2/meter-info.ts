import type { MeterInfoType } from '../../messages/iso2/iso2.ts';
import type { EvseView } from '../../ports.ts';

/** The meter's register, whole watt-hours; nothing where the meter does not answer. ISO 15118-2 8.5.2.27 */
export function meterInfo(facts: EvseView, wall: number): { MeterInfo?: MeterInfoType } {
  if (!facts.meter) return {};
  return {
    MeterInfo: {
      MeterID: facts.meter.id.slice(0, 32),
      MeterReading: BigInt(Math.max(0, Math.floor(facts.meter.energy))),
      TMeter: BigInt(Math.floor(wall / 1000)),
    },
  };
}
