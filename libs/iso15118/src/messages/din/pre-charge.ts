import { type Infer, sequence } from '@kerbside/exi';
import { DC_EVStatusType } from './ev-status.ts';
import { DC_EVSEStatusType } from './evse-status.ts';
import { msgBody } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';
import { responseCodeType } from './response-code.ts';

const preChargeReq = sequence({
  DC_EVStatus: DC_EVStatusType,
  EVTargetVoltage: PhysicalValueType,
  EVTargetCurrent: PhysicalValueType,
});
/** EV to EVSE: asks to match the voltage of the battery. DIN SPEC 70121 */
export interface PreChargeReqType extends Infer<typeof preChargeReq> {}
export const PreChargeReqType = msgBody.complexType<PreChargeReqType>(
  'PreChargeReqType',
  preChargeReq,
);

const preChargeRes = sequence({
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEPresentVoltage: PhysicalValueType,
});
/** EVSE to EV: the voltage reached. DIN SPEC 70121 */
export interface PreChargeResType extends Infer<typeof preChargeRes> {}
export const PreChargeResType = msgBody.complexType<PreChargeResType>(
  'PreChargeResType',
  preChargeRes,
);
