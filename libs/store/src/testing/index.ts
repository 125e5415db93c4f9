export { systemClock } from './system-clock.ts';
export * from './facts.ts';
export { type Fault, type FaultyWriter, faultyWriter } from './faults.ts';
