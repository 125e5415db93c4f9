import type { FacetMode } from '../codec/facets.ts';
import { LIMITS } from '../codec/limits.ts';
import type { TypeGrammar } from '../grammar/state.ts';
import { grammarOf } from '../grammar/type-grammar.ts';
import { DecodeFunctions } from './decode-function.ts';
import { EncodeFunctions } from './encode-function.ts';
import { Input } from './input.ts';
import { Output } from './output.ts';

type ByMode<T> = { readonly [M in FacetMode]: T };

const byMode = <T>(make: (mode: FacetMode) => T): ByMode<T> => ({
  exact: make('exact'),
  tolerant: make('tolerant'),
  ignored: make('ignored'),
});

/** All that compiled functions share. */
export class Compiler {
  readonly input = new Input();
  readonly output = new Output();
  readonly decoders = byMode((mode) => new DecodeFunctions(this.input, mode));
  readonly encoders = byMode((mode) => new EncodeFunctions(this.output, mode));
  /** Whether a value is being written: one of its getters may ask to write another. */
  writing = false;
}

/** Whether code may be made from text here: a content security policy or a flag of Node may forbid it. */
function allowed(): boolean {
  try {
    return new Function('return true')() === true;
  } catch {
    return false;
  }
}

let compiler: Compiler | undefined;
let refused = false;

/** The compiler, or `undefined` where code generation is forbidden. */
export function compilerHere(): Compiler | undefined {
  if (!compiler && !refused) {
    if (allowed()) compiler = new Compiler();
    else refused = true;
  }
  return compiler;
}

const depths = new WeakMap<TypeGrammar, number>();

/** Elements within elements, at most. */
function depthOf(grammar: TypeGrammar): number {
  let depth = depths.get(grammar);
  if (depth === undefined) {
    const below = grammar.fields.map(({ type }) => depthOf(grammarOf(type)));
    depths.set(grammar, (depth = 1 + Math.max(0, ...below)));
  }
  return depth;
}

/** Whether compiled code can take the elements of a type. */
export const compilable = (grammar: TypeGrammar): boolean =>
  grammar.simple === undefined && depthOf(grammar) <= LIMITS.depth;
