export { randomValue, type RandomSource } from './random-value.ts';
