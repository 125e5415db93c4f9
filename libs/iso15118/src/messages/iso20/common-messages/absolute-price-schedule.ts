import { extension, type Infer, list, optional, restriction, sequence, xs } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import {
  descriptionType,
  identifierType,
  nameType,
  numericIDType,
} from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { PriceScheduleType } from './price-level-schedule.ts';

export const currencyType = commonMessages.simpleType(
  'currencyType',
  restriction(xs.string, { maxLength: 3 }),
);
export type currencyType = Infer<typeof currencyType>;

export const languageType = commonMessages.simpleType(
  'languageType',
  restriction(xs.string, { maxLength: 3 }),
);
export type languageType = Infer<typeof languageType>;

const taxRule = sequence({
  TaxRuleID: numericIDType,
  TaxRuleName: optional(nameType),
  TaxRate: RationalNumberType,
  TaxIncludedInPrice: optional(xs.boolean),
  AppliesToEnergyFee: xs.boolean,
  AppliesToParkingFee: xs.boolean,
  AppliesToOverstayFee: xs.boolean,
  AppliesMinimumMaximumCost: xs.boolean,
});
export interface TaxRuleType extends Infer<typeof taxRule> {}
export const TaxRuleType = commonMessages.complexType<TaxRuleType>('TaxRuleType', taxRule);

const taxRuleList = sequence({ TaxRule: list(TaxRuleType, { max: 10 }) });
export interface TaxRuleListType extends Infer<typeof taxRuleList> {}
export const TaxRuleListType = commonMessages.complexType<TaxRuleListType>(
  'TaxRuleListType',
  taxRuleList,
);

const priceRule = sequence({
  EnergyFee: RationalNumberType,
  ParkingFee: optional(RationalNumberType),
  ParkingFeePeriod: optional(xs.unsignedInt),
  CarbonDioxideEmission: optional(xs.unsignedShort),
  RenewableGenerationPercentage: optional(xs.unsignedByte),
  PowerRangeStart: RationalNumberType,
});
export interface PriceRuleType extends Infer<typeof priceRule> {}
export const PriceRuleType = commonMessages.complexType<PriceRuleType>('PriceRuleType', priceRule);

const priceRuleStack = sequence({
  Duration: xs.unsignedInt,
  PriceRule: list(PriceRuleType, { max: 8 }),
});
export interface PriceRuleStackType extends Infer<typeof priceRuleStack> {}
export const PriceRuleStackType = commonMessages.complexType<PriceRuleStackType>(
  'PriceRuleStackType',
  priceRuleStack,
);

const priceRuleStackList = sequence({ PriceRuleStack: list(PriceRuleStackType, { max: 1024 }) });
export interface PriceRuleStackListType extends Infer<typeof priceRuleStackList> {}
export const PriceRuleStackListType = commonMessages.complexType<PriceRuleStackListType>(
  'PriceRuleStackListType',
  priceRuleStackList,
);

const overstayRule = sequence({
  OverstayRuleDescription: optional(descriptionType),
  StartTime: xs.unsignedInt,
  OverstayFee: RationalNumberType,
  OverstayFeePeriod: xs.unsignedInt,
});
export interface OverstayRuleType extends Infer<typeof overstayRule> {}
export const OverstayRuleType = commonMessages.complexType<OverstayRuleType>(
  'OverstayRuleType',
  overstayRule,
);

const overstayRuleList = sequence({
  OverstayTimeThreshold: optional(xs.unsignedInt),
  OverstayPowerThreshold: optional(RationalNumberType),
  OverstayRule: list(OverstayRuleType, { max: 5 }),
});
export interface OverstayRuleListType extends Infer<typeof overstayRuleList> {}
export const OverstayRuleListType = commonMessages.complexType<OverstayRuleListType>(
  'OverstayRuleListType',
  overstayRuleList,
);

const additionalService = sequence({ ServiceName: nameType, ServiceFee: RationalNumberType });
export interface AdditionalServiceType extends Infer<typeof additionalService> {}
export const AdditionalServiceType = commonMessages.complexType<AdditionalServiceType>(
  'AdditionalServiceType',
  additionalService,
);

const additionalServiceList = sequence({
  AdditionalService: list(AdditionalServiceType, { max: 5 }),
});
export interface AdditionalServiceListType extends Infer<typeof additionalServiceList> {}
export const AdditionalServiceListType = commonMessages.complexType<AdditionalServiceListType>(
  'AdditionalServiceListType',
  additionalServiceList,
);

const absolutePriceSchedule = extension(
  PriceScheduleType,
  {
    Currency: currencyType,
    Language: languageType,
    PriceAlgorithm: identifierType,
    MinimumCost: optional(RationalNumberType),
    MaximumCost: optional(RationalNumberType),
    TaxRules: optional(TaxRuleListType),
    PriceRuleStacks: PriceRuleStackListType,
    OverstayRules: optional(OverstayRuleListType),
    AdditionalSelectedServices: optional(AdditionalServiceListType),
  },
  { Id: optional(xs.ID) },
);
export interface AbsolutePriceScheduleType extends Infer<typeof absolutePriceSchedule> {}
export const AbsolutePriceScheduleType = commonMessages.complexType<AbsolutePriceScheduleType>(
  'AbsolutePriceScheduleType',
  absolutePriceSchedule,
);
