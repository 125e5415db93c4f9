import { WireError } from './errors.ts';

const digitsOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hex, two digits a byte. */
export const toHex = (bytes: Uint8Array, separator = ''): string =>
  hexOf(bytes, 0, bytes.length, separator);

/** The same of a part. */
export function hexOf(bytes: Uint8Array, from: number, to: number, separator = ''): string {
  let out = '';
  for (let i = from; i < to; i++) {
    if (i > from) out += separator;
    out += digitsOf[bytes[i] as number];
  }
  return out;
}

/** Bytes from hex in either case; white space, `:` and `-` between bytes are passed over. Throws `WireError`. */
export function fromHex(text: string): Uint8Array {
  let digits = 0;
  for (let i = 0; i < text.length; i++) if (!isBetween(text.charCodeAt(i))) digits++;
  const out = new Uint8Array(digits >> 1);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isBetween(code)) continue;
    const nibble = nibbleOf(code);
    if (nibble < 0)
      throw new WireError('hex.digit', `"${text[i]}" is not a hex digit`, { offset: at >> 1 });
    out[at >> 1] = ((out[at >> 1] as number) << 4) | nibble;
    at++;
  }
  if (digits % 2 === 1)
    throw new WireError('hex.odd', 'an odd number of hex digits', { offset: digits >> 1 });
  return out;
}

/** `:`, `-` and white space. */
const isBetween = (code: number): boolean =>
  code === 0x3a ||
  code === 0x2d ||
  code === 0x20 ||
  (code >= 0x09 && code <= 0x0d) ||
  (code > 0x7f && /\s/.test(String.fromCharCode(code)));

/** 0 to 15, or -1 for what is no hex digit. */
function nibbleOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
