import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { DC_EVStatusType } from './ev-status.ts';
import { DC_EVSEStatusType } from './evse-status.ts';
import { msgBody } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';
import { responseCodeType } from './response-code.ts';

const currentDemandReq = sequence({
  DC_EVStatus: DC_EVStatusType,
  EVTargetCurrent: PhysicalValueType,
  EVMaximumVoltageLimit: optional(PhysicalValueType),
  EVMaximumCurrentLimit: optional(PhysicalValueType),
  EVMaximumPowerLimit: optional(PhysicalValueType),
  BulkChargingComplete: optional(xs.boolean),
  ChargingComplete: xs.boolean,
  RemainingTimeToFullSoC: optional(PhysicalValueType),
  RemainingTimeToBulkSoC: optional(PhysicalValueType),
  EVTargetVoltage: PhysicalValueType,
});
/** EV to EVSE: while charging: the target and the limits of the EV. DIN SPEC 70121 */
export interface CurrentDemandReqType extends Infer<typeof currentDemandReq> {}
export const CurrentDemandReqType = msgBody.complexType<CurrentDemandReqType>(
  'CurrentDemandReqType',
  currentDemandReq,
);

const currentDemandRes = sequence({
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEPresentVoltage: PhysicalValueType,
  EVSEPresentCurrent: PhysicalValueType,
  EVSECurrentLimitAchieved: xs.boolean,
  EVSEVoltageLimitAchieved: xs.boolean,
  EVSEPowerLimitAchieved: xs.boolean,
  EVSEMaximumVoltageLimit: optional(PhysicalValueType),
  EVSEMaximumCurrentLimit: optional(PhysicalValueType),
  EVSEMaximumPowerLimit: optional(PhysicalValueType),
});
/** EVSE to EV: while charging: what is delivered, and limits. DIN SPEC 70121 */
export interface CurrentDemandResType extends Infer<typeof currentDemandRes> {}
export const CurrentDemandResType = msgBody.complexType<CurrentDemandResType>(
  'CurrentDemandResType',
  currentDemandRes,
);
