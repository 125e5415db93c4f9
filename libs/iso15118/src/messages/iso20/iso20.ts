// The names of this message set recur in others: it is exported as one object, `iso20.SessionSetupReqType`.
export { ISO20_NAMESPACES } from './namespaces.ts';
export {
  ChargeLoopReqType,
  ChargeLoopResType,
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
  DisplayParametersType,
} from './common-types/charge-loop.ts';
export {
  CLReqControlMode,
  CLReqControlModeType,
  CLResControlMode,
  CLResControlModeType,
  Dynamic_CLReqControlModeType,
  Dynamic_CLResControlModeType,
  Scheduled_CLReqControlModeType,
  Scheduled_CLResControlModeType,
} from './common-types/control-mode.ts';
export { EVSEStatusType, evseNotificationType } from './common-types/evse-status.ts';
export {
  MessageHeaderType,
  V2GMessageType,
  V2GRequestType,
  V2GResponseType,
  responseCodeType,
  sessionIDType,
} from './common-types/header.ts';
export { MeterInfoType, meterIDType, meterSignatureType } from './common-types/meter-info.ts';
export { RationalNumberType } from './common-types/rational-number.ts';
export { DetailedCostType, DetailedTaxType, ReceiptType } from './common-types/receipt.ts';
export { ListOfRootCertificateIDsType } from './common-types/root-certificate-ids.ts';
export {
  descriptionType,
  identifierType,
  nameType,
  numericIDType,
  percentValueType,
  processingType,
} from './common-types/simple-types.ts';
export {
  AbsolutePriceScheduleType,
  AdditionalServiceListType,
  AdditionalServiceType,
  OverstayRuleListType,
  OverstayRuleType,
  PriceRuleStackListType,
  PriceRuleStackType,
  PriceRuleType,
  TaxRuleListType,
  TaxRuleType,
  currencyType,
  languageType,
} from './common-messages/absolute-price-schedule.ts';
export {
  AuthorizationSetupReq,
  AuthorizationSetupReqType,
  AuthorizationSetupRes,
  AuthorizationSetupResType,
  EIM_ASResAuthorizationModeType,
  PnC_ASResAuthorizationModeType,
  SupportedProvidersListType,
  authorizationType,
  genChallengeType,
} from './common-messages/authorization-setup.ts';
export {
  AuthorizationReq,
  AuthorizationReqType,
  AuthorizationRes,
  AuthorizationResType,
  EIM_AReqAuthorizationModeType,
  PnC_AReqAuthorizationModeType,
} from './common-messages/authorization.ts';
export {
  CertificateChainType,
  ContractCertificateChainType,
  EMAIDListType,
  SignedCertificateChainType,
  SubCertificatesType,
  certificateType,
} from './common-messages/certificate-chain.ts';
export {
  CertificateInstallationReq,
  CertificateInstallationReqType,
  CertificateInstallationRes,
  CertificateInstallationResType,
} from './common-messages/certificate-installation.ts';
export { ChargingScheduleType, ScheduleTupleType } from './common-messages/charging-schedule.ts';
export {
  EVAbsolutePriceScheduleType,
  EVEnergyOfferType,
  EVPowerScheduleEntryListType,
  EVPowerScheduleEntryType,
  EVPowerScheduleType,
  EVPriceRuleStackListType,
  EVPriceRuleStackType,
  EVPriceRuleType,
} from './common-messages/ev-energy-offer.ts';
export {
  Dynamic_EVPPTControlModeType,
  EVPowerProfileEntryListType,
  EVPowerProfileType,
  Scheduled_EVPPTControlModeType,
  powerToleranceAcceptanceType,
} from './common-messages/ev-power-profile.ts';
export {
  MeteringConfirmationReq,
  MeteringConfirmationReqType,
  MeteringConfirmationRes,
  MeteringConfirmationResType,
} from './common-messages/metering-confirmation.ts';
export {
  PowerDeliveryReq,
  PowerDeliveryReqType,
  PowerDeliveryRes,
  PowerDeliveryResType,
  channelSelectionType,
  chargeProgressType,
} from './common-messages/power-delivery.ts';
export {
  PowerScheduleEntryListType,
  PowerScheduleEntryType,
  PowerScheduleType,
} from './common-messages/power-schedule.ts';
export {
  PriceLevelScheduleEntryListType,
  PriceLevelScheduleEntryType,
  PriceLevelScheduleType,
  PriceScheduleType,
} from './common-messages/price-level-schedule.ts';
export {
  Dynamic_SEReqControlModeType,
  Dynamic_SEResControlModeType,
  ScheduleExchangeReq,
  ScheduleExchangeReqType,
  ScheduleExchangeRes,
  ScheduleExchangeResType,
  Scheduled_SEReqControlModeType,
  Scheduled_SEResControlModeType,
  maxSupportingPointsScheduleTupleType,
} from './common-messages/schedule-exchange.ts';
export {
  ServiceDetailReq,
  ServiceDetailReqType,
  ServiceDetailRes,
  ServiceDetailResType,
} from './common-messages/service-detail.ts';
export {
  ServiceDiscoveryReq,
  ServiceDiscoveryReqType,
  ServiceDiscoveryRes,
  ServiceDiscoveryResType,
} from './common-messages/service-discovery.ts';
export {
  ParameterSetType,
  ParameterType,
  ServiceParameterListType,
} from './common-messages/service-parameter.ts';
export {
  SelectedServiceListType,
  SelectedServiceType,
  ServiceSelectionReq,
  ServiceSelectionReqType,
  ServiceSelectionRes,
  ServiceSelectionResType,
} from './common-messages/service-selection.ts';
export {
  ServiceIDListType,
  ServiceListType,
  ServiceType,
  serviceIDType,
} from './common-messages/service.ts';
export {
  SessionSetupReq,
  SessionSetupReqType,
  SessionSetupRes,
  SessionSetupResType,
} from './common-messages/session-setup.ts';
export {
  SessionStopReq,
  SessionStopReqType,
  SessionStopRes,
  SessionStopResType,
  chargingSessionType,
} from './common-messages/session-stop.ts';
export {
  SignedInstallationData,
  SignedInstallationDataType,
  dhPublicKeyType,
  ecdhCurveType,
  secp521_EncryptedPrivateKeyType,
  tpm_EncryptedPrivateKeyType,
  x448_EncryptedPrivateKeyType,
} from './common-messages/signed-installation-data.ts';
export {
  Dynamic_SMDTControlModeType,
  Scheduled_SMDTControlModeType,
  SignedMeteringData,
  SignedMeteringDataType,
} from './common-messages/signed-metering-data.ts';
export {
  TargetPositionType,
  VehicleCheckInReq,
  VehicleCheckInReqType,
  VehicleCheckInRes,
  VehicleCheckInResType,
  evCheckInStatusType,
  parkingMethodType,
} from './common-messages/vehicle-check-in.ts';
export {
  VehicleCheckOutReq,
  VehicleCheckOutReqType,
  VehicleCheckOutRes,
  VehicleCheckOutResType,
  evCheckOutStatusType,
  evseCheckOutStatusType,
} from './common-messages/vehicle-check-out.ts';
export {
  AC_ChargeLoopReq,
  AC_ChargeLoopReqType,
  AC_ChargeLoopRes,
  AC_ChargeLoopResType,
} from './ac/ac-charge-loop.ts';
export {
  AC_ChargeParameterDiscoveryReq,
  AC_ChargeParameterDiscoveryReqType,
  AC_ChargeParameterDiscoveryRes,
  AC_ChargeParameterDiscoveryResType,
} from './ac/ac-charge-parameter-discovery.ts';
export {
  BPT_Dynamic_AC_CLReqControlModeType,
  BPT_Dynamic_AC_CLResControlModeType,
  BPT_Scheduled_AC_CLReqControlModeType,
  BPT_Scheduled_AC_CLResControlModeType,
  Dynamic_AC_CLReqControlModeType,
  Dynamic_AC_CLResControlModeType,
  Scheduled_AC_CLReqControlModeType,
  Scheduled_AC_CLResControlModeType,
} from './ac/control-mode.ts';
export {
  AC_CPDReqEnergyTransferMode,
  AC_CPDReqEnergyTransferModeType,
  AC_CPDResEnergyTransferMode,
  AC_CPDResEnergyTransferModeType,
  BPT_AC_CPDReqEnergyTransferModeType,
  BPT_AC_CPDResEnergyTransferModeType,
} from './ac/energy-transfer-mode.ts';
export {
  BPT_Dynamic_DC_CLReqControlModeType,
  BPT_Dynamic_DC_CLResControlModeType,
  BPT_Scheduled_DC_CLReqControlModeType,
  BPT_Scheduled_DC_CLResControlModeType,
  Dynamic_DC_CLReqControlModeType,
  Dynamic_DC_CLResControlModeType,
  Scheduled_DC_CLReqControlModeType,
  Scheduled_DC_CLResControlModeType,
} from './dc/control-mode.ts';
export {
  DC_CableCheckReq,
  DC_CableCheckReqType,
  DC_CableCheckRes,
  DC_CableCheckResType,
} from './dc/dc-cable-check.ts';
export {
  DC_ChargeLoopReq,
  DC_ChargeLoopReqType,
  DC_ChargeLoopRes,
  DC_ChargeLoopResType,
} from './dc/dc-charge-loop.ts';
export {
  DC_ChargeParameterDiscoveryReq,
  DC_ChargeParameterDiscoveryReqType,
  DC_ChargeParameterDiscoveryRes,
  DC_ChargeParameterDiscoveryResType,
} from './dc/dc-charge-parameter-discovery.ts';
export {
  DC_PreChargeReq,
  DC_PreChargeReqType,
  DC_PreChargeRes,
  DC_PreChargeResType,
} from './dc/dc-pre-charge.ts';
export {
  DC_WeldingDetectionReq,
  DC_WeldingDetectionReqType,
  DC_WeldingDetectionRes,
  DC_WeldingDetectionResType,
} from './dc/dc-welding-detection.ts';
export {
  BPT_DC_CPDReqEnergyTransferModeType,
  BPT_DC_CPDResEnergyTransferModeType,
  DC_CPDReqEnergyTransferMode,
  DC_CPDReqEnergyTransferModeType,
  DC_CPDResEnergyTransferMode,
  DC_CPDResEnergyTransferModeType,
} from './dc/energy-transfer-mode.ts';
export {
  ACDP_ConnectReq,
  ACDP_ConnectReqType,
  ACDP_ConnectRes,
  ACDP_ConnectResType,
  electricalChargingDeviceStatusType,
  mechanicalChargingDeviceStatusType,
} from './acdp/acdp-connect.ts';
export { ACDP_DisconnectReq, ACDP_DisconnectRes } from './acdp/acdp-disconnect.ts';
export {
  ACDP_SystemStatusReq,
  ACDP_SystemStatusReqType,
  ACDP_SystemStatusRes,
  ACDP_SystemStatusResType,
  EVTechnicalStatusType,
  cpStatusType,
  errorCodeType,
  isolationStatusType,
} from './acdp/acdp-system-status.ts';
export {
  ACDP_VehiclePositioningReq,
  ACDP_VehiclePositioningReqType,
  ACDP_VehiclePositioningRes,
  ACDP_VehiclePositioningResType,
} from './acdp/acdp-vehicle-positioning.ts';
export {
  AlternativeSECCListType,
  AlternativeSECCType,
  bssidType,
  ipaddressType,
} from './wpt/alternative-secc.ts';
export {
  WPT_LF_DataPackageListType,
  WPT_LF_DataPackageType,
  WPT_LF_RxDataListType,
  WPT_LF_RxDataType,
  WPT_LF_RxRSSIListType,
  WPT_LF_RxRSSIType,
  WPT_LF_TxDataListType,
  WPT_LF_TxDataType,
} from './wpt/lf-data-package.ts';
export {
  WPT_CoordinateXYZType,
  WPT_LF_ReceiverDataType,
  WPT_LF_SystemSetupDataType,
  WPT_LF_TransmitterDataType,
  WPT_TxRxPackageSpecDataType,
  WPT_TxRxPulseOrderType,
  WPT_TxRxSpecDataType,
} from './wpt/lf-setup-data.ts';
export {
  WPT_AlignmentCheckMethodListType,
  WPT_AlignmentCheckMethodType,
  WPT_FinePositioningMethodListType,
  WPT_FinePositioningMethodType,
  WPT_PairingMethodListType,
  WPT_PairingMethodType,
} from './wpt/methods.ts';
export { WPT_DataContainerType } from './wpt/vendor-data.ts';
export {
  WPT_AlignmentCheckReq,
  WPT_AlignmentCheckReqType,
  WPT_AlignmentCheckRes,
  WPT_AlignmentCheckResType,
} from './wpt/wpt-alignment-check.ts';
export {
  WPT_ChargeLoopReq,
  WPT_ChargeLoopReqType,
  WPT_ChargeLoopRes,
  WPT_ChargeLoopResType,
  WPT_EVPCChargeDiagnosticsType,
  WPT_EVPCPowerControlParameterType,
  WPT_SPCChargeDiagnosticsType,
  WPT_SPCPowerControlParameterType,
} from './wpt/wpt-charge-loop.ts';
export {
  WPT_ChargeParameterDiscoveryReq,
  WPT_ChargeParameterDiscoveryReqType,
  WPT_ChargeParameterDiscoveryRes,
  WPT_ChargeParameterDiscoveryResType,
  WPT_PowerClassType,
} from './wpt/wpt-charge-parameter-discovery.ts';
export {
  WPT_FinePositioningSetupReq,
  WPT_FinePositioningSetupReqType,
  WPT_FinePositioningSetupRes,
  WPT_FinePositioningSetupResType,
} from './wpt/wpt-fine-positioning-setup.ts';
export {
  WPT_EVResultType,
  WPT_FinePositioningReq,
  WPT_FinePositioningReqType,
  WPT_FinePositioningRes,
  WPT_FinePositioningResType,
} from './wpt/wpt-fine-positioning.ts';
export {
  WPT_PairingReq,
  WPT_PairingReqType,
  WPT_PairingRes,
  WPT_PairingResType,
} from './wpt/wpt-pairing.ts';
export { commonMessagesCodec, commonMessagesSet } from './common-messages-schema.ts';
export { acCodec, acSet } from './ac-schema.ts';
export { dcCodec, dcSet } from './dc-schema.ts';
export { acdpCodec, acdpSet } from './acdp-schema.ts';
export { wptCodec, wptSet } from './wpt-schema.ts';
