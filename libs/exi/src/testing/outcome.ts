import { toHex, WireError } from '@kerbside/kernel';
import type { CodecOptions } from '../codec/codec.ts';
import { ExiValueError } from '../errors.ts';

/** A value as text that tells apart whatever a program could: types, the order of keys, absent from `undefined`. */
function described(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.constructor.name}(${toHex(value)})`;
  if (Array.isArray(value)) return `[${value.map(described).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, child]) => `${key}: ${described(child)}`)
      .join(', ')}}`;
  if (typeof value === 'string') return JSON.stringify(value);
  return Object.is(value, -0) ? '-0' : `${typeof value} ${String(value)}`;
}

/** What a call gives as text: its value, or all that its `WireError` or `ExiValueError` says. Other errors pass. */
export function outcomeOf(call: () => unknown): string {
  try {
    return described(call());
  } catch (error) {
    if (error instanceof WireError) {
      const { name, code, reason, message, offset, bitOffset, path } = error;
      return described({ name, code, reason, message, offset, bitOffset, path });
    }
    if (error instanceof ExiValueError) {
      const { name, code, reason, message, path } = error;
      return described({ name, code, reason, message, path });
    }
    throw error;
  }
}

const MODES = ['exact', 'tolerant', 'ignored'] as const;

/** In which facet modes a call gives something else by compiled code than by the interpreter. */
export function differencesOf(call: (options: CodecOptions) => unknown): string[] {
  return MODES.flatMap((facets) => {
    const compiled = outcomeOf(() => call({ facets }));
    const interpreted = outcomeOf(() => call({ facets, interpret: true }));
    return compiled === interpreted ? [] : [`${facets}: ${compiled} but ${interpreted}`];
  });
}
