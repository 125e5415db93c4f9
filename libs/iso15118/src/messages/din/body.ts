import {
  type Infer,
  type InferMembers,
  optional,
  sequence,
  type SubstitutionGroup,
} from '@kerbside/exi';
import { CableCheckReqType, CableCheckResType } from './cable-check.ts';
import {
  CertificateInstallationReqType,
  CertificateInstallationResType,
} from './certificate-installation.ts';
import { CertificateUpdateReqType, CertificateUpdateResType } from './certificate-update.ts';
import {
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
} from './charge-parameter-discovery.ts';
import { ChargingStatusReqType, ChargingStatusResType } from './charging-status.ts';
import {
  ContractAuthenticationReqType,
  ContractAuthenticationResType,
} from './contract-authentication.ts';
import { CurrentDemandReqType, CurrentDemandResType } from './current-demand.ts';
import { MeteringReceiptReqType, MeteringReceiptResType } from './metering-receipt.ts';
import { msgBody, msgDef } from './namespaces.ts';
import { PaymentDetailsReqType, PaymentDetailsResType } from './payment-details.ts';
import { PowerDeliveryReqType, PowerDeliveryResType } from './power-delivery.ts';
import { PreChargeReqType, PreChargeResType } from './pre-charge.ts';
import { ServiceDetailReqType, ServiceDetailResType } from './service-detail.ts';
import { ServiceDiscoveryReqType, ServiceDiscoveryResType } from './service-discovery.ts';
import {
  ServicePaymentSelectionReqType,
  ServicePaymentSelectionResType,
} from './service-payment-selection.ts';
import { SessionSetupReqType, SessionSetupResType } from './session-setup.ts';
import { SessionStopResType, SessionStopType } from './session-stop.ts';
import { WeldingDetectionReqType, WeldingDetectionResType } from './welding-detection.ts';

const bodyBase = sequence({});
export interface BodyBaseType extends Infer<typeof bodyBase> {}
export const BodyBaseType = msgDef.complexType<BodyBaseType>('BodyBaseType', bodyBase, {
  abstract: true,
});

const bodyElements = {
  SessionSetupReq: SessionSetupReqType,
  SessionSetupRes: SessionSetupResType,
  ServiceDiscoveryReq: ServiceDiscoveryReqType,
  ServiceDiscoveryRes: ServiceDiscoveryResType,
  ServiceDetailReq: ServiceDetailReqType,
  ServiceDetailRes: ServiceDetailResType,
  ServicePaymentSelectionReq: ServicePaymentSelectionReqType,
  ServicePaymentSelectionRes: ServicePaymentSelectionResType,
  PaymentDetailsReq: PaymentDetailsReqType,
  PaymentDetailsRes: PaymentDetailsResType,
  ContractAuthenticationReq: ContractAuthenticationReqType,
  ContractAuthenticationRes: ContractAuthenticationResType,
  ChargeParameterDiscoveryReq: ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryRes: ChargeParameterDiscoveryResType,
  PowerDeliveryReq: PowerDeliveryReqType,
  PowerDeliveryRes: PowerDeliveryResType,
  ChargingStatusReq: ChargingStatusReqType,
  ChargingStatusRes: ChargingStatusResType,
  MeteringReceiptReq: MeteringReceiptReqType,
  MeteringReceiptRes: MeteringReceiptResType,
  SessionStopReq: SessionStopType,
  SessionStopRes: SessionStopResType,
  CertificateUpdateReq: CertificateUpdateReqType,
  CertificateUpdateRes: CertificateUpdateResType,
  CertificateInstallationReq: CertificateInstallationReqType,
  CertificateInstallationRes: CertificateInstallationResType,
  CableCheckReq: CableCheckReqType,
  CableCheckRes: CableCheckResType,
  PreChargeReq: PreChargeReqType,
  PreChargeRes: PreChargeResType,
  CurrentDemandReq: CurrentDemandReqType,
  CurrentDemandRes: CurrentDemandResType,
  WeldingDetectionReq: WeldingDetectionReqType,
  WeldingDetectionRes: WeldingDetectionResType,
};
/** The body of each message by its name. */
export interface BodyElements extends InferMembers<typeof bodyElements> {}
export type BodyElementName = keyof BodyElements;

/** All messages; exactly one stands in a body. DIN SPEC 70121 */
export const BodyElement: SubstitutionGroup<BodyElements> = msgBody.substitutionGroup(
  msgDef.element('BodyElement', BodyBaseType),
  bodyElements,
);

/** One message under its name; a body without any is legal in the schema, and of no use. */
export type BodyType =
  | { readonly [N in BodyElementName]: { readonly [K in N]: BodyElements[N] } }[BodyElementName]
  | { readonly [N in BodyElementName]?: undefined };
export const BodyType = msgDef.complexType<BodyType>(
  'BodyType',
  sequence({ BodyElement: optional(BodyElement) }),
);
