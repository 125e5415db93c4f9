import {
  enumeration,
  extension,
  type Infer,
  list,
  optional,
  restriction,
  sequence,
  xs,
} from '@kerbside/exi';
import { SAIDType } from './identifiers.ts';
import { msgDataTypes } from './namespaces.ts';
import { unitMultiplierType } from './physical-value.ts';
import { EntryType } from './time-interval.ts';

export const PMaxType = msgDataTypes.simpleType('PMaxType', restriction(xs.short), { unit: 'W' });
export type PMaxType = Infer<typeof PMaxType>;

export const costKindType = msgDataTypes.simpleType(
  'costKindType',
  enumeration('relativePricePercentage', 'RenewableGenerationPercentage', 'CarbonDioxideEmission'),
);
export type costKindType = Infer<typeof costKindType>;

export const tariffDescriptionType = msgDataTypes.simpleType(
  'tariffDescriptionType',
  restriction(xs.string, { maxLength: 32 }),
);
export type tariffDescriptionType = Infer<typeof tariffDescriptionType>;

const cost = sequence({
  costKind: costKindType,
  amount: xs.unsignedInt,
  amountMultiplier: optional(unitMultiplierType),
});
export interface CostType extends Infer<typeof cost> {}
export const CostType = msgDataTypes.complexType<CostType>('CostType', cost);

const consumptionCost = sequence({
  startValue: xs.unsignedInt,
  Cost: list(CostType, { min: 0, max: Infinity }),
});
export interface ConsumptionCostType extends Infer<typeof consumptionCost> {}
export const ConsumptionCostType = msgDataTypes.complexType<ConsumptionCostType>(
  'ConsumptionCostType',
  consumptionCost,
);

const salesTariffEntry = extension(EntryType, {
  EPriceLevel: xs.unsignedByte,
  ConsumptionCost: list(ConsumptionCostType, { min: 0, max: Infinity }),
});
export interface SalesTariffEntryType extends Infer<typeof salesTariffEntry> {}
export const SalesTariffEntryType = msgDataTypes.complexType<SalesTariffEntryType>(
  'SalesTariffEntryType',
  salesTariffEntry,
);

const pMaxScheduleEntry = extension(EntryType, { PMax: PMaxType });
export interface PMaxScheduleEntryType extends Infer<typeof pMaxScheduleEntry> {}
export const PMaxScheduleEntryType = msgDataTypes.complexType<PMaxScheduleEntryType>(
  'PMaxScheduleEntryType',
  pMaxScheduleEntry,
);

export const Entry = msgDataTypes.substitutionGroup(msgDataTypes.element('Entry', EntryType), {
  SalesTariffEntry: SalesTariffEntryType,
  PMaxScheduleEntry: PMaxScheduleEntryType,
});

const salesTariff = sequence(
  {
    SalesTariffID: SAIDType,
    SalesTariffDescription: optional(tariffDescriptionType),
    NumEPriceLevels: xs.unsignedByte,
    SalesTariffEntry: list(SalesTariffEntryType, { max: Infinity }),
  },
  { Id: xs.IDREF },
);
export interface SalesTariffType extends Infer<typeof salesTariff> {}
export const SalesTariffType = msgDataTypes.complexType<SalesTariffType>(
  'SalesTariffType',
  salesTariff,
);
