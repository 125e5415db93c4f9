import type {
  ComplexType,
  Content,
  ElementDeclaration,
  SubstitutionGroup,
} from './complex-type.ts';
import type { WildcardParticle } from './particle.ts';
import type { SimpleType } from './simple-type.ts';
import type { Exclusive, Flat, Infer, KeysOfUnion } from './typed.ts';

/** A child element: its type, or a reference to a global element of the same name. */
export type Item = SimpleType<unknown> | ComplexType<unknown> | ElementDeclaration<unknown>;
/** Children that appear under their own names: a substitution group, or a nested choice or sequence. */
export type Group = SubstitutionGroup<unknown> | Content<unknown>;
export type Presence = 'optional' | 'list' | 'optional-list';

export interface Occurs<F, P extends Presence> {
  readonly kind: 'occurs';
  readonly presence?: P;
  readonly of: F;
  readonly min: number;
  readonly max: number;
}

export type Field = Item | Group | Occurs<Item | Group, Presence> | WildcardParticle;
export type Fields = Readonly<Record<string, Field>>;
export type Attributes = Readonly<
  Record<string, SimpleType<unknown> | Occurs<SimpleType<unknown>, 'optional'>>
>;

type KeysWhere<F, Wanted> = { [K in keyof F]: F[K] extends Wanted ? K : never }[keyof F];

type Required<F> = { readonly [K in KeysWhere<F, Item>]: Infer<F[K]> };
type Optional<F> = {
  readonly [K in KeysWhere<F, Occurs<Item, 'optional'>>]?: F[K] extends Occurs<infer T, 'optional'>
    ? Infer<T> | undefined
    : never;
};
type Lists<F> = {
  readonly [K in KeysWhere<F, Occurs<Item, 'list'>>]: F[K] extends Occurs<infer T, 'list'>
    ? readonly Infer<T>[]
    : never;
};
type OptionalLists<F> = {
  readonly [K in KeysWhere<F, Occurs<Item, 'optional-list'>>]?: F[K] extends Occurs<
    infer T,
    'optional-list'
  >
    ? readonly Infer<T>[] | undefined
    : never;
};

type MemberUnion<M> = { [K in keyof M]: { readonly [P in K]: M[P] } }[keyof M];
type GroupValue<G> =
  G extends SubstitutionGroup<infer M>
    ? Exclusive<MemberUnion<M>>
    : G extends Content<infer V>
      ? V
      : never;
type Absent<V> = { readonly [K in KeysOfUnion<V>]?: undefined };
type ListsOf<V> = {
  readonly [K in KeysOfUnion<V>]?: readonly Exclude<Picked<V, K>, undefined>[] | undefined;
};
type Picked<V, K> = V extends unknown ? (K extends keyof V ? V[K] : never) : never;
type FieldGroup<F> = F extends Group
  ? GroupValue<F>
  : F extends Occurs<infer G, infer P>
    ? G extends Group
      ? P extends 'optional'
        ? GroupValue<G> | Absent<GroupValue<G>>
        : ListsOf<GroupValue<G>>
      : never
    : never;
type GroupKeys<F> = KeysWhere<F, Group | Occurs<Group, Presence>>;
/** The values of all groups together: an intersection of unions. */
type Groups<F> = [GroupKeys<F>] extends [never]
  ? unknown
  : { [K in GroupKeys<F>]: (group: FieldGroup<F[K]>) => void }[GroupKeys<F>] extends (
        group: infer V,
      ) => void
    ? V
    : never;

/** The value of a sequence of fields. */
export type SequenceValue<F> = Flat<
  Required<F> & Optional<F> & Lists<F> & OptionalLists<F> & Groups<F>
>;
/** The value of a choice among fields: exactly one. */
export type ChoiceValue<F> = Exclusive<{ [K in keyof F]: SequenceValue<Pick<F, K>> }[keyof F]>;

/** The field may be absent. */
export function optional<F extends Item | Group>(field: F): Occurs<F, 'optional'> {
  return { kind: 'occurs', of: field, min: 0, max: 1 };
}

/** The field is an array of `min` to `max` values, `max` at least 2; `min` 0 makes the whole key optional. */
export function list<F extends Item | Group>(
  field: F,
  range: { readonly min: 0; readonly max: number },
): Occurs<F, 'optional-list'>;
export function list<F extends Item | Group>(
  field: F,
  range: { readonly min?: number; readonly max: number },
): Occurs<F, 'list'>;
export function list<F extends Item | Group>(
  field: F,
  range: { readonly min?: number; readonly max: number },
): Occurs<F, Presence> {
  if (range.max < 2) throw new TypeError(`a list of at most ${range.max}: that is no list`);
  return { kind: 'occurs', of: field, min: range.min ?? 1, max: range.max };
}

/** A child of a foreign schema. */
export function anyElement(
  namespace: WildcardParticle['namespace'],
  range: { readonly min: number; readonly max: number },
): WildcardParticle {
  return { kind: 'any', namespace, ...range };
}
