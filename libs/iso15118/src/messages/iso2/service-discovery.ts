import { type Infer, optional, sequence } from '@kerbside/exi';
import { msgBody } from './namespaces.ts';
import { PaymentOptionListType } from './payment-option.ts';
import { responseCodeType } from './response-code.ts';
import {
  ChargeServiceType,
  serviceCategoryType,
  ServiceListType,
  serviceScopeType,
} from './service.ts';

const serviceDiscoveryReq = sequence({
  ServiceScope: optional(serviceScopeType),
  ServiceCategory: optional(serviceCategoryType),
});
/** EV to EVSE: asks what is offered, optionally of one scope or category. ISO 15118-2, 8.4.3 */
export interface ServiceDiscoveryReqType extends Infer<typeof serviceDiscoveryReq> {}
export const ServiceDiscoveryReqType = msgBody.complexType<ServiceDiscoveryReqType>(
  'ServiceDiscoveryReqType',
  serviceDiscoveryReq,
);

const serviceDiscoveryRes = sequence({
  ResponseCode: responseCodeType,
  PaymentOptionList: PaymentOptionListType,
  ChargeService: ChargeServiceType,
  ServiceList: optional(ServiceListType),
});
/** EVSE to EV: payment options, the charge service and value-added services. ISO 15118-2, 8.4.3 */
export interface ServiceDiscoveryResType extends Infer<typeof serviceDiscoveryRes> {}
export const ServiceDiscoveryResType = msgBody.complexType<ServiceDiscoveryResType>(
  'ServiceDiscoveryResType',
  serviceDiscoveryRes,
);
