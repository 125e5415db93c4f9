const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
const FORM = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Standard base64 with padding. RFC 4648, 4 */
export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at] as number, bytes[at + 1], bytes[at + 2]];
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += DIGITS.charAt(group >> 18) + DIGITS.charAt((group >> 12) & 63);
    out += b === undefined ? '=' : DIGITS.charAt((group >> 6) & 63);
    out += c === undefined ? '=' : DIGITS.charAt(group & 63);
  }
  return out;
}

/** `undefined` for what is not standard base64 with padding. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !FORM.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, to = 0; at < text.length; at += 4) {
    let group = 0;
    for (let i = 0; i < 4; i++) group = (group << 6) | (VALUES.get(text.charAt(at + i)) ?? 0);
    for (const shift of [16, 8, 0]) if (to < out.length) out[to++] = (group >> shift) & 255;
  }
  return out;
}
