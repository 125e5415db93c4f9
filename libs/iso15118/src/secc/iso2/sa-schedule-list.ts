import { amps } from '@kerbside/kernel';
import type { EnergyTransferModeType, SAScheduleListType } from '../../messages/iso2/iso2.ts';
import { physicalValue } from '../../iso2/physical-value.ts';
import { SCHEDULE_TUPLE_ID, type SeccConfig } from '../config.ts';
import type { EvseView } from '../../ports.ts';
import type { AgreedSchedule } from '../paused-session.ts';
import { isDc } from '../session.ts';

/** Whole seconds to the end of a schedule. */
export const secondsLeft = ({ until }: Pick<AgreedSchedule, 'until'>, now: number): number =>
  Math.max(0, Math.floor((until - now) / 1000));

const DAY_SECONDS = 86_400;

const phasesOf = (mode: EnergyTransferModeType): 1 | 3 => (mode === 'AC_single_phase_core' ? 1 : 3);

/** The power that the EVSE can give in this mode now, in watts. */
export function offeredPower(
  mode: EnergyTransferModeType,
  config: SeccConfig,
  facts: EvseView,
): number {
  if (isDc(mode)) return facts.supply?.maxPower ?? 0;
  return phasesOf(mode) * config.nominalVoltage * facts.maxCurrent;
}

/** Least current that is ever offered to a car on AC. IEC 61851-1 */
const LEAST_AMPS = amps(6);

/** There is power in it that a car can take. */
export function feeds(
  { pMax }: Pick<AgreedSchedule, 'pMax'>,
  mode: EnergyTransferModeType,
  { nominalVoltage }: SeccConfig,
): boolean {
  return isDc(mode) ? pMax > 0 : pMax >= phasesOf(mode) * nominalVoltage * LEAST_AMPS;
}

/** From now until departure, or for a day. `now` is monotonic, `departureTime` in seconds from now. */
export function newSchedule(
  pMax: number,
  now: number,
  departureTime: number | undefined,
): AgreedSchedule {
  const duration = departureTime ? Math.min(departureTime, DAY_SECONDS) : DAY_SECONDS;
  return { pMax, until: now + duration * 1000 };
}

/** One schedule of one entry; of one that was agreed before, what is left of it. ISO 15118-2 8.5.2.8, [V2G2-741] */
export function saScheduleList({ pMax, until }: AgreedSchedule, now: number): SAScheduleListType {
  const duration = secondsLeft({ until }, now);
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
