export { GrammarCoverage } from './grammar-coverage.ts';
export { type RandomSource } from './random-simple.ts';
export { randomValue } from './random-value.ts';
