import { type Infer, sequence } from '@kerbside/exi';
import { DC_EVStatusType } from './ev-status.ts';
import { DC_EVSEStatusType } from './evse-status.ts';
import { msgBody } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';
import { responseCodeType } from './response-code.ts';

const weldingDetectionReq = sequence({ DC_EVStatus: DC_EVStatusType });
/** EV to EVSE: after charging: asks for the voltage at the contactors. DIN SPEC 70121 */
export interface WeldingDetectionReqType extends Infer<typeof weldingDetectionReq> {}
export const WeldingDetectionReqType = msgBody.complexType<WeldingDetectionReqType>(
  'WeldingDetectionReqType',
  weldingDetectionReq,
);

const weldingDetectionRes = sequence({
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEPresentVoltage: PhysicalValueType,
});
/** EVSE to EV: after charging: the voltage at the contactors. DIN SPEC 70121 */
export interface WeldingDetectionResType extends Infer<typeof weldingDetectionRes> {}
export const WeldingDetectionResType = msgBody.complexType<WeldingDetectionResType>(
  'WeldingDetectionResType',
  weldingDetectionRes,
);
