import type { Particle } from './particle.ts';
import type { SimpleType } from './simple-type.ts';
import type { Typed } from './typed.ts';

export interface AttributeUse {
  readonly name: string;
  readonly type: SimpleType<unknown>;
  readonly required: boolean;
}

/** What stands between the tags: attributes, then either children or the text of a simple type. */
export interface Content<V> extends Typed<V> {
  readonly kind: 'content';
  readonly attributes: readonly AttributeUse[];
  readonly particle: Particle | undefined;
  readonly text: SimpleType<unknown> | undefined;
  /** Whether untyped text may stand between the children. */
  readonly mixed: boolean;
}

export interface ComplexType<V> extends Typed<V> {
  readonly kind: 'complex';
  readonly name: string;
  readonly namespace: string;
  readonly abstract: boolean;
  readonly content: Content<unknown>;
}

export type AnyType = SimpleType<unknown> | ComplexType<unknown>;

/** A global element. */
export interface ElementDeclaration<V> extends Typed<V> {
  readonly kind: 'element';
  readonly name: string;
  readonly namespace: string;
  readonly type: AnyType;
  readonly abstract: boolean;
}

/** The elements that may stand for a head element; `M` maps their names to the types of their values. */
export interface SubstitutionGroup<M> {
  readonly kind: 'group';
  readonly head: ElementDeclaration<unknown>;
  readonly members: readonly ElementDeclaration<unknown>[];
  readonly membersType?: M;
}
