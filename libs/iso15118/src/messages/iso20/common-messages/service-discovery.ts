import { extension, type Infer, optional, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { commonMessages } from '../namespaces.ts';
import { ServiceIDListType, ServiceListType } from './service.ts';

const serviceDiscoveryReq = extension(V2GRequestType, {
  SupportedServiceIDs: optional(ServiceIDListType),
});
/** EV to EVSE: asks which services there are. ISO 15118-20 */
export interface ServiceDiscoveryReqType extends Infer<typeof serviceDiscoveryReq> {}
export const ServiceDiscoveryReqType = commonMessages.complexType<ServiceDiscoveryReqType>(
  'ServiceDiscoveryReqType',
  serviceDiscoveryReq,
);

export const ServiceDiscoveryReq = commonMessages.element(
  'ServiceDiscoveryReq',
  ServiceDiscoveryReqType,
);

const serviceDiscoveryRes = extension(V2GResponseType, {
  ServiceRenegotiationSupported: xs.boolean,
  EnergyTransferServiceList: ServiceListType,
  VASList: optional(ServiceListType),
});
/** EVSE to EV: energy transfer services and value-added services. ISO 15118-20 */
export interface ServiceDiscoveryResType extends Infer<typeof serviceDiscoveryRes> {}
export const ServiceDiscoveryResType = commonMessages.complexType<ServiceDiscoveryResType>(
  'ServiceDiscoveryResType',
  serviceDiscoveryRes,
);

export const ServiceDiscoveryRes = commonMessages.element(
  'ServiceDiscoveryRes',
  ServiceDiscoveryResType,
);
