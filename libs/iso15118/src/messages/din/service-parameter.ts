import { choice, enumeration, type Infer, list, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';

export const valueType = msgDataTypes.simpleType(
  'valueType',
  enumeration('bool', 'byte', 'short', 'int', 'physicalValue', 'string'),
);
export type valueType = Infer<typeof valueType>;

const parameter = choice(
  {
    boolValue: xs.boolean,
    byteValue: xs.byte,
    shortValue: xs.short,
    intValue: xs.int,
    physicalValue: PhysicalValueType,
    stringValue: xs.string,
  },
  { Name: xs.string, ValueType: valueType },
);
export type ParameterType = Infer<typeof parameter>;
export const ParameterType = msgDataTypes.complexType<ParameterType>('ParameterType', parameter);

const parameterSet = sequence({
  ParameterSetID: xs.short,
  Parameter: list(ParameterType, { max: Infinity }),
});
export interface ParameterSetType extends Infer<typeof parameterSet> {}
export const ParameterSetType = msgDataTypes.complexType<ParameterSetType>(
  'ParameterSetType',
  parameterSet,
);

const serviceParameterList = sequence({ ParameterSet: list(ParameterSetType, { max: Infinity }) });
export interface ServiceParameterListType extends Infer<typeof serviceParameterList> {}
export const ServiceParameterListType = msgDataTypes.complexType<ServiceParameterListType>(
  'ServiceParameterListType',
  serviceParameterList,
);
