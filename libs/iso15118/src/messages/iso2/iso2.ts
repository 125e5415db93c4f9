// The names of this message set recur in others: it is exported as one object, `iso2.CurrentDemandReqType`.
export { AuthorizationReqType, AuthorizationResType } from './authorization.ts';
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
  ContractSignatureEncryptedPrivateKeyType,
  DiffieHellmanPublickeyType,
  EMAIDType,
  ListOfRootCertificateIDsType,
  SubCertificatesType,
  certificateType,
  dHpublickeyType,
  privateKeyType,
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
export { ChargingProfileType, ProfileEntryType, maxNumPhasesType } from './charging-profile.ts';
export { ChargingStatusReqType, ChargingStatusResType } from './charging-status.ts';
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
  eMAIDType,
  evccIDType,
  evseIDType,
  meterIDType,
  serviceIDType,
  sessionIDType,
} from './identifiers.ts';
export { type NamedBody, bodyOf, iso2Message } from './message.ts';
export { MeterInfoType, meterStatusType, sigMeterReadingType } from './meter-info.ts';
export { MeteringReceiptReqType, MeteringReceiptResType } from './metering-receipt.ts';
export { ISO2_NAMESPACE } from './namespaces.ts';
export {
  PaymentDetailsReqType,
  PaymentDetailsResType,
  genChallengeType,
} from './payment-details.ts';
export { PaymentOptionListType, paymentOptionType } from './payment-option.ts';
export {
  PaymentServiceSelectionReqType,
  PaymentServiceSelectionResType,
} from './payment-service-selection.ts';
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
  chargeProgressType,
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
  SalesTariffEntryType,
  SalesTariffType,
  costKindType,
  tariffDescriptionType,
} from './sales-tariff.ts';
export { ServiceDetailReqType, ServiceDetailResType } from './service-detail.ts';
export { ServiceDiscoveryReqType, ServiceDiscoveryResType } from './service-discovery.ts';
export {
  ParameterSetType,
  ParameterType,
  ServiceParameterListType,
  valueType,
} from './service-parameter.ts';
export {
  ChargeServiceType,
  EnergyTransferModeType,
  SelectedServiceListType,
  SelectedServiceType,
  ServiceListType,
  ServiceType,
  SupportedEnergyTransferModeType,
  serviceCategoryType,
  serviceNameType,
  serviceScopeType,
} from './service.ts';
export { SessionSetupReqType, SessionSetupResType } from './session-setup.ts';
export { SessionStopReqType, SessionStopResType, chargingSessionType } from './session-stop.ts';
export {
  EntryType,
  IntervalType,
  RelativeTimeIntervalType,
  TimeInterval,
} from './time-interval.ts';
export { V2G_Message, V2G_MessageType } from './v2g-message.ts';
export { WeldingDetectionReqType, WeldingDetectionResType } from './welding-detection.ts';
export { decodeIso2, encodeIso2, iso2Codec } from './codec.ts';
export { iso2Set } from './schema.ts';
