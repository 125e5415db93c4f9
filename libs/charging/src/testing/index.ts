export { type MemoryAuthorizer, memoryAuthorizer } from './memory-authorizer.ts';
export { type MemoryBoard, memoryBoard } from './memory-board.ts';
export {
  type MemoryHighLevelComm,
  memoryHighLevelComm,
  type MemoryMatching,
  memoryMatching,
} from './memory-comm.ts';
export {
  type MemoryInsulation,
  memoryInsulation,
  type MemorySupply,
  memorySupply,
} from './memory-dc.ts';
export { type MemoryLedger, memoryLedger } from './memory-ledger.ts';
export { type MemoryMeter, memoryMeter } from './memory-meter.ts';
export { type EvseBench, evseBench, type EvseBenchOptions } from './evse-bench.ts';
