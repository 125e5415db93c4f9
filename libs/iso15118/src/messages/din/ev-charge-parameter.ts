import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { DC_EVStatusType } from './ev-status.ts';
import { msgDataTypes } from './namespaces.ts';
import { percentValueType, PhysicalValueType } from './physical-value.ts';

const evChargeParameter = sequence({});
export interface EVChargeParameterType extends Infer<typeof evChargeParameter> {}
export const EVChargeParameterType = msgDataTypes.complexType<EVChargeParameterType>(
  'EVChargeParameterType',
  evChargeParameter,
  { abstract: true },
);

const acEVChargeParameter = sequence({
  DepartureTime: xs.unsignedInt,
  EAmount: PhysicalValueType,
  EVMaxVoltage: PhysicalValueType,
  EVMaxCurrent: PhysicalValueType,
  EVMinCurrent: PhysicalValueType,
});
export interface AC_EVChargeParameterType extends Infer<typeof acEVChargeParameter> {}
export const AC_EVChargeParameterType = msgDataTypes.complexType<AC_EVChargeParameterType>(
  'AC_EVChargeParameterType',
  acEVChargeParameter,
);

const dcEVChargeParameter = sequence({
  DC_EVStatus: DC_EVStatusType,
  EVMaximumCurrentLimit: PhysicalValueType,
  EVMaximumPowerLimit: optional(PhysicalValueType),
  EVMaximumVoltageLimit: PhysicalValueType,
  EVEnergyCapacity: optional(PhysicalValueType),
  EVEnergyRequest: optional(PhysicalValueType),
  FullSOC: optional(percentValueType),
  BulkSOC: optional(percentValueType),
});
export interface DC_EVChargeParameterType extends Infer<typeof dcEVChargeParameter> {}
export const DC_EVChargeParameterType = msgDataTypes.complexType<DC_EVChargeParameterType>(
  'DC_EVChargeParameterType',
  dcEVChargeParameter,
);

export const EVChargeParameter = msgDataTypes.substitutionGroup(
  msgDataTypes.element('EVChargeParameter', EVChargeParameterType),
  {
    AC_EVChargeParameter: AC_EVChargeParameterType,
    DC_EVChargeParameter: DC_EVChargeParameterType,
  },
);
