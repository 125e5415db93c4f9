import { physicalValue } from '../../iso2/physical-value.ts';
import type { responseCodeType } from '../../messages/iso2/iso2.ts';
import type { RequestName, ResponseBodyOf } from '../../iso2/body.ts';
import type { SeccContext } from '../session.ts';
import { chargeParameterOffer } from './charge-parameter-discovery.ts';
import { chargingStatusRes } from './charging-status.ts';
import { currentDemandRes } from './current-demand.ts';
import { acEvseStatus, dcEvseStatus } from './evse-status.ts';
import { powerDeliveryRes } from './power-delivery.ts';
import { serviceDiscoveryRes } from './service-discovery.ts';

type Refusals = {
  readonly [N in RequestName]: (code: responseCodeType, context: SeccContext) => ResponseBodyOf<N>;
};

const noChain = { Certificate: new Uint8Array(0) };
/** No certificate is ever issued here: the schema wants the elements all the same. */
const noContract = {
  SAProvisioningCertificateChain: noChain,
  ContractSignatureCertChain: noChain,
  ContractSignatureEncryptedPrivateKey: { Id: 'id1', value: new Uint8Array(0) },
  DHpublickey: { Id: 'id2', value: new Uint8Array(0) },
  eMAID: { Id: 'id3', value: 'XX000000000000' },
};

/** For each request its response with a negative code, and with the least that the schema wants besides. */
export const refusals: Refusals = {
  SessionSetupReq: (ResponseCode, { config }) => ({ ResponseCode, EVSEID: config.evseId }),
  ServiceDiscoveryReq: (ResponseCode, context) =>
    serviceDiscoveryRes(ResponseCode, undefined, context),
  ServiceDetailReq: (ResponseCode) => ({ ResponseCode, ServiceID: 0 }),
  PaymentServiceSelectionReq: (ResponseCode) => ({ ResponseCode }),
  PaymentDetailsReq: (ResponseCode, { wall }) => ({
    ResponseCode,
    GenChallenge: new Uint8Array(16),
    EVSETimeStamp: BigInt(Math.floor(wall / 1000)),
  }),
  AuthorizationReq: (ResponseCode) => ({ ResponseCode, EVSEProcessing: 'Finished' }),
  ChargeParameterDiscoveryReq: (ResponseCode, { config, facts }) => ({
    ResponseCode,
    EVSEProcessing: 'Finished',
    ...chargeParameterOffer(config, facts),
  }),
  CableCheckReq: (ResponseCode, { facts }) => ({
    ResponseCode,
    DC_EVSEStatus: dcEvseStatus(facts),
    EVSEProcessing: 'Finished',
  }),
  PreChargeReq: (ResponseCode, { facts }) => ({
    ResponseCode,
    DC_EVSEStatus: dcEvseStatus(facts),
    EVSEPresentVoltage: physicalValue('V', facts.present.voltage),
  }),
  PowerDeliveryReq: powerDeliveryRes,
  ChargingStatusReq: chargingStatusRes,
  CurrentDemandReq: (code, context) => currentDemandRes(code, undefined, context),
  MeteringReceiptReq: (ResponseCode, { facts }) => ({
    ResponseCode,
    AC_EVSEStatus: acEvseStatus(facts),
  }),
  WeldingDetectionReq: (ResponseCode, { facts }) => ({
    ResponseCode,
    DC_EVSEStatus: dcEvseStatus(facts),
    EVSEPresentVoltage: physicalValue('V', facts.present.voltage),
  }),
  SessionStopReq: (ResponseCode) => ({ ResponseCode }),
  CertificateInstallationReq: (ResponseCode) => ({ ResponseCode, ...noContract }),
  CertificateUpdateReq: (ResponseCode) => ({ ResponseCode, ...noContract }),
};
