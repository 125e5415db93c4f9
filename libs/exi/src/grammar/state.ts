import type { AnyType } from '../schema/complex-type.ts';
import type { SimpleType } from '../schema/simple-type.ts';

/** What an element may be followed by. EXI 1.0, 8.5.4 */
export interface State {
  /** First-level productions in the order of their codes; the code after the last is the escape. */
  readonly productions: readonly Production[];
  /** Width of a first-level code, in bits. */
  readonly bits: number;
  /** What the escape leads to: productions that no schema declares. EXI 1.0, 8.5.4.4.1 */
  readonly undeclared: readonly Undeclared[];
  readonly undeclaredBits: number;
  /** Code of each production by the key of `ElementProduction`, `@key` of `AttributeProduction`. */
  readonly codes: ReadonlyMap<string, number>;
  /** Code of the end of the element, or -1. */
  readonly end: number;
}

export type Undeclared =
  'end' | 'xsi:type' | 'xsi:nil' | 'attribute' | 'untyped attribute' | 'element' | 'text';

export interface ElementProduction {
  readonly event: 'element';
  readonly key: string;
  readonly qname: string;
  readonly content: TypeGrammar;
  /** Whether the values under this key form an array. */
  readonly list: boolean;
  /** Whether the schema sets no limit to that array. */
  readonly unbounded: boolean;
  readonly dropped: boolean;
  readonly next: State;
  /** Not 0: the loop counter starts with this. */
  readonly count: number;
  /** In a loop: the counter that ends it, and the state there. */
  readonly limit: number;
  readonly full: State | undefined;
}

export interface AttributeProduction {
  readonly event: 'attribute';
  readonly key: string;
  readonly qname: string;
  readonly type: SimpleType<unknown>;
  readonly next: State;
}

export interface TextProduction {
  readonly event: 'text';
  /** `undefined`: untyped text between children. */
  readonly type: SimpleType<unknown> | undefined;
  readonly next: State;
}

export type Production =
  | ElementProduction
  | AttributeProduction
  | TextProduction
  | { readonly event: 'any'; readonly next: State }
  | { readonly event: 'end' };

/** A key of the value of a complex type, and what stands under it. */
export interface FieldInfo {
  readonly key: string;
  readonly kind: 'attribute' | 'element' | 'text';
  readonly type: AnyType;
  readonly list: boolean;
}

export interface TypeGrammar {
  readonly type: AnyType;
  /** The type itself where it is simple, and the element holds nothing but its text. */
  readonly simple: SimpleType<unknown> | undefined;
  readonly start: State;
  /** In the order of the wire. */
  readonly fields: readonly FieldInfo[];
  readonly fieldByKey: ReadonlyMap<string, FieldInfo>;
}

/** Bits that hold `count` different codes. */
export function codeBits(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1);
}
