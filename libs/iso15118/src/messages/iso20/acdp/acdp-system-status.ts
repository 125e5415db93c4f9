import { enumeration, extension, type Infer, optional, sequence, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { percentValueType } from '../common-types/simple-types.ts';
import { acdp } from '../namespaces.ts';
import { mechanicalChargingDeviceStatusType } from './acdp-connect.ts';

export const cpStatusType = acdp.simpleType(
  'cpStatusType',
  enumeration('StateA', 'StateB', 'StateC', 'StateD', 'StateE'),
);
export type cpStatusType = Infer<typeof cpStatusType>;

export const errorCodeType = acdp.simpleType(
  'errorCodeType',
  enumeration(
    'OK_NoEVError',
    'FAILED',
    'FAILED_EmergencyEvent',
    'FAILED_Breaker',
    'FAILED_RESSTemperatureInhibit',
    'FAILED_RESS',
    'FAILED_ChargingCurrentDifferential',
    'FAILED_ChargingVoltageOutOfRange',
    'FAILED_Reserved1',
    'FAILED_Reserved2',
  ),
);
export type errorCodeType = Infer<typeof errorCodeType>;

export const isolationStatusType = acdp.simpleType(
  'isolationStatusType',
  enumeration('Invalid', 'Safe', 'Warning', 'Fault'),
);
export type isolationStatusType = Infer<typeof isolationStatusType>;

const evTechnicalStatus = sequence({
  EVReadyToCharge: xs.boolean,
  EVImmobilizationRequest: xs.boolean,
  EVImmobilized: optional(xs.boolean),
  EVWLANStrength: optional(RationalNumberType),
  EVCPStatus: optional(cpStatusType),
  EVSOC: optional(percentValueType),
  EVErrorCode: optional(errorCodeType),
  EVTimeout: optional(xs.boolean),
});
export interface EVTechnicalStatusType extends Infer<typeof evTechnicalStatus> {}
export const EVTechnicalStatusType = acdp.complexType<EVTechnicalStatusType>(
  'EVTechnicalStatusType',
  evTechnicalStatus,
);

const acdpSystemStatusReq = extension(V2GRequestType, { EVTechnicalStatus: EVTechnicalStatusType });
/** EV to EVSE: state of the contacts on the vehicle. ISO 15118-20 */
export interface ACDP_SystemStatusReqType extends Infer<typeof acdpSystemStatusReq> {}
export const ACDP_SystemStatusReqType = acdp.complexType<ACDP_SystemStatusReqType>(
  'ACDP_SystemStatusReqType',
  acdpSystemStatusReq,
);

export const ACDP_SystemStatusReq = acdp.element('ACDP_SystemStatusReq', ACDP_SystemStatusReqType);

const acdpSystemStatusRes = extension(V2GResponseType, {
  EVSEMechanicalChargingDeviceStatus: mechanicalChargingDeviceStatusType,
  EVSEReadyToCharge: xs.boolean,
  EVSEIsolationStatus: isolationStatusType,
  EVSEDisabled: xs.boolean,
  EVSEUtilityInterruptEvent: xs.boolean,
  EVSEEmergencyShutdown: xs.boolean,
  EVSEMalfunction: xs.boolean,
  EVInChargePosition: xs.boolean,
  EVAssociationStatus: xs.boolean,
});
/** EVSE to EV: state of the charging device. ISO 15118-20 */
export interface ACDP_SystemStatusResType extends Infer<typeof acdpSystemStatusRes> {}
export const ACDP_SystemStatusResType = acdp.complexType<ACDP_SystemStatusResType>(
  'ACDP_SystemStatusResType',
  acdpSystemStatusRes,
);

export const ACDP_SystemStatusRes = acdp.element('ACDP_SystemStatusRes', ACDP_SystemStatusResType);
