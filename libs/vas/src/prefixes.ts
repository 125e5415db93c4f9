/** An IPv4 network as number and prefix length. */
interface Network4 {
  readonly base: number;
  readonly length: number;
}

const HEXTETS = 8;

function halves(text: string): string[] | undefined {
  const parts = text.split('::');
  if (parts.length > 2) return undefined;
  const left = parts[0] ? parts[0].split(':') : [];
  if (parts.length === 1) return left.length === HEXTETS ? left : undefined;
  const right = parts[1] ? parts[1].split(':') : [];
  const missing = HEXTETS - left.length - right.length;
  return missing < 1 ? undefined : [...left, ...Array<string>(missing).fill('0'), ...right];
}

/** The 128 bits of an IPv6 address, or undefined for anything else; no IPv4 in its last part. */
export function parseIpv6(text: string): bigint | undefined {
  const parts = halves(text);
  if (!parts?.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  return parts.reduce((value, part) => (value << 16n) | BigInt(`0x${part}`), 0n);
}

/** RFC 5952, but that the first of the longest runs of zeros is the one that is left out. */
export function formatIpv6(value: bigint): string {
  const parts = Array.from({ length: HEXTETS }, (_, index) =>
    Number((value >> BigInt(16 * (HEXTETS - 1 - index))) & 0xffffn),
  );
  let best = { at: -1, length: 1 };
  for (let at = 0; at < HEXTETS; at++) {
    let length = 0;
    while (at + length < HEXTETS && parts[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const hex = (list: readonly number[]) => list.map((part) => part.toString(16)).join(':');
  if (best.at < 0) return hex(parts);
  return `${hex(parts.slice(0, best.at))}::${hex(parts.slice(best.at + best.length))}`;
}

/** The `index`th /64 of an IPv6 prefix of at most 64 bits, as its first 64 bits with `::`; undefined where there is none. */
export function subnet64(prefix: string, index: number): string | undefined {
  const [address = '', lengthText] = prefix.split('/');
  const value = parseIpv6(address);
  const length = Number(lengthText);
  if (value === undefined || !(length >= 1 && length <= 64)) return undefined;
  const room = 64 - length;
  if (BigInt(index) >= 1n << BigInt(room)) return undefined;
  const network = (value >> BigInt(128 - length)) << BigInt(128 - length);
  return formatIpv6(network | (BigInt(index) << 64n));
}

/** An IPv4 address or network in CIDR notation, or undefined for anything else. */
export function parseNetwork4(text: string): Network4 | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const bytes = match.slice(1, 5).map(Number);
  const length = match[5] === undefined ? 32 : Number(match[5]);
  if (bytes.some((byte) => byte > 255) || length > 32) return undefined;
  const address = bytes.reduce((value, byte) => value * 256 + byte, 0);
  const size = 2 ** (32 - length);
  return { base: Math.floor(address / size) * size, length };
}

/** Whether two IPv4 networks share an address; a default route overlaps with nothing. */
export function overlap4(a: string, b: string): boolean {
  const [one, other] = [parseNetwork4(a), parseNetwork4(b)];
  if (!one || !other || one.length === 0 || other.length === 0) return false;
  return (
    one.base < other.base + 2 ** (32 - other.length) &&
    other.base < one.base + 2 ** (32 - one.length)
  );
}

/** Which family a literal address or network is of; undefined for names and nonsense. */
export function familyOf(text: string): 4 | 6 | undefined {
  if (parseNetwork4(text)) return 4;
  const [address = '', length, more] = text.split('/');
  if (more !== undefined || parseIpv6(address) === undefined) return undefined;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= 128)
    ? 6
    : undefined;
}
