import type {
  ServiceDiscoveryReqType,
  ServiceDiscoveryResType,
  ServiceListType,
} from '../../messages/iso2/iso2.ts';
import { CHARGE_SERVICE_ID, type SeccConfig } from '../config.ts';
import type { Answer, SeccContext } from '../session.ts';

/** The services that the car asked for: those of its category and scope, or all. */
function servicesFor(
  req: ServiceDiscoveryReqType,
  config: SeccConfig,
): { ServiceList?: ServiceListType } {
  // None of our services has a scope, so a car that names one wants another.
  const wanted = config.services.filter(
    ({ category }) =>
      req.ServiceScope === undefined &&
      (req.ServiceCategory === undefined || req.ServiceCategory === category),
  );
  if (wanted.length === 0) return {};
  return {
    ServiceList: {
      Service: wanted.map(({ id, name, category, free }) => ({
        ServiceID: id,
        ServiceName: name,
        ServiceCategory: category,
        FreeService: free,
      })),
    },
  };
}

/** Of a paused session that was joined what the car had selected [V2G2-741], else all that the EVSE has. */
export const offeredModes = ({ config, session: { joined } }: SeccContext) =>
  joined?.mode ? [joined.mode] : config.energyTransferModes;

export function serviceDiscoveryRes(
  ResponseCode: ServiceDiscoveryResType['ResponseCode'],
  req: ServiceDiscoveryReqType | undefined,
  context: SeccContext,
): ServiceDiscoveryResType {
  const { config } = context;
  return {
    ResponseCode,
    PaymentOptionList: { PaymentOption: ['ExternalPayment'] },
    ChargeService: {
      ServiceID: CHARGE_SERVICE_ID,
      ServiceCategory: 'EVCharging',
      FreeService: false,
      SupportedEnergyTransferMode: { EnergyTransferMode: [...offeredModes(context)] },
    },
    ...(req ? servicesFor(req, config) : {}),
  };
}

/** External payment only, the charge service, and the value-added services of the wanted category. ISO 15118-2 8.4.3.3 */
export function answerServiceDiscovery(
  req: ServiceDiscoveryReqType,
  context: SeccContext,
): Answer<ServiceDiscoveryResType> {
  return { response: serviceDiscoveryRes('OK', req, context), next: 'service-selection' };
}
