import { extension, type Infer, list, optional, sequence } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { commonMessages } from '../namespaces.ts';
import { serviceIDType } from './service.ts';

const selectedService = sequence({ ServiceID: serviceIDType, ParameterSetID: serviceIDType });
export interface SelectedServiceType extends Infer<typeof selectedService> {}
export const SelectedServiceType = commonMessages.complexType<SelectedServiceType>(
  'SelectedServiceType',
  selectedService,
);

const selectedServiceList = sequence({ SelectedService: list(SelectedServiceType, { max: 16 }) });
export interface SelectedServiceListType extends Infer<typeof selectedServiceList> {}
export const SelectedServiceListType = commonMessages.complexType<SelectedServiceListType>(
  'SelectedServiceListType',
  selectedServiceList,
);

const serviceSelectionReq = extension(V2GRequestType, {
  SelectedEnergyTransferService: SelectedServiceType,
  SelectedVASList: optional(SelectedServiceListType),
});
/** EV to EVSE: the chosen services. ISO 15118-20 */
export interface ServiceSelectionReqType extends Infer<typeof serviceSelectionReq> {}
export const ServiceSelectionReqType = commonMessages.complexType<ServiceSelectionReqType>(
  'ServiceSelectionReqType',
  serviceSelectionReq,
);

export const ServiceSelectionReq = commonMessages.element(
  'ServiceSelectionReq',
  ServiceSelectionReqType,
);

const serviceSelectionRes = extension(V2GResponseType, {});
/** EVSE to EV: whether the selection stands. ISO 15118-20 */
export interface ServiceSelectionResType extends Infer<typeof serviceSelectionRes> {}
export const ServiceSelectionResType = commonMessages.complexType<ServiceSelectionResType>(
  'ServiceSelectionResType',
  serviceSelectionRes,
);

export const ServiceSelectionRes = commonMessages.element(
  'ServiceSelectionRes',
  ServiceSelectionResType,
);
