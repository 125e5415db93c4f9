import { type Infer, list, restriction, sequence, xs } from '@kerbside/exi';
import { commonMessages } from '../namespaces.ts';

export const serviceIDType = commonMessages.simpleType(
  'serviceIDType',
  restriction(xs.unsignedShort),
);
export type serviceIDType = Infer<typeof serviceIDType>;

const serviceIDList = sequence({ ServiceID: list(serviceIDType, { max: 16 }) });
export interface ServiceIDListType extends Infer<typeof serviceIDList> {}
export const ServiceIDListType = commonMessages.complexType<ServiceIDListType>(
  'ServiceIDListType',
  serviceIDList,
);

const service = sequence({ ServiceID: serviceIDType, FreeService: xs.boolean });
export interface ServiceType extends Infer<typeof service> {}
export const ServiceType = commonMessages.complexType<ServiceType>('ServiceType', service);

const serviceList = sequence({ Service: list(ServiceType, { max: 8 }) });
export interface ServiceListType extends Infer<typeof serviceList> {}
export const ServiceListType = commonMessages.complexType<ServiceListType>(
  'ServiceListType',
  serviceList,
);
