import { toHex } from '@kerbside/kernel';
import type { SimpleType } from '../schema/simple-type.ts';
import { toBase64 } from './base64.ts';

/** The text of a value as XML Schema writes it. */
export function textOf(type: SimpleType<unknown>, value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value);
  return type.datatype.kind === 'hexBinary' ? toHex(value).toUpperCase() : toBase64(value);
}
