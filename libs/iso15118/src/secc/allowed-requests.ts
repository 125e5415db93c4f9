import type { RequestName } from '../iso2/body.ts';
import type { SeccStateName } from './session.ts';

/** What the SECC answers in each state; every other request gets FAILED_SequenceError. ISO 15118-2 8.8.4 */
export const allowedRequests: Readonly<Record<SeccStateName, readonly RequestName[]>> = {
  'app-protocol': [],
  'session-setup': ['SessionSetupReq'],
  'service-discovery': ['ServiceDiscoveryReq', 'SessionStopReq'],
  'service-selection': ['ServiceDetailReq', 'PaymentServiceSelectionReq', 'SessionStopReq'],
  authorization: ['AuthorizationReq', 'SessionStopReq'],
  'charge-parameters': ['ChargeParameterDiscoveryReq', 'SessionStopReq'],
  'cable-check': ['CableCheckReq', 'SessionStopReq'],
  'pre-charge': ['PreChargeReq', 'PowerDeliveryReq', 'SessionStopReq'],
  'power-delivery': ['PowerDeliveryReq', 'SessionStopReq'],
  'powering-on': [],
  charging: ['ChargingStatusReq', 'PowerDeliveryReq', 'SessionStopReq'],
  'current-demand': ['CurrentDemandReq', 'PowerDeliveryReq', 'SessionStopReq'],
  'power-off': ['WeldingDetectionReq', 'SessionStopReq'],
  ended: [],
};
