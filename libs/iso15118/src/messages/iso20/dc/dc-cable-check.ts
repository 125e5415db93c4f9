import { extension, type Infer } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { processingType } from '../common-types/simple-types.ts';
import { dc } from '../namespaces.ts';

const dcCableCheckReq = extension(V2GRequestType, {});
/** EV to EVSE: asks for the insulation test before charging. ISO 15118-20 */
export interface DC_CableCheckReqType extends Infer<typeof dcCableCheckReq> {}
export const DC_CableCheckReqType = dc.complexType<DC_CableCheckReqType>(
  'DC_CableCheckReqType',
  dcCableCheckReq,
);

export const DC_CableCheckReq = dc.element('DC_CableCheckReq', DC_CableCheckReqType);

const dcCableCheckRes = extension(V2GResponseType, { EVSEProcessing: processingType });
/** EVSE to EV: state of the insulation test. ISO 15118-20 */
export interface DC_CableCheckResType extends Infer<typeof dcCableCheckRes> {}
export const DC_CableCheckResType = dc.complexType<DC_CableCheckResType>(
  'DC_CableCheckResType',
  dcCableCheckRes,
);

export const DC_CableCheckRes = dc.element('DC_CableCheckRes', DC_CableCheckResType);
