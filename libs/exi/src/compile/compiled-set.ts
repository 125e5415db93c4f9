import type { FacetMode } from '../codec/facets.ts';
import { type SetGrammar } from '../grammar/set-grammar.ts';
import type { TypeGrammar } from '../grammar/state.ts';
import { grammarOf } from '../grammar/type-grammar.ts';
import type { AnyType } from '../schema/complex-type.ts';
import { BAIL } from './bail.ts';
import { compilable, type Compiler } from './compiler.ts';
import type { DecodeFunction } from './decode-function.ts';
import type { EncodeFunction } from './encode-function.ts';

/** What stands for an element between the header and its content, and the functions of that. */
class Root {
  readonly name: string;
  /** Header and code, at the top of a word. */
  readonly start: number;
  readonly type: AnyType;
  readonly grammar: TypeGrammar;
  readonly decode: { [M in FacetMode]?: DecodeFunction } = {};
  readonly encode: { [M in FacetMode]?: EncodeFunction } = {};

  constructor(name: string, code: number, bits: number, type: AnyType) {
    this.name = name;
    this.start = (HEADER << 24) | (code << (24 - bits));
    this.type = type;
    this.grammar = grammarOf(type);
  }
}

interface Found {
  readonly element: string;
  readonly type: AnyType;
  readonly value: unknown;
}

interface Declared {
  readonly name: string;
  readonly types: readonly AnyType[];
}

/**
 * The documents, or the fragments, of one schema set by compiled functions. Every answer may be `undefined`: then the
 * interpreter has the word.
 */
export class CompiledSet {
  readonly #compiler: Compiler;
  readonly #declared: readonly Declared[];
  readonly #bits: number;
  /** Code of the end of a fragment, or -1. */
  readonly #end: number;
  readonly #byCode: (Root | null | undefined)[];
  readonly #byName = new Map<string, Root | null>();

  private constructor(
    compiler: Compiler,
    declared: readonly Declared[],
    bits: number,
    end: number,
  ) {
    this.#compiler = compiler;
    this.#declared = declared;
    this.#bits = bits;
    this.#end = end;
    this.#byCode = Array.from({ length: 2 ** bits }, () => undefined);
  }

  static documents(compiler: Compiler, grammar: SetGrammar): CompiledSet {
    const { documents, documentBits, roots } = grammar;
    const declared = documents.map(({ name, type }) => ({
      name,
      types: roots.has(name) ? [type] : [],
    }));
    return new CompiledSet(compiler, declared, documentBits, -1);
  }

  static fragments(compiler: Compiler, grammar: SetGrammar): CompiledSet {
    const { fragments, fragmentBits } = grammar;
    return new CompiledSet(compiler, fragments, fragmentBits, fragments.length + 1);
  }

  #root(code: number): Root | null {
    let root = this.#byCode[code];
    if (root === undefined) {
      const { name, types } = this.#declared[code] ?? { name: '', types: [] };
      const [type] = types;
      const made = type && types.length === 1 ? new Root(name, code, this.#bits, type) : null;
      root = made && compilable(made.grammar) ? made : null;
      this.#byCode[code] = root;
    }
    return root;
  }

  #named(name: string, type: AnyType | undefined): Root | null {
    let root = this.#byName.get(name);
    if (root === undefined) {
      const codes = this.#declared.flatMap((one, code) => (one.name === name ? [code] : []));
      root = codes.length === 1 ? this.#root(codes[0] as number) : null;
      this.#byName.set(name, root);
    }
    return root && (type === undefined || root.type === type) ? root : null;
  }

  decode(bytes: Uint8Array, mode: FacetMode): Found | undefined {
    const { input, decoders } = this.#compiler;
    if (bytes[0] !== HEADER || !input.load(bytes)) return undefined;
    const { registers, view } = input;
    const code = view.getUint16(1) >>> (16 - this.#bits);
    const root = this.#byCode[code] === undefined ? this.#root(code) : this.#byCode[code];
    if (!root) return undefined;
    try {
      const decode = (root.decode[mode] ??= decoders[mode].of(root.grammar));
      registers[0] = 8 + this.#bits;
      const value = decode();
      if (this.#end >= 0) {
        const at = registers[0] as number;
        const word = view.getInt32(at >>> 3) << (at & 7);
        if (word >>> (32 - this.#bits) !== this.#end) return undefined;
        registers[0] = at + this.#bits;
      }
      if ((registers[0] as number) > (registers[1] as number)) return undefined;
      return { element: root.name, type: root.type, value };
    } catch (error) {
      return surprised(error);
    }
  }

  /** `type` tells whether a fragment's element is the one that is meant. */
  encode(name: string, value: unknown, mode: FacetMode, type?: AnyType): Uint8Array | undefined {
    const compiler = this.#compiler;
    const root = this.#named(name, type);
    if (!root || compiler.writing) return undefined;
    const { output, encoders } = compiler;
    compiler.writing = true;
    try {
      const encode = (root.encode[mode] ??= encoders[mode].of(root.grammar));
      output.begin(root.start, 8 + this.#bits);
      encode(value);
      if (this.#end >= 0) output.put(this.#end, this.#bits);
      return output.done();
    } catch (error) {
      return surprised(error);
    } finally {
      compiler.writing = false;
    }
  }
}

/** What compiled code did not take, and how often it failed in a way that it should not. */
export const surprises = { bails: 0, failures: 0, last: undefined as unknown };

function surprised(error: unknown): undefined {
  if (error === BAIL) surprises.bails++;
  else {
    surprises.failures++;
    surprises.last = error;
  }
  return undefined;
}

const HEADER = 0x80;
