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
import { PhysicalValueType, unitMultiplierType } from './physical-value.ts';
import { EntryType } from './time-interval.ts';

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
  startValue: PhysicalValueType,
  Cost: list(CostType, { max: 3 }),
});
export interface ConsumptionCostType extends Infer<typeof consumptionCost> {}
export const ConsumptionCostType = msgDataTypes.complexType<ConsumptionCostType>(
  'ConsumptionCostType',
  consumptionCost,
);

const salesTariffEntry = extension(EntryType, {
  EPriceLevel: optional(xs.unsignedByte),
  ConsumptionCost: list(ConsumptionCostType, { min: 0, max: 3 }),
});
export interface SalesTariffEntryType extends Infer<typeof salesTariffEntry> {}
export const SalesTariffEntryType = msgDataTypes.complexType<SalesTariffEntryType>(
  'SalesTariffEntryType',
  salesTariffEntry,
);

const pMaxScheduleEntry = extension(EntryType, { PMax: PhysicalValueType });
export interface PMaxScheduleEntryType extends Infer<typeof pMaxScheduleEntry> {}
export const PMaxScheduleEntryType = msgDataTypes.complexType<PMaxScheduleEntryType>(
  'PMaxScheduleEntryType',
  pMaxScheduleEntry,
);

export const Entry = msgDataTypes.substitutionGroup(
  msgDataTypes.element('Entry', EntryType, { abstract: true }),
  { SalesTariffEntry: SalesTariffEntryType, PMaxScheduleEntry: PMaxScheduleEntryType },
);

const salesTariff = sequence(
  {
    SalesTariffID: SAIDType,
    SalesTariffDescription: optional(tariffDescriptionType),
    NumEPriceLevels: optional(xs.unsignedByte),
    SalesTariffEntry: list(SalesTariffEntryType, { max: 1024 }),
  },
  { Id: optional(xs.ID) },
);
export interface SalesTariffType extends Infer<typeof salesTariff> {}
export const SalesTariffType = msgDataTypes.complexType<SalesTariffType>(
  'SalesTariffType',
  salesTariff,
);
