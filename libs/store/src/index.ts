export { openStore } from './store.ts';
export type { CommitOptions, CommitReceipt, Store, StoreOptions } from './store.ts';
export type { StoreHealth, StoreState } from './client/health.ts';
export {
  createLedger,
  LEDGER_PATIENCE_MS,
  type LedgerOptions,
  type NewMessage,
  type Projection,
} from './ledger.ts';
export { createOcppQueue, type OcppQueue } from './ocpp/queue-store.ts';
export { createStationStore } from './ocpp/station-store.ts';
export { maskToken } from './mask.ts';
export type * from './operations.ts';
export type * from './records.ts';
export type { PageQuery, Reader } from './reader/reader.ts';
export type { StartState } from './database/start-state.ts';
export {
  DEFAULT_RETENTION,
  type RetentionOptions,
  type RetentionPolicy,
  startRetention,
} from './retention.ts';
export * from './errors.ts';
export { type Connection, connect, FULL_SYNC } from './database/connection.ts';
export { type DataLock, lockData } from './database/lock.ts';
export { type Prepared, prepareDatabase } from './database/prepare.ts';
