import type { Typed } from './typed.ts';

/** Limits of a string (in code points) or of binary content (in bytes). */
export interface LengthFacets {
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface RangeFacets {
  readonly minInclusive?: number;
  readonly maxInclusive?: number;
}

/** How a value of a simple type looks in memory and on the wire. EXI 1.0, 7.1 */
export type Datatype =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'enumeration'; readonly values: readonly string[] }
  | { readonly kind: 'string'; readonly facets: LengthFacets; readonly tolerated?: LengthFacets }
  | {
      readonly kind: 'hexBinary' | 'base64Binary';
      readonly facets: LengthFacets;
      readonly tolerated?: LengthFacets;
    }
  | {
      readonly kind: 'integer';
      readonly min: bigint | undefined;
      readonly max: bigint | undefined;
      /** Whether values are `bigint` in memory: the type is not bound to what a number holds exactly. */
      readonly big: boolean;
    };

export interface SimpleType<V> extends Typed<V> {
  readonly kind: 'simple';
  readonly name: string;
  readonly namespace: string;
  readonly datatype: Datatype;
  /** The built-in type that this one narrows. */
  readonly base?: string;
  /** The unit that all values of the type are in, where there is one. */
  readonly unit?: string;
}

const XS = 'http://www.w3.org/2001/XMLSchema';

const builtIn = <V>(name: string, datatype: Datatype): SimpleType<V> => ({
  kind: 'simple',
  name,
  namespace: XS,
  datatype,
});
const text = (name: string): SimpleType<string> => builtIn(name, { kind: 'string', facets: {} });
const number = (name: string, min: number, max: number): SimpleType<number> =>
  builtIn(name, { kind: 'integer', min: BigInt(min), max: BigInt(max), big: false });
const bigInteger = (name: string, min?: bigint, max?: bigint): SimpleType<bigint> =>
  builtIn(name, { kind: 'integer', min, max, big: true });

/** The built-in types of XML Schema that the message sets use. */
export const xs = {
  boolean: builtIn<boolean>('boolean', { kind: 'boolean' }),
  byte: number('byte', -0x80, 0x7f),
  short: number('short', -0x8000, 0x7fff),
  int: number('int', -0x80000000, 0x7fffffff),
  long: bigInteger('long', -0x8000000000000000n, 0x7fffffffffffffffn),
  unsignedByte: number('unsignedByte', 0, 0xff),
  unsignedShort: number('unsignedShort', 0, 0xffff),
  unsignedInt: number('unsignedInt', 0, 0xffffffff),
  unsignedLong: bigInteger('unsignedLong', 0n, 0xffffffffffffffffn),
  integer: bigInteger('integer'),
  string: text('string'),
  anyURI: text('anyURI'),
  ID: text('ID'),
  IDREF: text('IDREF'),
  hexBinary: builtIn<Uint8Array>('hexBinary', { kind: 'hexBinary', facets: {} }),
  base64Binary: builtIn<Uint8Array>('base64Binary', { kind: 'base64Binary', facets: {} }),
} as const;

/** One of the given strings, in the order of the schema. */
export function enumeration<const T extends string>(...values: readonly T[]): SimpleType<T> {
  return { kind: 'simple', name: '', namespace: '', datatype: { kind: 'enumeration', values } };
}

/**
 * A simple type narrowed by facets. `tolerated` widens them again for what deployed peers send: it applies to
 * decoding, and to encoding where that is asked for.
 */
export function restriction<V>(
  base: SimpleType<V>,
  facets: LengthFacets & RangeFacets = {},
  tolerated?: LengthFacets,
): SimpleType<V> {
  const { datatype } = base;
  const narrowed = { ...base, name: '', base: base.base ?? base.name };
  if (datatype.kind === 'string' || datatype.kind.endsWith('Binary')) {
    const merged = { ...('facets' in datatype && datatype.facets), ...facets };
    const limited = { ...datatype, facets: merged, ...(tolerated && { tolerated }) } as Datatype;
    return { ...narrowed, datatype: limited };
  }
  if (datatype.kind !== 'integer') return narrowed;
  const { minInclusive, maxInclusive } = facets;
  const min = minInclusive === undefined ? datatype.min : BigInt(minInclusive);
  const max = maxInclusive === undefined ? datatype.max : BigInt(maxInclusive);
  return { ...narrowed, datatype: { ...datatype, min, max } };
}
