import { extension, type Infer } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { processingType } from '../common-types/simple-types.ts';
import { dc } from '../namespaces.ts';

const dcWeldingDetectionReq = extension(V2GRequestType, { EVProcessing: processingType });
/** EV to EVSE: after charging: asks for the voltage at the contactors. ISO 15118-20 */
export interface DC_WeldingDetectionReqType extends Infer<typeof dcWeldingDetectionReq> {}
export const DC_WeldingDetectionReqType = dc.complexType<DC_WeldingDetectionReqType>(
  'DC_WeldingDetectionReqType',
  dcWeldingDetectionReq,
);

export const DC_WeldingDetectionReq = dc.element(
  'DC_WeldingDetectionReq',
  DC_WeldingDetectionReqType,
);

const dcWeldingDetectionRes = extension(V2GResponseType, {
  EVSEPresentVoltage: RationalNumberType,
});
/** EVSE to EV: after charging: the voltage at the contactors. ISO 15118-20 */
export interface DC_WeldingDetectionResType extends Infer<typeof dcWeldingDetectionRes> {}
export const DC_WeldingDetectionResType = dc.complexType<DC_WeldingDetectionResType>(
  'DC_WeldingDetectionResType',
  dcWeldingDetectionRes,
);

export const DC_WeldingDetectionRes = dc.element(
  'DC_WeldingDetectionRes',
  DC_WeldingDetectionResType,
);
