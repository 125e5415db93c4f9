import type { AnyType } from '../schema/complex-type.ts';
import type { SimpleType } from '../schema/simple-type.ts';

/** The facets of a simple type as the schema names them; bounds beyond 2^53 are decimal text. */
export interface Facets {
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minInclusive?: number | string;
  readonly maxInclusive?: number | string;
}

/** The name of a type in the words of its schema: its own, or that of the built-in type that it narrows. */
export function typeName(type: AnyType): string {
  if (type.name !== '') return type.name;
  return type.kind === 'simple' ? baseName(type) : '';
}

/** The built-in type of XML Schema that a simple type narrows, or `enumeration`. */
export function baseName({ base, name, datatype }: SimpleType<unknown>): string {
  return datatype.kind === 'enumeration' ? datatype.kind : (base ?? name);
}

const bound = (value: bigint): number | string =>
  value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : `${value}`;

export function facetsOf({ datatype }: SimpleType<unknown>): Facets {
  if (datatype.kind === 'integer')
    return {
      ...(datatype.min !== undefined && { minInclusive: bound(datatype.min) }),
      ...(datatype.max !== undefined && { maxInclusive: bound(datatype.max) }),
    };
  return 'facets' in datatype ? datatype.facets : {};
}
