import { type Infer, list, sequence, xs } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { identifierType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { currencyType } from './absolute-price-schedule.ts';

const evPowerScheduleEntry = sequence({ Duration: xs.unsignedInt, Power: RationalNumberType });
export interface EVPowerScheduleEntryType extends Infer<typeof evPowerScheduleEntry> {}
export const EVPowerScheduleEntryType = commonMessages.complexType<EVPowerScheduleEntryType>(
  'EVPowerScheduleEntryType',
  evPowerScheduleEntry,
);

const evPowerScheduleEntryList = sequence({
  EVPowerScheduleEntry: list(EVPowerScheduleEntryType, { max: 1024 }),
});
export interface EVPowerScheduleEntryListType extends Infer<typeof evPowerScheduleEntryList> {}
export const EVPowerScheduleEntryListType =
  commonMessages.complexType<EVPowerScheduleEntryListType>(
    'EVPowerScheduleEntryListType',
    evPowerScheduleEntryList,
  );

const evPowerSchedule = sequence({
  TimeAnchor: xs.unsignedLong,
  EVPowerScheduleEntries: EVPowerScheduleEntryListType,
});
export interface EVPowerScheduleType extends Infer<typeof evPowerSchedule> {}
export const EVPowerScheduleType = commonMessages.complexType<EVPowerScheduleType>(
  'EVPowerScheduleType',
  evPowerSchedule,
);

const evPriceRule = sequence({
  EnergyFee: RationalNumberType,
  PowerRangeStart: RationalNumberType,
});
export interface EVPriceRuleType extends Infer<typeof evPriceRule> {}
export const EVPriceRuleType = commonMessages.complexType<EVPriceRuleType>(
  'EVPriceRuleType',
  evPriceRule,
);

const evPriceRuleStack = sequence({
  Duration: xs.unsignedInt,
  EVPriceRule: list(EVPriceRuleType, { max: 8 }),
});
export interface EVPriceRuleStackType extends Infer<typeof evPriceRuleStack> {}
export const EVPriceRuleStackType = commonMessages.complexType<EVPriceRuleStackType>(
  'EVPriceRuleStackType',
  evPriceRuleStack,
);

const evPriceRuleStackList = sequence({
  EVPriceRuleStack: list(EVPriceRuleStackType, { max: 1024 }),
});
export interface EVPriceRuleStackListType extends Infer<typeof evPriceRuleStackList> {}
export const EVPriceRuleStackListType = commonMessages.complexType<EVPriceRuleStackListType>(
  'EVPriceRuleStackListType',
  evPriceRuleStackList,
);

const evAbsolutePriceSchedule = sequence({
  TimeAnchor: xs.unsignedLong,
  Currency: currencyType,
  PriceAlgorithm: identifierType,
  EVPriceRuleStacks: EVPriceRuleStackListType,
});
export interface EVAbsolutePriceScheduleType extends Infer<typeof evAbsolutePriceSchedule> {}
export const EVAbsolutePriceScheduleType = commonMessages.complexType<EVAbsolutePriceScheduleType>(
  'EVAbsolutePriceScheduleType',
  evAbsolutePriceSchedule,
);

const evEnergyOffer = sequence({
  EVPowerSchedule: EVPowerScheduleType,
  EVAbsolutePriceSchedule: EVAbsolutePriceScheduleType,
});
export interface EVEnergyOfferType extends Infer<typeof evEnergyOffer> {}
export const EVEnergyOfferType = commonMessages.complexType<EVEnergyOfferType>(
  'EVEnergyOfferType',
  evEnergyOffer,
);
