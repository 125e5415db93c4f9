import {
  enumeration,
  extension,
  type Infer,
  list,
  optional,
  restriction,
  sequence,
  xs,
} from '@kerbside/exi';
import { serviceIDType } from './identifiers.ts';
import { msgDataTypes } from './namespaces.ts';

export const serviceNameType = msgDataTypes.simpleType(
  'serviceNameType',
  restriction(xs.string, { maxLength: 32 }),
);
export type serviceNameType = Infer<typeof serviceNameType>;

export const serviceCategoryType = msgDataTypes.simpleType(
  'serviceCategoryType',
  enumeration('EVCharging', 'Internet', 'ContractCertificate', 'OtherCustom'),
);
export type serviceCategoryType = Infer<typeof serviceCategoryType>;

export const serviceScopeType = msgDataTypes.simpleType(
  'serviceScopeType',
  restriction(xs.string, { maxLength: 32 }),
);
export type serviceScopeType = Infer<typeof serviceScopeType>;

export const EVSESupportedEnergyTransferType = msgDataTypes.simpleType(
  'EVSESupportedEnergyTransferType',
  enumeration(
    'AC_single_phase_core',
    'AC_three_phase_core',
    'DC_core',
    'DC_extended',
    'DC_combo_core',
    'DC_dual',
    'AC_core1p_DC_extended',
    'AC_single_DC_core',
    'AC_single_phase_three_phase_core_DC_extended',
    'AC_core3p_DC_extended',
  ),
);
export type EVSESupportedEnergyTransferType = Infer<typeof EVSESupportedEnergyTransferType>;

export const EVRequestedEnergyTransferType = msgDataTypes.simpleType(
  'EVRequestedEnergyTransferType',
  enumeration(
    'AC_single_phase_core',
    'AC_three_phase_core',
    'DC_core',
    'DC_extended',
    'DC_combo_core',
    'DC_unique',
  ),
);
export type EVRequestedEnergyTransferType = Infer<typeof EVRequestedEnergyTransferType>;

const serviceTag = sequence({
  ServiceID: serviceIDType,
  ServiceName: optional(serviceNameType),
  ServiceCategory: serviceCategoryType,
  ServiceScope: optional(serviceScopeType),
});
export interface ServiceTagType extends Infer<typeof serviceTag> {}
export const ServiceTagType = msgDataTypes.complexType<ServiceTagType>(
  'ServiceTagType',
  serviceTag,
);

const service = sequence({ ServiceTag: ServiceTagType, FreeService: xs.boolean });
export interface ServiceType extends Infer<typeof service> {}
export const ServiceType = msgDataTypes.complexType<ServiceType>('ServiceType', service);

const serviceTagList = sequence({ Service: list(ServiceType, { max: Infinity }) });
export interface ServiceTagListType extends Infer<typeof serviceTagList> {}
export const ServiceTagListType = msgDataTypes.complexType<ServiceTagListType>(
  'ServiceTagListType',
  serviceTagList,
);

const serviceCharge = extension(ServiceType, {
  EnergyTransferType: EVSESupportedEnergyTransferType,
});
export interface ServiceChargeType extends Infer<typeof serviceCharge> {}
export const ServiceChargeType = msgDataTypes.complexType<ServiceChargeType>(
  'ServiceChargeType',
  serviceCharge,
);

export const ServiceCharge = msgDataTypes.element('ServiceCharge', ServiceChargeType);

const selectedService = sequence({ ServiceID: serviceIDType, ParameterSetID: optional(xs.short) });
export interface SelectedServiceType extends Infer<typeof selectedService> {}
export const SelectedServiceType = msgDataTypes.complexType<SelectedServiceType>(
  'SelectedServiceType',
  selectedService,
);

const selectedServiceList = sequence({
  SelectedService: list(SelectedServiceType, { max: Infinity }),
});
export interface SelectedServiceListType extends Infer<typeof selectedServiceList> {}
export const SelectedServiceListType = msgDataTypes.complexType<SelectedServiceListType>(
  'SelectedServiceListType',
  selectedServiceList,
);
