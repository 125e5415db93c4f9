import type {
  PaymentServiceSelectionReqType,
  PaymentServiceSelectionResType,
  responseCodeType,
  SelectedServiceType,
} from '../../messages/iso2/iso2.ts';
import { CHARGE_SERVICE_ID, type SeccConfig } from '../config.ts';
import type { Answer, SeccContext } from '../session.ts';

function isOffered(
  { ServiceID, ParameterSetID }: SelectedServiceType,
  config: SeccConfig,
): boolean {
  const service = config.services.find(({ id }) => id === ServiceID);
  if (!service) return false;
  if (ParameterSetID === undefined) return service.parameterSets.length === 0;
  return service.parameterSets.some(({ id }) => id === ParameterSetID);
}

function judge(req: PaymentServiceSelectionReqType, config: SeccConfig): responseCodeType {
  const selected = req.SelectedServiceList.SelectedService;
  if (req.SelectedPaymentOption !== 'ExternalPayment') return 'FAILED_PaymentSelectionInvalid';
  if (!selected.some(({ ServiceID }) => ServiceID === CHARGE_SERVICE_ID))
    return 'FAILED_NoChargeServiceSelected';
  const valid = selected.every(
    (service) => service.ServiceID === CHARGE_SERVICE_ID || isOffered(service, config),
  );
  return valid ? 'OK' : 'FAILED_ServiceSelectionInvalid';
}

/** Holds the selection against the offer. ISO 15118-2 8.4.3.5 */
export function answerPaymentServiceSelection(
  req: PaymentServiceSelectionReqType,
  { config }: SeccContext,
): Answer<PaymentServiceSelectionResType> {
  const ResponseCode = judge(req, config);
  if (ResponseCode !== 'OK') return { response: { ResponseCode } };
  const vas = req.SelectedServiceList.SelectedService.filter(
    ({ ServiceID }) => ServiceID !== CHARGE_SERVICE_ID,
  ).map(({ ServiceID, ParameterSetID }) => ({
    serviceId: ServiceID,
    ...(ParameterSetID === undefined ? {} : { parameterSetId: ParameterSetID }),
  }));
  return { response: { ResponseCode }, next: 'authorization', ...(vas.length ? { vas } : {}) };
}
