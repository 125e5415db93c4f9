import { enumeration, type Infer, optional, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';
import { percentValueType } from './physical-value.ts';

export const DC_EVErrorCodeType = msgDataTypes.simpleType(
  'DC_EVErrorCodeType',
  enumeration(
    'NO_ERROR',
    'FAILED_RESSTemperatureInhibit',
    'FAILED_EVShiftPosition',
    'FAILED_ChargerConnectorLockFault',
    'FAILED_EVRESSMalfunction',
    'FAILED_ChargingCurrentdifferential',
    'FAILED_ChargingVoltageOutOfRange',
    'Reserved_A',
    'Reserved_B',
    'Reserved_C',
    'FAILED_ChargingSystemIncompatibility',
    'NoData',
  ),
);
export type DC_EVErrorCodeType = Infer<typeof DC_EVErrorCodeType>;

const evStatus = sequence({});
export interface EVStatusType extends Infer<typeof evStatus> {}
export const EVStatusType = msgDataTypes.complexType<EVStatusType>('EVStatusType', evStatus, {
  abstract: true,
});

const dcEVStatus = sequence({
  EVReady: xs.boolean,
  EVCabinConditioning: optional(xs.boolean),
  EVRESSConditioning: optional(xs.boolean),
  EVErrorCode: DC_EVErrorCodeType,
  EVRESSSOC: percentValueType,
});
export interface DC_EVStatusType extends Infer<typeof dcEVStatus> {}
export const DC_EVStatusType = msgDataTypes.complexType<DC_EVStatusType>(
  'DC_EVStatusType',
  dcEVStatus,
);

export const EVStatus = msgDataTypes.substitutionGroup(
  msgDataTypes.element('EVStatus', EVStatusType),
  { DC_EVStatus: DC_EVStatusType },
);
