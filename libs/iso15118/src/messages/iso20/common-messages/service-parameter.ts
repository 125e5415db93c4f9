import { choice, type Infer, list, sequence, xs } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { nameType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { serviceIDType } from './service.ts';

const parameter = choice(
  {
    boolValue: xs.boolean,
    byteValue: xs.byte,
    shortValue: xs.short,
    intValue: xs.int,
    rationalNumber: RationalNumberType,
    finiteString: nameType,
  },
  { Name: nameType },
);
export type ParameterType = Infer<typeof parameter>;
export const ParameterType = commonMessages.complexType<ParameterType>('ParameterType', parameter);

const parameterSet = sequence({
  ParameterSetID: serviceIDType,
  Parameter: list(ParameterType, { max: 32 }),
});
export interface ParameterSetType extends Infer<typeof parameterSet> {}
export const ParameterSetType = commonMessages.complexType<ParameterSetType>(
  'ParameterSetType',
  parameterSet,
);

const serviceParameterList = sequence({ ParameterSet: list(ParameterSetType, { max: 32 }) });
export interface ServiceParameterListType extends Infer<typeof serviceParameterList> {}
export const ServiceParameterListType = commonMessages.complexType<ServiceParameterListType>(
  'ServiceParameterListType',
  serviceParameterList,
);
