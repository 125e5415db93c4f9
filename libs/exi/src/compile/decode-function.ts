import type { FacetMode } from '../codec/facets.ts';
import type { TypeGrammar } from '../grammar/state.ts';
import { BAIL } from './bail.ts';
import { DecodeSource } from './decode-source.ts';
import { Input } from './input.ts';

/** Reads the content of an element from the input's position on. */
export type DecodeFunction = () => unknown;

/** The functions of one facet mode, each made when it is first needed. */
export class DecodeFunctions {
  readonly input: Input;
  readonly #mode: FacetMode;
  readonly #made = new WeakMap<TypeGrammar, DecodeFunction>();

  constructor(input: Input, mode: FacetMode) {
    this.input = input;
    this.#mode = mode;
  }

  of = (grammar: TypeGrammar): DecodeFunction => {
    let made = this.#made.get(grammar);
    if (!made) this.#made.set(grammar, (made = this.#make(grammar)));
    return made;
  };

  #make(grammar: TypeGrammar): DecodeFunction {
    const { source } = new DecodeSource(grammar, this.#mode);
    const { input } = this;
    const shared = {
      V: input.view,
      R: input.registers,
      X: BAIL,
      T: this.of,
      UNSIGNED: input.unsigned,
      LONG: input.long,
      INTEGER: input.integer,
      STRING: input.string,
      BINARY: input.binary,
    };
    return source.build(shared, '') as DecodeFunction;
  }
}
