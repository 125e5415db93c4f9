import { type Infer, optional, sequence } from '@kerbside/exi';
import { msgBody } from './namespaces.ts';
import { PaymentOptionsType } from './payment-option.ts';
import { responseCodeType } from './response-code.ts';
import {
  serviceCategoryType,
  ServiceChargeType,
  serviceScopeType,
  ServiceTagListType,
} from './service.ts';

const serviceDiscoveryReq = sequence({
  ServiceScope: optional(serviceScopeType),
  ServiceCategory: optional(serviceCategoryType),
});
/** EV to EVSE: asks what is offered. DIN SPEC 70121 */
export interface ServiceDiscoveryReqType extends Infer<typeof serviceDiscoveryReq> {}
export const ServiceDiscoveryReqType = msgBody.complexType<ServiceDiscoveryReqType>(
  'ServiceDiscoveryReqType',
  serviceDiscoveryReq,
);

const serviceDiscoveryRes = sequence({
  ResponseCode: responseCodeType,
  PaymentOptions: PaymentOptionsType,
  ChargeService: ServiceChargeType,
  ServiceList: optional(ServiceTagListType),
});
/** EVSE to EV: payment options and the charge service. DIN SPEC 70121 */
export interface ServiceDiscoveryResType extends Infer<typeof serviceDiscoveryRes> {}
export const ServiceDiscoveryResType = msgBody.complexType<ServiceDiscoveryResType>(
  'ServiceDiscoveryResType',
  serviceDiscoveryRes,
);
