import { type Infer, optional, sequence } from '@kerbside/exi';
import { serviceIDType } from './identifiers.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';
import { ServiceParameterListType } from './service-parameter.ts';

const serviceDetailReq = sequence({ ServiceID: serviceIDType });
/** EV to EVSE: asks for the parameter sets of one service. DIN SPEC 70121 */
export interface ServiceDetailReqType extends Infer<typeof serviceDetailReq> {}
export const ServiceDetailReqType = msgBody.complexType<ServiceDetailReqType>(
  'ServiceDetailReqType',
  serviceDetailReq,
);

const serviceDetailRes = sequence({
  ResponseCode: responseCodeType,
  ServiceID: serviceIDType,
  ServiceParameterList: optional(ServiceParameterListType),
});
/** EVSE to EV: the parameter sets of the service. DIN SPEC 70121 */
export interface ServiceDetailResType extends Infer<typeof serviceDetailRes> {}
export const ServiceDetailResType = msgBody.complexType<ServiceDetailResType>(
  'ServiceDetailResType',
  serviceDetailRes,
);
