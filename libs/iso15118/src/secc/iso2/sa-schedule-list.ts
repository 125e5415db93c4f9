import type { EnergyTransferModeType, SAScheduleListType } from '../../messages/iso2/iso2.ts';
import { physicalValue } from '../../iso2/physical-value.ts';
import { SCHEDULE_TUPLE_ID, type SeccConfig } from '../config.ts';
import type { EvseView } from '../../ports.ts';
import { isDc } from '../session.ts';

const DAY_SECONDS = 86_400;

/** The power that the EVSE can give in this mode now, in watts. */
export function offeredPower(
  mode: EnergyTransferModeType,
  config: SeccConfig,
  facts: EvseView,
): number {
  if (isDc(mode)) return facts.supply?.maxPower ?? 0;
  const phases = mode === 'AC_single_phase_core' ? 1 : 3;
  return phases * config.nominalVoltage * facts.maxCurrent;
}

/** One schedule of one entry: all that the EVSE has, from now until departure or for a day. ISO 15118-2 8.5.2.8 */
export function saScheduleList(
  pMax: number,
  departureTime: number | undefined,
): SAScheduleListType {
  const duration = departureTime ? Math.min(departureTime, DAY_SECONDS) : DAY_SECONDS;
  return {
    SAScheduleTuple: [
      {
        SAScheduleTupleID: SCHEDULE_TUPLE_ID,
        PMaxSchedule: {
          PMaxScheduleEntry: [
            { RelativeTimeInterval: { start: 0, duration }, PMax: physicalValue('W', pMax) },
          ],
        },
      },
    ],
  };
}
