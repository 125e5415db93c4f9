import type { RequestName, RequestBodyOf, ResponseBodyOf } from '../iso2/body.ts';
import { answerAuthorization } from './iso2/authorization.ts';
import { answerCableCheck } from './iso2/cable-check.ts';
import { answerChargeParameterDiscovery } from './iso2/charge-parameter-discovery.ts';
import { answerChargingStatus } from './iso2/charging-status.ts';
import { answerCurrentDemand } from './iso2/current-demand.ts';
import { answerPaymentServiceSelection } from './iso2/payment-service-selection.ts';
import { answerPreCharge } from './iso2/pre-charge.ts';
import { refusals } from './iso2/refusals.ts';
import { answerServiceDetail } from './iso2/service-detail.ts';
import { answerServiceDiscovery } from './iso2/service-discovery.ts';
import { answerSessionSetup } from './iso2/session-setup.ts';
import { answerSessionStop } from './iso2/session-stop.ts';
import { answerWeldingDetection } from './iso2/welding-detection.ts';
import type { Answer, SeccContext } from './session.ts';

/** PowerDelivery alone may have to wait; the machine calls it by itself. */
export type SimpleRequest = Exclude<RequestName, 'PowerDeliveryReq'>;

type Answers = {
  readonly [N in SimpleRequest]: (
    req: RequestBodyOf<N>,
    context: SeccContext,
  ) => Answer<ResponseBodyOf<N>>;
};

const never =
  <N extends SimpleRequest>(name: N) =>
  (_: RequestBodyOf<N>, context: SeccContext): Answer<ResponseBodyOf<N>> => ({
    response: refusals[name]('FAILED_SequenceError', context),
  });

/** Who answers which request. */
export const answers: Answers = {
  SessionSetupReq: answerSessionSetup,
  ServiceDiscoveryReq: answerServiceDiscovery,
  ServiceDetailReq: answerServiceDetail,
  PaymentServiceSelectionReq: answerPaymentServiceSelection,
  AuthorizationReq: answerAuthorization,
  ChargeParameterDiscoveryReq: answerChargeParameterDiscovery,
  CableCheckReq: answerCableCheck,
  PreChargeReq: answerPreCharge,
  ChargingStatusReq: answerChargingStatus,
  CurrentDemandReq: answerCurrentDemand,
  WeldingDetectionReq: answerWeldingDetection,
  SessionStopReq: answerSessionStop,
  // Contract payment and metering receipts are never offered, so that these are always out of sequence.
  PaymentDetailsReq: never('PaymentDetailsReq'),
  MeteringReceiptReq: never('MeteringReceiptReq'),
  CertificateInstallationReq: never('CertificateInstallationReq'),
  CertificateUpdateReq: never('CertificateUpdateReq'),
};
