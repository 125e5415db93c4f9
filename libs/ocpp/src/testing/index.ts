export { MemoryCsmsStore } from './memory-csms-store.ts';
export { MemoryQueueStore } from './memory-queue-store.ts';
export { MemoryStationStore } from './memory-station-store.ts';
export { type Fate, type PassingFrame, SimulatedNetwork } from './simulated-network.ts';
export { StationBench } from './station-bench.ts';
