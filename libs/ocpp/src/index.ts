export * from './ports.ts';
export { queueRowsOf, type QueueRowSettings } from './station/v16/queue/queue-rows.ts';
export { SUPPORTED_MEASURANDS, type SupportedMeasurand } from './station/v16/queue/measurands.ts';
export {
  createStation,
  type Station,
  type StationOptions,
  type StationPorts,
} from './station/v16/create-station.ts';
export type { StationSettings } from './station/v16/station-settings.ts';
export type { StationStatus } from './station/v16/station-status.ts';
export { type Backoff, DEFAULT_BACKOFF, type LinkAttempt } from './link/link-machine.ts';
export { maskIdTag } from './station/v16/redact.ts';
export type { CsmsStart, CsmsStore, CsmsToken } from './csms/ports.ts';
export { createManager, type Manager, type ManagerSettings } from './csms/v16/manager.ts';
export {
  type CommandOutcome,
  type Connection,
  createGateway,
  type Gateway,
  type StationSocket,
} from './csms/v16/gateway.ts';
export type { CsmsAction, CsmsToStation, StationToCsms } from './messages/v16/actions.ts';
export { checkRequest } from './messages/v16/validate.ts';
export type { BootNotificationRequest } from './messages/v16/boot-notification.ts';
export type { MeterValue, MeterValuesRequest } from './messages/v16/meter-values.ts';
export type { StatusNotificationRequest } from './messages/v16/status-notification.ts';
export type { StartTransactionRequest } from './messages/v16/start-transaction.ts';
export type { StopTransactionRequest } from './messages/v16/stop-transaction.ts';
