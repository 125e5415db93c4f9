import { WireError } from '@kerbside/kernel';

/** Reads one value of a message; throws a WireError that names `path`. Only `messageSet` calls it. */
export interface Field<T> {
  (value: unknown, path: string): T;
}
export type FieldValue<F> = F extends Field<infer T> ? T : never;

const wrong = (path: string, wanted: string, value: unknown): never => {
  const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
  throw new WireError('line.field', `wants ${wanted}, got ${got}`, { offset: 0, path });
};

/** A finite number between `min` and `max`. */
export const number =
  (min: number, max: number): Field<number> =>
  (value, path) =>
    typeof value === 'number' && value >= min && value <= max
      ? value
      : wrong(path, `a number from ${min} to ${max}`, value);

export const integer =
  (min: number, max: number): Field<number> =>
  (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? value
      : wrong(path, `a whole number from ${min} to ${max}`, value);

export const flag: Field<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : wrong(path, 'true or false', value);

/** Text of at most `max` characters. */
export const text =
  (max: number): Field<string> =>
  (value, path) =>
    typeof value === 'string' && value.length <= max
      ? value
      : wrong(path, `text of at most ${max} characters`, value);

export const oneOf =
  <const T extends string | number>(...allowed: readonly T[]): Field<T> =>
  (value, path) =>
    allowed.includes(value as T) ? (value as T) : wrong(path, allowed.join(' | '), value);

/** May be absent or null. */
export const optional =
  <T>(field: Field<T>): Field<T | undefined> =>
  (value, path) =>
    value === undefined || value === null ? undefined : field(value, path);

export const list =
  <T>(field: Field<T>, max: number): Field<readonly T[]> =>
  (value, path) =>
    Array.isArray(value) && value.length <= max
      ? value.map((item, index) => field(item, `${path}[${index}]`))
      : wrong(path, `a list of at most ${max}`, value);

export const object =
  <S extends Fields>(fields: S): Field<FieldsValue<S>> =>
  (value, path) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? readFields(fields, value as Record<string, unknown>, path)
      : wrong(path, 'an object', value);

export type Fields = { readonly [name: string]: Field<unknown> };
type OptionalNames<S extends Fields> = {
  [K in keyof S]: undefined extends FieldValue<S[K]> ? K : never;
}[keyof S];
/** Fields that may be absent are optional properties. */
export type FieldsValue<S extends Fields> = {
  readonly [K in Exclude<keyof S, OptionalNames<S>>]: FieldValue<S[K]>;
} & {
  readonly [K in OptionalNames<S>]?: Exclude<FieldValue<S[K]>, undefined>;
};

/** Reads the declared fields; unknown ones are passed over, so that a newer peer may add some. */
export function readFields<S extends Fields>(
  fields: S,
  value: Readonly<Record<string, unknown>>,
  path: string,
): FieldsValue<S> {
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const own = Object.hasOwn(value, name) ? value[name] : undefined;
    const result = field(own, path === '' ? name : `${path}.${name}`);
    if (result !== undefined) read[name] = result;
  }
  return read as FieldsValue<S>;
}
