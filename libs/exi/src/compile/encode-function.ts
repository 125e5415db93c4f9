import type { FacetMode } from '../codec/facets.ts';
import type { TypeGrammar } from '../grammar/state.ts';
import { BAIL } from './bail.ts';
import { EncodeSource } from './encode-source.ts';
import type { Output } from './output.ts';

/** Writes the content of an element from the output's position on. */
export type EncodeFunction = (value: unknown) => void;

/** The functions of one facet mode, each made when it is first needed. */
export class EncodeFunctions {
  readonly output: Output;
  readonly #mode: FacetMode;
  readonly #made = new WeakMap<TypeGrammar, EncodeFunction>();

  constructor(output: Output, mode: FacetMode) {
    this.output = output;
    this.#mode = mode;
  }

  of = (grammar: TypeGrammar): EncodeFunction => {
    let made = this.#made.get(grammar);
    if (!made) this.#made.set(grammar, (made = this.#make(grammar)));
    return made;
  };

  #make(grammar: TypeGrammar): EncodeFunction {
    const { source } = new EncodeSource(grammar, this.#mode);
    const { output } = this;
    const shared = {
      V: output.view,
      R: output.registers,
      X: BAIL,
      T: this.of,
      KEY: nextKey,
      UNSIGNED: output.unsigned,
      BIG: output.big,
      STRING: output.string,
      BINARY: output.binary,
    };
    return source.build(shared, 'o') as EncodeFunction;
  }
}

/** The place after `key`, looked for from `at` on; a key that is none of them may stand for nothing only. */
function nextKey(
  keys: readonly (string | undefined)[],
  key: string,
  at: number,
  fields: object,
): number {
  const found = keys.indexOf(key, at);
  if (found >= 0) return found + 1;
  if (!keys.includes(key) && (fields as Record<string, unknown>)[key] !== undefined) throw BAIL;
  return at;
}
