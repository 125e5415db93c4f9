import { codeBits } from '../grammar/state.ts';
import type { Datatype, LengthFacets, SimpleType } from '../schema/simple-type.ts';

/** How a value of a simple type is written. EXI 1.0, 7.1 */
export type Coding =
  | { readonly form: 'boolean' }
  | {
      readonly form: 'enumeration';
      readonly bits: number;
      readonly values: readonly string[];
      readonly codes: ReadonlyMap<string, number>;
    }
  /** An offset from `min` in `bits` bits. EXI 1.0, 7.1.5 */
  | { readonly form: 'n-bit'; readonly bits: number; readonly min: number; readonly max: number }
  | {
      readonly form: 'number';
      readonly signed: boolean;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly form: 'bigint';
      readonly signed: boolean;
      readonly min: bigint | undefined;
      readonly max: bigint | undefined;
    }
  | { readonly form: 'string'; readonly limits: Limits }
  | { readonly form: 'binary'; readonly limits: Limits; readonly hex: boolean };

export interface Limits {
  readonly min: number;
  readonly max: number;
  /** What deployed peers keep to. */
  readonly toleratedMin: number;
  readonly toleratedMax: number;
}

const MAX_N_BIT = 4096n;

function limitsOf(facets: LengthFacets, tolerated: LengthFacets = {}): Limits {
  const min = facets.length ?? facets.minLength ?? 0;
  const max = facets.length ?? facets.maxLength ?? Infinity;
  return {
    min,
    max,
    toleratedMin: Math.min(min, tolerated.minLength ?? min),
    toleratedMax: Math.max(max, tolerated.maxLength ?? max),
  };
}

function codingOfInteger(datatype: Extract<Datatype, { kind: 'integer' }>): Coding {
  const { min, max, big } = datatype;
  const signed = min === undefined || min < 0n;
  if (big) return { form: 'bigint', signed, min, max };
  const range = { min: Number(min), max: Number(max) };
  const size = (max as bigint) - (min as bigint) + 1n;
  if (size <= MAX_N_BIT) return { form: 'n-bit', bits: codeBits(Number(size)), ...range };
  return { form: 'number', signed, ...range };
}

function make(datatype: Datatype): Coding {
  switch (datatype.kind) {
    case 'boolean':
      return { form: 'boolean' };
    case 'enumeration': {
      const { values } = datatype;
      const codes = new Map(values.map((value, code) => [value, code]));
      return { form: 'enumeration', bits: codeBits(values.length), values, codes };
    }
    case 'integer':
      return codingOfInteger(datatype);
    case 'string':
      return { form: 'string', limits: limitsOf(datatype.facets, datatype.tolerated) };
    default: {
      const limits = limitsOf(datatype.facets, datatype.tolerated);
      return { form: 'binary', limits, hex: datatype.kind === 'hexBinary' };
    }
  }
}

const codings = new WeakMap<Datatype, Coding>();

export function codingOf(type: SimpleType<unknown>): Coding {
  let coding = codings.get(type.datatype);
  if (!coding) codings.set(type.datatype, (coding = make(type.datatype)));
  return coding;
}
