// The names of this message set recur in others: it is exported as one object, `din.CurrentDemandReqType`.
export { DIN_NAMESPACE } from './namespaces.ts';
export {
  BodyBaseType,
  BodyElement,
  type BodyElementName,
  type BodyElements,
  BodyType,
} from './body.ts';
export { CableCheckReqType, CableCheckResType } from './cable-check.ts';
export {
  CertificateChainType,
  ListOfRootCertificateIDsType,
  SubCertificatesType,
  certificateType,
  dHParamsType,
  privateKeyType,
  rootCertificateIDType,
} from './certificate-chain.ts';
export {
  CertificateInstallationReqType,
  CertificateInstallationResType,
} from './certificate-installation.ts';
export { CertificateUpdateReqType, CertificateUpdateResType } from './certificate-update.ts';
export {
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
} from './charge-parameter-discovery.ts';
export { ChargingProfileType, ProfileEntryType } from './charging-profile.ts';
export { ChargingStatusReqType, ChargingStatusResType } from './charging-status.ts';
export { decodeDin, dinCodec, encodeDin } from './codec.ts';
export {
  ContractAuthenticationReqType,
  ContractAuthenticationResType,
} from './contract-authentication.ts';
export { CurrentDemandReqType, CurrentDemandResType } from './current-demand.ts';
export {
  AC_EVChargeParameterType,
  DC_EVChargeParameterType,
  EVChargeParameter,
  EVChargeParameterType,
} from './ev-charge-parameter.ts';
export { DC_EVErrorCodeType, DC_EVStatusType, EVStatus, EVStatusType } from './ev-status.ts';
export {
  AC_EVSEChargeParameterType,
  DC_EVSEChargeParameterType,
  EVSEChargeParameter,
  EVSEChargeParameterType,
} from './evse-charge-parameter.ts';
export {
  AC_EVSEStatusType,
  DC_EVSEStatusCodeType,
  DC_EVSEStatusType,
  EVSENotificationType,
  EVSEStatus,
  EVSEStatusType,
  isolationLevelType,
} from './evse-status.ts';
export { MessageHeaderType } from './header.ts';
export {
  SAIDType,
  contractIDType,
  evccIDType,
  evseIDType,
  meterIDType,
  serviceIDType,
  sessionIDType,
} from './identifiers.ts';
export { type NamedBody, bodyOf, dinMessage } from './message.ts';
export { MeterInfoType, meterStatusType, sigMeterReadingType } from './meter-info.ts';
export { MeteringReceiptReqType, MeteringReceiptResType } from './metering-receipt.ts';
export {
  PaymentDetailsReqType,
  PaymentDetailsResType,
  genChallengeType,
} from './payment-details.ts';
export { PaymentOptionsType, paymentOptionType } from './payment-option.ts';
export {
  PhysicalValueType,
  percentValueType,
  unitMultiplierType,
  unitSymbolType,
} from './physical-value.ts';
export {
  DC_EVPowerDeliveryParameterType,
  EVPowerDeliveryParameter,
  EVPowerDeliveryParameterType,
  PowerDeliveryReqType,
  PowerDeliveryResType,
} from './power-delivery.ts';
export { PreChargeReqType, PreChargeResType } from './pre-charge.ts';
export {
  EVSEProcessingType,
  NotificationType,
  faultCodeType,
  faultMsgType,
  responseCodeType,
} from './response-code.ts';
export {
  PMaxScheduleType,
  SAScheduleListType,
  SAScheduleTupleType,
  SASchedules,
  SASchedulesType,
} from './sa-schedule.ts';
export {
  ConsumptionCostType,
  CostType,
  Entry,
  PMaxScheduleEntryType,
  PMaxType,
  SalesTariffEntryType,
  SalesTariffType,
  costKindType,
  tariffDescriptionType,
} from './sales-tariff.ts';
export { dinSet } from './schema.ts';
export { ServiceDetailReqType, ServiceDetailResType } from './service-detail.ts';
export { ServiceDiscoveryReqType, ServiceDiscoveryResType } from './service-discovery.ts';
export {
  ParameterSetType,
  ParameterType,
  ServiceParameterListType,
  valueType,
} from './service-parameter.ts';
export {
  ServicePaymentSelectionReqType,
  ServicePaymentSelectionResType,
} from './service-payment-selection.ts';
export {
  EVRequestedEnergyTransferType,
  EVSESupportedEnergyTransferType,
  SelectedServiceListType,
  SelectedServiceType,
  ServiceCharge,
  ServiceChargeType,
  ServiceTagListType,
  ServiceTagType,
  ServiceType,
  serviceCategoryType,
  serviceNameType,
  serviceScopeType,
} from './service.ts';
export { SessionSetupReqType, SessionSetupResType } from './session-setup.ts';
export { SessionStopResType, SessionStopType } from './session-stop.ts';
export {
  EntryType,
  IntervalType,
  RelativeTimeIntervalType,
  TimeInterval,
} from './time-interval.ts';
export { V2G_Message, V2G_MessageType } from './v2g-message.ts';
export { WeldingDetectionReqType, WeldingDetectionResType } from './welding-detection.ts';
