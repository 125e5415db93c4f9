import { grammarOf } from '../grammar/type-grammar.ts';
import type { AnyType } from '../schema/complex-type.ts';
import { textOf } from './text.ts';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const MAX_EXACT = 2n ** 53n;

/** A value of a declared type as JSON: hex or base64 text, integers from 2^53 on as decimal strings. */
export function toJson(type: AnyType, value: unknown): Json {
  if (type.kind === 'simple') {
    if (typeof value === 'bigint')
      return value < MAX_EXACT && value > -MAX_EXACT ? Number(value) : `${value}`;
    return value instanceof Uint8Array ? textOf(type, value) : (value as Json);
  }
  const json: Record<string, Json> = {};
  const fields = value as Record<string, unknown>;
  for (const { key, type: of, list } of grammarOf(type).fields) {
    const content = fields[key];
    if (content === undefined) continue;
    json[key] = list ? (content as unknown[]).map((one) => toJson(of, one)) : toJson(of, content);
  }
  return json;
}
