import { type Infer, sequence } from '@kerbside/exi';
import { DC_EVStatusType } from './ev-status.ts';
import { DC_EVSEStatusType } from './evse-status.ts';
import { msgBody } from './namespaces.ts';
import { EVSEProcessingType, responseCodeType } from './response-code.ts';

const cableCheckReq = sequence({ DC_EVStatus: DC_EVStatusType });
/** EV to EVSE: asks for the insulation test before charging. DIN SPEC 70121 */
export interface CableCheckReqType extends Infer<typeof cableCheckReq> {}
export const CableCheckReqType = msgBody.complexType<CableCheckReqType>(
  'CableCheckReqType',
  cableCheckReq,
);

const cableCheckRes = sequence({
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEProcessing: EVSEProcessingType,
});
/** EVSE to EV: state of the insulation test. DIN SPEC 70121 */
export interface CableCheckResType extends Infer<typeof cableCheckRes> {}
export const CableCheckResType = msgBody.complexType<CableCheckResType>(
  'CableCheckResType',
  cableCheckRes,
);
