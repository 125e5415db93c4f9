import type { Coding, Limits } from './coding.ts';
import { LIMITS } from './limits.ts';

/** `exact`: as the schema says; `tolerant`: as deployed peers do; `ignored`: whatever the wire can carry. */
export type FacetMode = 'exact' | 'tolerant' | 'ignored';

/** In unicode mode a pair is one character: what is left is half of one. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const SURROGATE = /[\uD800-\uDFFF]/;
const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

export function codePoints(text: string): number {
  return SURROGATE.test(text) ? text.length - (text.match(PAIR)?.length ?? 0) : text.length;
}

function outside(length: number, limits: Limits, mode: FacetMode): string | undefined {
  if (mode === 'ignored') return undefined;
  const min = mode === 'exact' ? limits.min : limits.toleratedMin;
  const max = mode === 'exact' ? limits.max : limits.toleratedMax;
  if (length >= min && length <= max) return undefined;
  if (min === max) return `length ${length}, must be ${min}`;
  return `length ${length}, must be ${max === Infinity ? `${min} or more` : `${min} to ${max}`}`;
}

function range(value: number | bigint, min?: number | bigint, max?: number | bigint) {
  return (min !== undefined && value < min) || (max !== undefined && value > max)
    ? `${value} is not within ${min ?? ''}..${max ?? ''}`
    : undefined;
}

const INTEGER_BITS = BigInt(7 * LIMITS.integerOctets);

function tooLarge(value: bigint): string | undefined {
  const above = value >> INTEGER_BITS; // a negative number is written as the magnitude of the one above it
  return above === 0n || above === -1n
    ? undefined
    : `the number has over ${LIMITS.integerOctets} octets`;
}

/** What is wrong with a value of a simple type, or `undefined`. */
export function simpleIssue(coding: Coding, value: unknown, mode: FacetMode): string | undefined {
  switch (coding.form) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be a boolean';
    case 'enumeration':
      if (coding.codes.has(value as string)) return undefined;
      return `${describe(value)} is not one of ${coding.values.join(', ')}`;
    case 'n-bit':
    case 'number':
      if (!Number.isInteger(value)) return `${describe(value)} is not an integer`;
      if (coding.form === 'n-bit' && mode === 'ignored')
        return range(value as number, coding.min, coding.min + 2 ** coding.bits - 1);
      return range(value as number, coding.min, coding.max);
    case 'bigint':
      if (typeof value !== 'bigint') return `${describe(value)} is not a bigint`;
      return tooLarge(value) ?? range(value, coding.min, coding.max);
    case 'string':
      if (typeof value !== 'string') return `${describe(value)} is not a string`;
      if (LONE_SURROGATE.test(value)) return 'holds half of a surrogate pair';
      return textIssue(value, coding.limits, mode);
    case 'binary':
      if (!(value instanceof Uint8Array)) return `${describe(value)} is not a byte array`;
      return outside(value.length, coding.limits, mode);
  }
}

/** What is wrong with the length of well-formed text; it is gone through only where its characters must be counted. */
export function textIssue(text: string, limits: Limits, mode: FacetMode): string | undefined {
  if (mode === 'ignored') return undefined;
  const [min, max] =
    mode === 'exact' ? [limits.min, limits.max] : [limits.toleratedMin, limits.toleratedMax];
  if (text.length <= max && text.length >= 2 * min) return undefined;
  return outside(codePoints(text), limits, mode);
}

/** A value for an error text, cut short. */
export function describe(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 40 ? value.slice(0, 40) : value);
  if (value === null) return 'null';
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  return String(value);
}
