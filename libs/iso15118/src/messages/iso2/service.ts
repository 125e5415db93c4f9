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
  restriction(xs.string, { maxLength: 64 }),
);
export type serviceScopeType = Infer<typeof serviceScopeType>;

export const EnergyTransferModeType = msgDataTypes.simpleType(
  'EnergyTransferModeType',
  enumeration(
    'AC_single_phase_core',
    'AC_three_phase_core',
    'DC_core',
    'DC_extended',
    'DC_combo_core',
    'DC_unique',
  ),
);
export type EnergyTransferModeType = Infer<typeof EnergyTransferModeType>;

const service = sequence({
  ServiceID: serviceIDType,
  ServiceName: optional(serviceNameType),
  ServiceCategory: serviceCategoryType,
  ServiceScope: optional(serviceScopeType),
  FreeService: xs.boolean,
});
export interface ServiceType extends Infer<typeof service> {}
export const ServiceType = msgDataTypes.complexType<ServiceType>('ServiceType', service);

const serviceList = sequence({ Service: list(ServiceType, { max: 8 }) });
export interface ServiceListType extends Infer<typeof serviceList> {}
export const ServiceListType = msgDataTypes.complexType<ServiceListType>(
  'ServiceListType',
  serviceList,
);

const supportedEnergyTransferMode = sequence({
  EnergyTransferMode: list(EnergyTransferModeType, { max: 6 }),
});
export interface SupportedEnergyTransferModeType extends Infer<
  typeof supportedEnergyTransferMode
> {}
export const SupportedEnergyTransferModeType =
  msgDataTypes.complexType<SupportedEnergyTransferModeType>(
    'SupportedEnergyTransferModeType',
    supportedEnergyTransferMode,
  );

const chargeService = extension(ServiceType, {
  SupportedEnergyTransferMode: SupportedEnergyTransferModeType,
});
export interface ChargeServiceType extends Infer<typeof chargeService> {}
export const ChargeServiceType = msgDataTypes.complexType<ChargeServiceType>(
  'ChargeServiceType',
  chargeService,
);

const selectedService = sequence({ ServiceID: serviceIDType, ParameterSetID: optional(xs.short) });
export interface SelectedServiceType extends Infer<typeof selectedService> {}
export const SelectedServiceType = msgDataTypes.complexType<SelectedServiceType>(
  'SelectedServiceType',
  selectedService,
);

const selectedServiceList = sequence({ SelectedService: list(SelectedServiceType, { max: 16 }) });
export interface SelectedServiceListType extends Infer<typeof selectedServiceList> {}
export const SelectedServiceListType = msgDataTypes.complexType<SelectedServiceListType>(
  'SelectedServiceListType',
  selectedServiceList,
);
