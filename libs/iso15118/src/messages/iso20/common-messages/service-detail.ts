import { extension, type Infer } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { commonMessages } from '../namespaces.ts';
import { ServiceParameterListType } from './service-parameter.ts';
import { serviceIDType } from './service.ts';

const serviceDetailReq = extension(V2GRequestType, { ServiceID: serviceIDType });
/** EV to EVSE: asks for the parameter sets of one service. ISO 15118-20 */
export interface ServiceDetailReqType extends Infer<typeof serviceDetailReq> {}
export const ServiceDetailReqType = commonMessages.complexType<ServiceDetailReqType>(
  'ServiceDetailReqType',
  serviceDetailReq,
);

export const ServiceDetailReq = commonMessages.element('ServiceDetailReq', ServiceDetailReqType);

const serviceDetailRes = extension(V2GResponseType, {
  ServiceID: serviceIDType,
  ServiceParameterList: ServiceParameterListType,
});
/** EVSE to EV: the parameter sets of the service. ISO 15118-20 */
export interface ServiceDetailResType extends Infer<typeof serviceDetailRes> {}
export const ServiceDetailResType = commonMessages.complexType<ServiceDetailResType>(
  'ServiceDetailResType',
  serviceDetailRes,
);

export const ServiceDetailRes = commonMessages.element('ServiceDetailRes', ServiceDetailResType);
