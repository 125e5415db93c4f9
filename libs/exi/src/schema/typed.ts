declare const valueOf: unique symbol;

/** Carries the TypeScript type of the values that a declaration describes; exists at compile time only. */
export interface Typed<V> {
  readonly [valueOf]?: V;
}

/** The TypeScript type of the values that a declaration describes. */
export type Infer<T> = T extends Typed<infer V> ? V : never;

/** One flat object type in place of an intersection. */
export type Flat<T> = T extends unknown ? { readonly [K in keyof T]: T[K] } : never;

export type KeysOfUnion<U> = U extends unknown ? keyof U : never;

/** Each member of a union, with the keys of the other members forbidden. */
export type Exclusive<U, All = U> = U extends unknown
  ? Flat<U & { readonly [K in Exclude<KeysOfUnion<All>, keyof U>]?: undefined }>
  : never;

/** The types of the values of several declarations, by name. */
export type InferMembers<M> = { readonly [K in keyof M]: Infer<M[K]> };
