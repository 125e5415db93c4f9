/** Ends reading with an error that the reader's owner places. */
export type Fail = (code: string, reason: string) => never;

/** Reads bits from front to back, most significant first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #fail: Fail;
  #at = 0;

  constructor(bytes: Uint8Array, fail: Fail) {
    this.#bytes = bytes;
    this.#end = bytes.length * 8;
    this.#fail = fail;
  }

  /** Bits from the start. */
  get position(): number {
    return this.#at;
  }

  get bitsLeft(): number {
    return this.#end - this.#at;
  }

  /** An unsigned number of `count` bits, at most 16. */
  bits(count: number): number {
    const at = this.#at;
    if (at + count > this.#end)
      return this.#fail('exi.short', `${count} bits wanted, ${this.#end - at} left`);
    this.#at = at + count;
    const byte = at >>> 3;
    const bytes = this.#bytes;
    const three =
      ((bytes[byte] as number) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
    return (three >>> (24 - (at & 7) - count)) & ((1 << count) - 1);
  }

  /** `count` whole bytes from the present bit on. The caller bounds `count` by `bitsLeft`. */
  octets(count: number): Uint8Array {
    const at = this.#at;
    if (count * 8 > this.#end - at)
      return this.#fail('exi.short', `${count} bytes wanted, ${this.#end - at} bits left`);
    this.#at = at + count * 8;
    const from = at >>> 3;
    const shift = at & 7;
    const out = new Uint8Array(count);
    if (shift === 0) {
      // not `slice`: that of a Node Buffer shares its memory
      out.set(this.#bytes.subarray(from, from + count));
      return out;
    }
    let high = this.#bytes[from] as number;
    for (let i = 0; i < count; i++) {
      const low = this.#bytes[from + i + 1] as number;
      out[i] = (high << shift) | (low >>> (8 - shift));
      high = low;
    }
    return out;
  }

  /** Goes back to a position that was read before. */
  rewind(position: number): void {
    this.#at = position;
  }

  /** Groups of 7 bits, least significant first, at most `maxBits` in all. EXI 1.0, 7.1.6 */
  unsigned(): number {
    let octet = this.bits(8);
    if (octet < 128) return octet;
    let value = octet & 127;
    for (let scale = 128; ; scale *= 128) {
      octet = this.bits(8);
      value += (octet & 127) * scale;
      if (value > Number.MAX_SAFE_INTEGER)
        return this.#fail('exi.range', 'the number is too large');
      if (octet < 128) return value;
      if (scale > MAX_SCALE) return this.#fail('exi.range', 'the number has too many octets');
    }
  }

  /** As `unsigned`, without bound but for the octets: at most 64. */
  unsignedBig(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 448n; shift += 7n) {
      const octet = this.bits(8);
      value |= BigInt(octet & 127) << shift;
      if (octet < 128) return value;
    }
    return this.#fail('exi.range', 'the number has over 64 octets');
  }
}

const MAX_SCALE = 2 ** 63;
