import { type Infer, list, optional, sequence, xs } from '@kerbside/exi';
import { commonTypes } from '../namespaces.ts';
import { RationalNumberType } from './rational-number.ts';
import { numericIDType } from './simple-types.ts';

const detailedCost = sequence({ Amount: RationalNumberType, CostPerUnit: RationalNumberType });
export interface DetailedCostType extends Infer<typeof detailedCost> {}
export const DetailedCostType = commonTypes.complexType<DetailedCostType>(
  'DetailedCostType',
  detailedCost,
);

const detailedTax = sequence({ TaxRuleID: numericIDType, Amount: RationalNumberType });
export interface DetailedTaxType extends Infer<typeof detailedTax> {}
export const DetailedTaxType = commonTypes.complexType<DetailedTaxType>(
  'DetailedTaxType',
  detailedTax,
);

const receipt = sequence({
  TimeAnchor: xs.unsignedLong,
  EnergyCosts: optional(DetailedCostType),
  OccupancyCosts: optional(DetailedCostType),
  AdditionalServicesCosts: optional(DetailedCostType),
  OverstayCosts: optional(DetailedCostType),
  TaxCosts: list(DetailedTaxType, { min: 0, max: 10 }),
});
export interface ReceiptType extends Infer<typeof receipt> {}
export const ReceiptType = commonTypes.complexType<ReceiptType>('ReceiptType', receipt);
