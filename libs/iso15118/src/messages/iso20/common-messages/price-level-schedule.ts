import { extension, type Infer, list, optional, sequence, xs } from '@kerbside/exi';
import { descriptionType, numericIDType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';

const priceSchedule = sequence({
  TimeAnchor: xs.unsignedLong,
  PriceScheduleID: numericIDType,
  PriceScheduleDescription: optional(descriptionType),
});
export interface PriceScheduleType extends Infer<typeof priceSchedule> {}
export const PriceScheduleType = commonMessages.complexType<PriceScheduleType>(
  'PriceScheduleType',
  priceSchedule,
  { abstract: true },
);

const priceLevelScheduleEntry = sequence({ Duration: xs.unsignedInt, PriceLevel: xs.unsignedByte });
export interface PriceLevelScheduleEntryType extends Infer<typeof priceLevelScheduleEntry> {}
export const PriceLevelScheduleEntryType = commonMessages.complexType<PriceLevelScheduleEntryType>(
  'PriceLevelScheduleEntryType',
  priceLevelScheduleEntry,
);

const priceLevelScheduleEntryList = sequence({
  PriceLevelScheduleEntry: list(PriceLevelScheduleEntryType, { max: 1024 }),
});
export interface PriceLevelScheduleEntryListType extends Infer<
  typeof priceLevelScheduleEntryList
> {}
export const PriceLevelScheduleEntryListType =
  commonMessages.complexType<PriceLevelScheduleEntryListType>(
    'PriceLevelScheduleEntryListType',
    priceLevelScheduleEntryList,
  );

const priceLevelSchedule = extension(
  PriceScheduleType,
  {
    NumberOfPriceLevels: xs.unsignedByte,
    PriceLevelScheduleEntries: PriceLevelScheduleEntryListType,
  },
  { Id: optional(xs.ID) },
);
export interface PriceLevelScheduleType extends Infer<typeof priceLevelSchedule> {}
export const PriceLevelScheduleType = commonMessages.complexType<PriceLevelScheduleType>(
  'PriceLevelScheduleType',
  priceLevelSchedule,
);
