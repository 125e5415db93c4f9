export { compileSet } from './compile-set.ts';
export { randomValue, type RandomSource } from './random-value.ts';
export { differencesOf, outcomeOf } from './outcome.ts';
export { compiled } from '../compile/function-source.ts';
export { surprises } from '../compile/compiled-set.ts';
