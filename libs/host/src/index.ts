export { systemClock } from './system/system-clock.ts';
export { sha256, systemRandom } from './system/system-random.ts';
