import { enumeration, extension, type Infer, list, optional, sequence } from '@kerbside/exi';
import { ChargeLoopReqType, ChargeLoopResType } from '../common-types/charge-loop.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { wpt } from '../namespaces.ts';
import { WPT_DataContainerType } from './vendor-data.ts';

export const WPT_EVPCChargeDiagnosticsType = wpt.simpleType(
  'WPT_EVPCChargeDiagnosticsType',
  enumeration(
    'EVPCNoIssue',
    'EVPCTempOverheatDetected',
    'EVPCPowerTransferAnomalyDetected',
    'EVPCAnomalyDetected',
  ),
);
export type WPT_EVPCChargeDiagnosticsType = Infer<typeof WPT_EVPCChargeDiagnosticsType>;

export const WPT_SPCChargeDiagnosticsType = wpt.simpleType(
  'WPT_SPCChargeDiagnosticsType',
  enumeration(
    'SPCNoIssue',
    'SPCFODDetected',
    'SPCLOPDetected',
    'SPCTempOverheatDetected',
    'SPCPowerTransferAnomalyDetected',
    'SPCAnomalyDetected',
  ),
);
export type WPT_SPCChargeDiagnosticsType = Infer<typeof WPT_SPCChargeDiagnosticsType>;

const wptEVPCPowerControlParameter = sequence({
  EVPCCoilCurrentRequest: RationalNumberType,
  EVPCCoilCurrentInformation: RationalNumberType,
  EVPCCurrentOutputInformation: RationalNumberType,
  EVPCVoltageOutputInformation: RationalNumberType,
});
export interface WPT_EVPCPowerControlParameterType extends Infer<
  typeof wptEVPCPowerControlParameter
> {}
export const WPT_EVPCPowerControlParameterType = wpt.complexType<WPT_EVPCPowerControlParameterType>(
  'WPT_EVPCPowerControlParameterType',
  wptEVPCPowerControlParameter,
);

const wptSPCPowerControlParameter = sequence({
  SPCPrimaryDeviceCoilCurrentInformation: RationalNumberType,
});
export interface WPT_SPCPowerControlParameterType extends Infer<
  typeof wptSPCPowerControlParameter
> {}
export const WPT_SPCPowerControlParameterType = wpt.complexType<WPT_SPCPowerControlParameterType>(
  'WPT_SPCPowerControlParameterType',
  wptSPCPowerControlParameter,
);

const wptChargeLoopReq = extension(ChargeLoopReqType, {
  EVPCPowerRequest: RationalNumberType,
  EVPCPowerOutput: RationalNumberType,
  EVPCChargeDiagnostics: WPT_EVPCChargeDiagnosticsType,
  EVPCOperatingFrequency: optional(RationalNumberType),
  EVPCPowerControlParameter: optional(WPT_EVPCPowerControlParameterType),
  ManufacturerSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EV to EVSE: while charging: power request of the vehicle. ISO 15118-20 */
export interface WPT_ChargeLoopReqType extends Infer<typeof wptChargeLoopReq> {}
export const WPT_ChargeLoopReqType = wpt.complexType<WPT_ChargeLoopReqType>(
  'WPT_ChargeLoopReqType',
  wptChargeLoopReq,
);

export const WPT_ChargeLoopReq = wpt.element('WPT_ChargeLoopReq', WPT_ChargeLoopReqType);

const wptChargeLoopRes = extension(ChargeLoopResType, {
  EVPCPowerRequest: RationalNumberType,
  SDPowerInput: optional(RationalNumberType),
  SPCMaxOutputPowerLimit: RationalNumberType,
  SPCMinOutputPowerLimit: RationalNumberType,
  SPCChargeDiagnostics: WPT_SPCChargeDiagnosticsType,
  SPCOperatingFrequency: optional(RationalNumberType),
  SPCPowerControlParameter: optional(WPT_SPCPowerControlParameterType),
  ManufacturerSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EVSE to EV: while charging: power and limits of the ground assembly. ISO 15118-20 */
export interface WPT_ChargeLoopResType extends Infer<typeof wptChargeLoopRes> {}
export const WPT_ChargeLoopResType = wpt.complexType<WPT_ChargeLoopResType>(
  'WPT_ChargeLoopResType',
  wptChargeLoopRes,
);

export const WPT_ChargeLoopRes = wpt.element('WPT_ChargeLoopRes', WPT_ChargeLoopResType);
