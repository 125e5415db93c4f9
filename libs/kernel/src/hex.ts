import { WireError } from './errors.ts';

/** Lower-case hex, two digits a byte. */
export function toHex(bytes: Uint8Array, separator = ''): string {
  let out = '';
  for (let i = 0; i < bytes.length; i++) {
    if (i > 0) out += separator;
    out += (bytes[i] as number).toString(16).padStart(2, '0');
  }
  return out;
}

/** Bytes from hex in either case; white space, `:` and `-` between bytes are passed over. Throws `WireError`. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/[\s:-]/g, '');
  const bad = digits.search(/[^0-9a-fA-F]/);
  if (bad >= 0)
    throw new WireError('hex.digit', `"${digits[bad]}" is not a hex digit`, { offset: bad >> 1 });
  if (digits.length % 2 === 1)
    throw new WireError('hex.odd', 'an odd number of hex digits', { offset: digits.length >> 1 });
  const out = new Uint8Array(digits.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return out;
}
