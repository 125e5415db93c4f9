import type { ComplexType, ElementDeclaration, SubstitutionGroup } from './complex-type.ts';
import { elementsOfGroup } from './element-group.ts';
import type { Flat, Infer } from './typed.ts';

/** The global elements of one or more schemas that make up the documents of a protocol. */
export interface SchemaSet<R> {
  readonly name: string;
  /** Every global element, those of imported schemas and abstract ones too: each takes a code. */
  readonly globals: readonly ElementDeclaration<unknown>[];
  /** Types that no global element reaches: their local elements count in fragments all the same. */
  readonly unreached: readonly ComplexType<unknown>[];
  /** The elements that documents begin with. */
  readonly rootNames: readonly string[];
  readonly roots?: R;
}

/** A document: its root element and the value of that. */
export type Root<R> = {
  [K in keyof R]: { readonly element: K; readonly value: R[K] };
}[keyof R];

export interface SchemaSetParts<T> {
  /** The elements that documents begin with. */
  readonly roots: T;
  /** All other global elements; a group stands for its head and its members. */
  readonly others?: readonly (ElementDeclaration<unknown> | SubstitutionGroup<unknown>)[];
  readonly unreached?: readonly ComplexType<unknown>[];
}

export function schemaSet<T extends Readonly<Record<string, ElementDeclaration<unknown>>>>(
  name: string,
  parts: SchemaSetParts<T>,
): SchemaSet<Flat<{ [K in keyof T]: Infer<T[K]> }>> {
  const others = (parts.others ?? []).flatMap((one) =>
    one.kind === 'group' ? elementsOfGroup(one) : [one],
  );
  const globals = [...new Set([...Object.values(parts.roots), ...others])];
  return { name, globals, unreached: parts.unreached ?? [], rootNames: Object.keys(parts.roots) };
}
