import { type Infer, list, optional, sequence, xs } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { commonMessages } from '../namespaces.ts';

const powerScheduleEntry = sequence({
  Duration: xs.unsignedInt,
  Power: RationalNumberType,
  Power_L2: optional(RationalNumberType),
  Power_L3: optional(RationalNumberType),
});
export interface PowerScheduleEntryType extends Infer<typeof powerScheduleEntry> {}
export const PowerScheduleEntryType = commonMessages.complexType<PowerScheduleEntryType>(
  'PowerScheduleEntryType',
  powerScheduleEntry,
);

const powerScheduleEntryList = sequence({
  PowerScheduleEntry: list(PowerScheduleEntryType, { max: 1024 }),
});
export interface PowerScheduleEntryListType extends Infer<typeof powerScheduleEntryList> {}
export const PowerScheduleEntryListType = commonMessages.complexType<PowerScheduleEntryListType>(
  'PowerScheduleEntryListType',
  powerScheduleEntryList,
);

const powerSchedule = sequence({
  TimeAnchor: xs.unsignedLong,
  AvailableEnergy: optional(RationalNumberType),
  PowerTolerance: optional(RationalNumberType),
  PowerScheduleEntries: PowerScheduleEntryListType,
});
export interface PowerScheduleType extends Infer<typeof powerSchedule> {}
export const PowerScheduleType = commonMessages.complexType<PowerScheduleType>(
  'PowerScheduleType',
  powerSchedule,
);
