import { enumeration, type Infer, restriction, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

export const unitMultiplierType = msgDataTypes.simpleType(
  'unitMultiplierType',
  restriction(xs.byte, { minInclusive: -3, maxInclusive: 3 }),
);
export type unitMultiplierType = Infer<typeof unitMultiplierType>;

export const unitSymbolType = msgDataTypes.simpleType(
  'unitSymbolType',
  enumeration('h', 'm', 's', 'A', 'V', 'W', 'Wh'),
);
export type unitSymbolType = Infer<typeof unitSymbolType>;

export const percentValueType = msgDataTypes.simpleType(
  'percentValueType',
  restriction(xs.byte, { minInclusive: 0, maxInclusive: 100 }),
  { unit: '%' },
);
export type percentValueType = Infer<typeof percentValueType>;

const physicalValue = sequence({
  Multiplier: unitMultiplierType,
  Unit: unitSymbolType,
  Value: xs.short,
});
/** Value times ten to the power of Multiplier, in Unit. ISO 15118-2, 8.5.2 */
export interface PhysicalValueType extends Infer<typeof physicalValue> {}
export const PhysicalValueType = msgDataTypes.complexType<PhysicalValueType>(
  'PhysicalValueType',
  physicalValue,
);
