import { ISO2_NAMESPACE } from '../messages/iso2/iso2.ts';
import type {
  supportedAppProtocolReqType,
  supportedAppProtocolResType,
} from '../messages/sap/supported-app-protocol.ts';

const MAJOR = 2;
const MINOR = 0;

/** Picks the protocol that the car likes best among those that we speak. ISO 15118-2 8.2 */
export function negotiateProtocol(req: supportedAppProtocolReqType): supportedAppProtocolResType {
  const best = req.AppProtocol.filter(
    ({ ProtocolNamespace, VersionNumberMajor }) =>
      ProtocolNamespace === ISO2_NAMESPACE && VersionNumberMajor === MAJOR,
  ).reduce<supportedAppProtocolReqType['AppProtocol'][number] | undefined>(
    (chosen, offer) => (chosen === undefined || offer.Priority < chosen.Priority ? offer : chosen),
    undefined,
  );
  if (!best) return { ResponseCode: 'Failed_NoNegotiation' };
  return {
    ResponseCode:
      best.VersionNumberMinor === MINOR
        ? 'OK_SuccessfulNegotiation'
        : 'OK_SuccessfulNegotiationWithMinorDeviation',
    SchemaID: best.SchemaID,
  };
}
