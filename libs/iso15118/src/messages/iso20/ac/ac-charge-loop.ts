import { extension, type Infer, optional } from '@kerbside/exi';
import { ChargeLoopReqType, ChargeLoopResType } from '../common-types/charge-loop.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { ac } from '../namespaces.ts';
import { CLReqControlMode, CLResControlMode } from './control-mode.ts';

const acChargeLoopReq = extension(ChargeLoopReqType, { CLReqControlMode });
/** EV to EVSE: while charging: targets and limits of the EV. ISO 15118-20 */
export type AC_ChargeLoopReqType = Infer<typeof acChargeLoopReq>;
export const AC_ChargeLoopReqType = ac.complexType<AC_ChargeLoopReqType>(
  'AC_ChargeLoopReqType',
  acChargeLoopReq,
);

export const AC_ChargeLoopReq = ac.element('AC_ChargeLoopReq', AC_ChargeLoopReqType);

const acChargeLoopRes = extension(ChargeLoopResType, {
  EVSETargetFrequency: optional(RationalNumberType),
  CLResControlMode,
});
/** EVSE to EV: while charging: limits and targets of the EVSE. ISO 15118-20 */
export type AC_ChargeLoopResType = Infer<typeof acChargeLoopRes>;
export const AC_ChargeLoopResType = ac.complexType<AC_ChargeLoopResType>(
  'AC_ChargeLoopResType',
  acChargeLoopRes,
);

export const AC_ChargeLoopRes = ac.element('AC_ChargeLoopRes', AC_ChargeLoopResType);
