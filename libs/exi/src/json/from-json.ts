import { describe } from '../codec/facets.ts';
import { ExiValueError } from '../errors.ts';
import { grammarOf } from '../grammar/type-grammar.ts';
import type { AnyType } from '../schema/complex-type.ts';
import type { SimpleType } from '../schema/simple-type.ts';
import { fromBase64 } from './base64.ts';

const HEX = /^(?:[0-9a-fA-F]{2})*$/;
/** No type of any message set needs more; parsing costs the square of the length. */
const INTEGER = /^-?[0-9]{1,200}$/;

/** The value that JSON of the form of `toJson` stands for; what does not fit the type is an `ExiValueError`. */
export function fromJson(type: AnyType, json: unknown, path = ''): unknown {
  return type.kind === 'simple'
    ? simpleFromJson(type, json, path)
    : complexFromJson(type, json, path);
}

function complexFromJson(type: AnyType, json: unknown, path: string): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new ExiValueError(path, `${describe(json)} is not an object`);
  const { fields, fieldByKey } = grammarOf(type);
  const source = json as Record<string, unknown>;
  const place = (key: string): string => (path === '' ? key : `${path}/${key}`);
  for (const key of Object.keys(source))
    if (!fieldByKey.has(key)) throw new ExiValueError(place(key), 'is not a field');
  const value: Record<string, unknown> = {};
  for (const { key, kind, type: of, list } of fields) {
    if (!Object.hasOwn(source, key)) continue;
    const content = source[key];
    const at = place(kind === 'attribute' ? `@${key}` : key);
    if (!list) value[key] = fromJson(of, content, at);
    else if (!Array.isArray(content))
      throw new ExiValueError(at, `${describe(content)} is not an array`);
    else value[key] = content.map((one, i) => fromJson(of, one, `${at}[${i}]`));
  }
  return value;
}

function simpleFromJson(type: SimpleType<unknown>, json: unknown, path: string): unknown {
  const refuse = (what: string): never => {
    throw new ExiValueError(path, `${describe(json)} is not ${what}`);
  };
  const { datatype } = type;
  switch (datatype.kind) {
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse('a boolean');
    case 'string':
    case 'enumeration':
      return typeof json === 'string' ? json : refuse('a string');
    case 'hexBinary':
      return typeof json === 'string' && HEX.test(json) ? hexBytes(json) : refuse('hex');
    case 'base64Binary':
      return (typeof json === 'string' ? fromBase64(json) : undefined) ?? refuse('base64');
    case 'integer': {
      if (typeof json === 'number' && Number.isSafeInteger(json))
        return datatype.big ? BigInt(json) : json + 0; // -0 becomes 0
      if (typeof json !== 'string' || !INTEGER.test(json)) return refuse('an integer');
      return datatype.big ? BigInt(json) : Number(json) + 0;
    }
  }
}

function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}
