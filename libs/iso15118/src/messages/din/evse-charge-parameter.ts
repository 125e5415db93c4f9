import { type Infer, optional, sequence } from '@kerbside/exi';
import { AC_EVSEStatusType, DC_EVSEStatusType } from './evse-status.ts';
import { msgDataTypes } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';

const evseChargeParameter = sequence({});
export interface EVSEChargeParameterType extends Infer<typeof evseChargeParameter> {}
export const EVSEChargeParameterType = msgDataTypes.complexType<EVSEChargeParameterType>(
  'EVSEChargeParameterType',
  evseChargeParameter,
  { abstract: true },
);

const acEVSEChargeParameter = sequence({
  AC_EVSEStatus: AC_EVSEStatusType,
  EVSEMaxVoltage: PhysicalValueType,
  EVSEMaxCurrent: PhysicalValueType,
  EVSEMinCurrent: PhysicalValueType,
});
export interface AC_EVSEChargeParameterType extends Infer<typeof acEVSEChargeParameter> {}
export const AC_EVSEChargeParameterType = msgDataTypes.complexType<AC_EVSEChargeParameterType>(
  'AC_EVSEChargeParameterType',
  acEVSEChargeParameter,
);

const dcEVSEChargeParameter = sequence({
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEMaximumCurrentLimit: PhysicalValueType,
  EVSEMaximumPowerLimit: optional(PhysicalValueType),
  EVSEMaximumVoltageLimit: PhysicalValueType,
  EVSEMinimumCurrentLimit: PhysicalValueType,
  EVSEMinimumVoltageLimit: PhysicalValueType,
  EVSECurrentRegulationTolerance: optional(PhysicalValueType),
  EVSEPeakCurrentRipple: PhysicalValueType,
  EVSEEnergyToBeDelivered: optional(PhysicalValueType),
});
export interface DC_EVSEChargeParameterType extends Infer<typeof dcEVSEChargeParameter> {}
export const DC_EVSEChargeParameterType = msgDataTypes.complexType<DC_EVSEChargeParameterType>(
  'DC_EVSEChargeParameterType',
  dcEVSEChargeParameter,
);

export const EVSEChargeParameter = msgDataTypes.substitutionGroup(
  msgDataTypes.element('EVSEChargeParameter', EVSEChargeParameterType),
  {
    AC_EVSEChargeParameter: AC_EVSEChargeParameterType,
    DC_EVSEChargeParameter: DC_EVSEChargeParameterType,
  },
);
