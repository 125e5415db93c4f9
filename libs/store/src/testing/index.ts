export { systemClock } from './system-clock.ts';
export * from './facts.ts';
