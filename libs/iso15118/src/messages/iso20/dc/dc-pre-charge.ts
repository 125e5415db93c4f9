import { extension, type Infer } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { processingType } from '../common-types/simple-types.ts';
import { dc } from '../namespaces.ts';

const dcPreChargeReq = extension(V2GRequestType, {
  EVProcessing: processingType,
  EVPresentVoltage: RationalNumberType,
  EVTargetVoltage: RationalNumberType,
});
/** EV to EVSE: asks to match the voltage of the battery. ISO 15118-20 */
export interface DC_PreChargeReqType extends Infer<typeof dcPreChargeReq> {}
export const DC_PreChargeReqType = dc.complexType<DC_PreChargeReqType>(
  'DC_PreChargeReqType',
  dcPreChargeReq,
);

export const DC_PreChargeReq = dc.element('DC_PreChargeReq', DC_PreChargeReqType);

const dcPreChargeRes = extension(V2GResponseType, { EVSEPresentVoltage: RationalNumberType });
/** EVSE to EV: the voltage reached. ISO 15118-20 */
export interface DC_PreChargeResType extends Infer<typeof dcPreChargeRes> {}
export const DC_PreChargeResType = dc.complexType<DC_PreChargeResType>(
  'DC_PreChargeResType',
  dcPreChargeRes,
);

export const DC_PreChargeRes = dc.element('DC_PreChargeRes', DC_PreChargeResType);
