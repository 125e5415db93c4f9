import { millis, seconds } from '@kerbside/kernel';

/** From the link up to SessionSetupRes, on the charger's side. ISO 15118-2 table 111 */
export const V2G_SECC_CommunicationSetup_Timeout = seconds(20);
/** The longest wait for the car's next request. ISO 15118-2 table 109 */
export const V2G_SECC_Sequence_Timeout = seconds(60);
/** How long PowerDeliveryRes may take. ISO 15118-2 table 109 */
export const V2G_SECC_Msg_Performance_Time_PowerDelivery = millis(4500);
/** The car closes the connection after the last response; the charger does it this much later. */
export const TCP_CLOSE_LINGER = seconds(5);

/** From the link up to SessionSetupRes, on the car's side. ISO 15118-2 table 111 */
export const V2G_EVCC_CommunicationSetup_Timeout = seconds(20);
/** The longest run of EVSEProcessing=Ongoing that a car waits out. ISO 15118-2 table 111 */
export const V2G_EVCC_Ongoing_Timeout = seconds(60);
/** The longest cable check. ISO 15118-2 table 111 */
export const V2G_EVCC_CableCheck_Timeout = seconds(40);
/** The longest pre-charge. ISO 15118-2 table 111 */
export const V2G_EVCC_PreCharge_Timeout = seconds(7);

/** The longest wait for each response, on the car's side. ISO 15118-2 table 109 */
export const V2G_EVCC_Msg_Timeout = {
  supportedAppProtocolReq: seconds(2),
  SessionSetupReq: seconds(2),
  ServiceDiscoveryReq: seconds(2),
  ServiceDetailReq: seconds(5),
  PaymentServiceSelectionReq: seconds(2),
  AuthorizationReq: seconds(2),
  ChargeParameterDiscoveryReq: seconds(2),
  ChargingStatusReq: seconds(2),
  PowerDeliveryReq: seconds(5),
  CableCheckReq: seconds(2),
  PreChargeReq: seconds(2),
  CurrentDemandReq: millis(250),
  WeldingDetectionReq: seconds(2),
  SessionStopReq: seconds(2),
} as const;

/** Wait for an SDP response before the request is sent again. ISO 15118-2 7.10.1 */
export const SDP_REQUEST_INTERVAL = millis(250);
/** SDP requests that remain without an answer before the car gives up. ISO 15118-2 7.10.1 */
export const SDP_REQUEST_LIMIT = 50;
