export * from './ports.ts';
export { queueRowsOf, type QueueRowSettings } from './station/v16/queue/queue-rows.ts';
export { SUPPORTED_MEASURANDS, type SupportedMeasurand } from './station/v16/queue/measurands.ts';
