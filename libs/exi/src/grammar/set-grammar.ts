import type { AnyType, ElementDeclaration } from '../schema/complex-type.ts';
import type { SchemaSet } from '../schema/schema-set.ts';
import type { SimpleType } from '../schema/simple-type.ts';
import { elementsOf } from './fields.ts';
import { codeBits } from './state.ts';

/** A qualified name of a schema set, with every type that elements of this name have. */
export interface QualifiedElement {
  readonly name: string;
  readonly namespace: string;
  readonly types: readonly AnyType[];
}

/** What stands outside the root element of documents and fragments of one schema set. */
export interface SetGrammar {
  /** Global elements by code. EXI 1.0, 8.4.2 */
  readonly documents: readonly ElementDeclaration<unknown>[];
  readonly documentBits: number;
  readonly roots: ReadonlySet<string>;
  /** All elements, global and local, by code. EXI 1.0, 8.5.2 */
  readonly fragments: readonly QualifiedElement[];
  readonly fragmentBits: number;
  readonly attributes: readonly { readonly name: string; readonly type: SimpleType<unknown> }[];
}

interface Qualified {
  readonly name: string;
  readonly namespace: string;
}

const byQname = (a: Qualified, b: Qualified): number =>
  a.name !== b.name ? (a.name < b.name ? -1 : 1) : a.namespace < b.namespace ? -1 : 1;

const sameType = (a: AnyType, b: AnyType): boolean =>
  a === b || (a.name !== '' && a.name === b.name && a.namespace === b.namespace);

/** All elements and attributes of a set, found by walking its types. */
class Census {
  readonly elements = new Map<string, { name: string; namespace: string; types: AnyType[] }>();
  readonly attributes = new Map<string, SimpleType<unknown>>();
  readonly #seen = new Set<AnyType>();

  element(name: string, namespace: string, type: AnyType): void {
    const key = `${name} ${namespace}`;
    const entry = this.elements.get(key);
    if (!entry) this.elements.set(key, { name, namespace, types: [type] });
    else if (!entry.types.some((known) => sameType(known, type))) entry.types.push(type);
    this.type(type);
  }

  type(type: AnyType): void {
    if (type.kind === 'simple' || this.#seen.has(type)) return;
    this.#seen.add(type);
    for (const { name, type: of } of type.content.attributes) this.attributes.set(name, of);
    for (const { element } of elementsOf(type.content.particle))
      this.element(element.name, element.namespace ?? '', element.type);
  }
}

/** What documents need is at hand; the elements of fragments are found when they are first asked for. */
class LazySetGrammar implements SetGrammar {
  readonly documents: readonly ElementDeclaration<unknown>[];
  readonly documentBits: number;
  readonly roots: ReadonlySet<string>;
  readonly #set: SchemaSet<unknown>;
  #found: Pick<SetGrammar, 'fragments' | 'attributes'> | undefined;

  constructor(set: SchemaSet<unknown>) {
    this.#set = set;
    this.documents = set.globals.toSorted(byQname);
    this.documentBits = codeBits(this.documents.length + 1); // and any other element
    this.roots = new Set(set.rootNames);
  }

  get #census(): Pick<SetGrammar, 'fragments' | 'attributes'> {
    return (this.#found ??= censusOf(this.#set));
  }

  get fragments(): readonly QualifiedElement[] {
    return this.#census.fragments;
  }

  get fragmentBits(): number {
    return codeBits(this.fragments.length + 2); // and any other element, and the end
  }

  get attributes(): SetGrammar['attributes'] {
    return this.#census.attributes;
  }
}

function censusOf(set: SchemaSet<unknown>): Pick<SetGrammar, 'fragments' | 'attributes'> {
  const census = new Census();
  for (const { name, namespace, type } of set.globals) census.element(name, namespace, type);
  for (const type of set.unreached) census.type(type);
  return {
    fragments: [...census.elements.values()].toSorted(byQname),
    attributes: [...census.attributes]
      .map(([name, type]) => ({ name, type }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const grammars = new WeakMap<SchemaSet<unknown>, SetGrammar>();

/** The codes of the root elements of a set; made once. */
export function setGrammarOf(set: SchemaSet<unknown>): SetGrammar {
  let grammar = grammars.get(set);
  if (!grammar) grammars.set(set, (grammar = new LazySetGrammar(set)));
  return grammar;
}
