type Defined<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** The fields that have a value. */
export const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
