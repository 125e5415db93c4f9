export { compileSet } from './compile-set.ts';
export { GrammarCoverage } from './grammar-coverage.ts';
export { type RandomSource } from './random-simple.ts';
export { randomValue } from './random-value.ts';
export { differencesOf, outcomeOf } from './outcome.ts';
export { compiled } from '../compile/function-source.ts';
export { surprises } from '../compile/compiled-set.ts';
export { derived } from '../grammar/type-grammar.ts';
