import { extension, type Infer, xs } from '@kerbside/exi';
import { ChargeLoopReqType, ChargeLoopResType } from '../common-types/charge-loop.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { dc } from '../namespaces.ts';
import { CLReqControlMode, CLResControlMode } from './control-mode.ts';

const dcChargeLoopReq = extension(ChargeLoopReqType, {
  EVPresentVoltage: RationalNumberType,
  CLReqControlMode,
});
/** EV to EVSE: while charging: targets and limits of the EV. ISO 15118-20 */
export type DC_ChargeLoopReqType = Infer<typeof dcChargeLoopReq>;
export const DC_ChargeLoopReqType = dc.complexType<DC_ChargeLoopReqType>(
  'DC_ChargeLoopReqType',
  dcChargeLoopReq,
);

export const DC_ChargeLoopReq = dc.element('DC_ChargeLoopReq', DC_ChargeLoopReqType);

const dcChargeLoopRes = extension(ChargeLoopResType, {
  EVSEPresentCurrent: RationalNumberType,
  EVSEPresentVoltage: RationalNumberType,
  EVSEPowerLimitAchieved: xs.boolean,
  EVSECurrentLimitAchieved: xs.boolean,
  EVSEVoltageLimitAchieved: xs.boolean,
  CLResControlMode,
});
/** EVSE to EV: while charging: limits and targets of the EVSE. ISO 15118-20 */
export type DC_ChargeLoopResType = Infer<typeof dcChargeLoopRes>;
export const DC_ChargeLoopResType = dc.complexType<DC_ChargeLoopResType>(
  'DC_ChargeLoopResType',
  dcChargeLoopRes,
);

export const DC_ChargeLoopRes = dc.element('DC_ChargeLoopRes', DC_ChargeLoopResType);
