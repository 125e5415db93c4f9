import { grammarOf } from '../grammar/type-grammar.ts';
import { type QualifiedElement, type SetGrammar, setGrammarOf } from '../grammar/set-grammar.ts';
import type { AnyType, ComplexType } from '../schema/complex-type.ts';
import type { Root, SchemaSet } from '../schema/schema-set.ts';
import type { SimpleType } from '../schema/simple-type.ts';
import { CompiledSet } from '../compile/compiled-set.ts';
import { compilerHere } from '../compile/compiler.ts';
import { ExiValueError } from '../errors.ts';
import { Decoder } from './decoder.ts';
import { Encoder } from './encoder.ts';
import type { FacetMode } from './facets.ts';
import { RelaxedElement } from './relaxed.ts';

/** [V2G2-099] Distinguishing bits 10, no options, final version 1: the only header there is. */
const HEADER = 0x80;

const NONE: CodecOptions = {};

export interface CodecOptions {
  /** How strictly lengths and ranges are held; decoding is `tolerant` by default, encoding `exact`. */
  readonly facets?: FacetMode;
  /** Walk the grammar instead of compiling it: what is done anyway where code generation is forbidden. */
  readonly interpret?: boolean;
}

/** A root element, or the element of a fragment; `type` is the one that its name has, or one of those. */
export interface DecodedElement {
  readonly element: string;
  readonly type: AnyType;
  readonly value: unknown;
}

/** A codec whose message types are not known at compile time. */
export type UntypedCodec = Omit<ExiCodec<never>, 'decode' | 'encode'>;

/** Codec of one schema set: bytes to value and back. Decoding throws `WireError`, encoding `ExiValueError`. */
export class ExiCodec<R> {
  readonly set: SchemaSet<unknown>;
  #documents: CompiledSet | undefined;
  #fragments: CompiledSet | undefined;

  constructor(set: SchemaSet<R>) {
    this.set = set;
  }

  get #grammar(): SetGrammar {
    return setGrammarOf(this.set);
  }

  #compiled({ interpret }: CodecOptions, form: 'documents' | 'fragments'): CompiledSet | undefined {
    if (interpret) return undefined;
    const known = form === 'documents' ? this.#documents : this.#fragments;
    if (known) return known;
    const compiler = compilerHere();
    if (!compiler) return undefined;
    const made = CompiledSet[form](compiler, this.#grammar);
    if (form === 'documents') this.#documents = made;
    else this.#fragments = made;
    return made;
  }

  /** Reads a document; bytes after its end are passed over. */
  decode(bytes: Uint8Array, options: CodecOptions = NONE): Root<R> {
    const { element, value } = this.decodeDocument(bytes, options);
    return { element, value } as Root<R>;
  }

  encode(root: Root<R>, options: CodecOptions = NONE): Uint8Array {
    const { element, value } = root as { readonly element: string; readonly value: unknown };
    return this.encodeDocument(element, value, options);
  }

  /** As `decode`, with the type of the root element. */
  decodeDocument(bytes: Uint8Array, options: CodecOptions = NONE): DecodedElement {
    const compiled = this.#compiled(options, 'documents');
    const found = compiled?.decode(bytes, options.facets ?? 'tolerant');
    if (found) return found;
    const decoder = begin(bytes, options);
    const { documents, documentBits, roots } = this.#grammar;
    const code = decoder.reader.bits(documentBits);
    const root = documents[code];
    if (!root || !roots.has(root.name))
      return decoder.fail('exi.root', `root element ${root?.name ?? code} is not a message`);
    const { name: element, namespace, type } = root;
    const value = decoder.element(element, `${namespace}:${element}`, grammarOf(type));
    return { element, type, value };
  }

  /** As `encode`, for a value whose type is not known at compile time. */
  encodeDocument(element: string, value: unknown, options: CodecOptions = NONE): Uint8Array {
    const compiled = this.#compiled(options, 'documents');
    const bytes = compiled?.encode(element, value, options.facets ?? 'exact');
    if (bytes) return bytes;
    const { documents, documentBits, roots } = this.#grammar;
    const code = roots.has(element) ? documents.findIndex(({ name }) => name === element) : -1;
    const declared = documents[code];
    if (!declared) throw new ExiValueError(element, 'is not a message');
    const encoder = new Encoder(options.facets ?? 'exact');
    encoder.writer.bits(HEADER, 8);
    encoder.writer.bits(code, documentBits);
    encoder.element(element, grammarOf(declared.type), value);
    return encoder.writer.done();
  }

  /** Reads a fragment of one element, as signatures are made over. */
  decodeFragment(bytes: Uint8Array, options: CodecOptions = NONE): DecodedElement {
    const compiled = this.#compiled(options, 'fragments');
    const found = compiled?.decode(bytes, options.facets ?? 'tolerant');
    if (found) return found;
    const decoder = begin(bytes, options);
    const grammar = this.#grammar;
    const { fragments, fragmentBits } = grammar;
    const code = decoder.reader.bits(fragmentBits);
    const entry = fragments[code];
    if (!entry) return decoder.fail('exi.code', `fragment code ${code} is no element`);
    const { name, namespace, types } = entry;
    const value =
      types.length === 1
        ? decoder.element(name, `${namespace}:${name}`, grammarOf(types[0] as AnyType))
        : new RelaxedElement(grammar).decode(decoder, name, types);
    const end = decoder.reader.bits(fragmentBits);
    if (end !== fragments.length + 1)
      decoder.fail('exi.fragment', 'a fragment of more than one element');
    return { element: name, type: fitting(types, value), value };
  }

  /** Writes `value` as a fragment of one element; its bytes are what a signature's digest is made over. */
  encodeFragment<V>(
    element: string,
    type: ComplexType<V> | SimpleType<V>,
    value: V,
    options: CodecOptions = NONE,
  ): Uint8Array {
    const compiled = this.#compiled(options, 'fragments');
    const bytes = compiled?.encode(element, value, options.facets ?? 'exact', type);
    if (bytes) return bytes;
    const grammar = this.#grammar;
    const { fragments, fragmentBits } = grammar;
    const code = fragments.findIndex(
      (entry) => entry.name === element && entry.types.includes(type),
    );
    const entry = fragments[code];
    if (!entry) throw new ExiValueError(element, 'is not an element of this type');
    const encoder = new Encoder(options.facets ?? 'exact');
    // the relaxed grammar takes anything anywhere: that the value is one of its type, the type's own grammar says
    if (entry.types.length > 1)
      new Encoder(options.facets ?? 'exact').element(element, grammarOf(type), value);
    encoder.writer.bits(HEADER, 8);
    encoder.writer.bits(code, fragmentBits);
    if (entry.types.length === 1) encoder.element(element, grammarOf(type), value);
    else new RelaxedElement(grammar).encode(encoder, element, type, value);
    encoder.writer.bits(fragments.length + 1, fragmentBits);
    return encoder.writer.done();
  }

  /** The type of a root element. Throws `ExiValueError` where no document begins with it. */
  rootType(element: string): AnyType {
    const { documents, roots } = this.#grammar;
    const declared = roots.has(element) && documents.find(({ name }) => name === element);
    if (!declared) throw new ExiValueError(element, 'is not a message');
    return declared.type;
  }

  /** The elements that a fragment may hold, all or those of one local name. */
  fragmentElements(name?: string): readonly QualifiedElement[] {
    const { fragments } = this.#grammar;
    return name === undefined ? fragments : fragments.filter((entry) => entry.name === name);
  }
}

function begin(bytes: Uint8Array, options: CodecOptions): Decoder {
  const decoder = new Decoder(bytes, options.facets ?? 'tolerant');
  if (bytes.length === 0) decoder.fail('exi.short', 'no bytes');
  if (bytes[0] !== HEADER)
    decoder.fail('exi.header', `header 0x${(bytes[0] as number).toString(16)}, must be 0x80`);
  decoder.reader.bits(8);
  return decoder;
}

/** Of the types of one name the one that a value read without knowing it looks like. */
function fitting(types: readonly AnyType[], value: unknown): AnyType {
  const kind = typeof value === 'object' ? 'complex' : 'simple';
  return types.find((type) => type.kind === kind) ?? (types[0] as AnyType);
}
