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
