export { ManualClock, settle } from './manual-clock.ts';
export { SeededRandom } from './seeded-random.ts';
export { collectingLogger } from './collecting-logger.ts';
