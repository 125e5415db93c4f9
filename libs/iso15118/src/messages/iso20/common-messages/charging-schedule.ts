import { choice, type Infer, optional, sequence } from '@kerbside/exi';
import { numericIDType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { AbsolutePriceScheduleType } from './absolute-price-schedule.ts';
import { PowerScheduleType } from './power-schedule.ts';
import { PriceLevelScheduleType } from './price-level-schedule.ts';

const chargingSchedule = sequence({
  PowerSchedule: PowerScheduleType,
  priceSchedule: optional(
    choice({
      AbsolutePriceSchedule: AbsolutePriceScheduleType,
      PriceLevelSchedule: PriceLevelScheduleType,
    }),
  ),
});
export type ChargingScheduleType = Infer<typeof chargingSchedule>;
export const ChargingScheduleType = commonMessages.complexType<ChargingScheduleType>(
  'ChargingScheduleType',
  chargingSchedule,
);

const scheduleTuple = sequence({
  ScheduleTupleID: numericIDType,
  ChargingSchedule: ChargingScheduleType,
  DischargingSchedule: optional(ChargingScheduleType),
});
export interface ScheduleTupleType extends Infer<typeof scheduleTuple> {}
export const ScheduleTupleType = commonMessages.complexType<ScheduleTupleType>(
  'ScheduleTupleType',
  scheduleTuple,
);
