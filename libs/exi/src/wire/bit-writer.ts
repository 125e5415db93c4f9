/** Builds a bit string, most significant bit first. */
export class BitWriter {
  #bytes = new Uint8Array(256);
  #length = 0;
  /** Bits that do not fill a byte yet, and how many. */
  #rest = 0;
  #restBits = 0;

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, needed));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  /** The `count` bits of `value`, at most 16; `value` must not have more. */
  bits(value: number, count: number): void {
    let rest = (this.#rest << count) | value;
    let bits = this.#restBits + count;
    if (bits >= 8) {
      this.#reserve(2);
      do {
        bits -= 8;
        this.#bytes[this.#length++] = rest >>> bits;
      } while (bits >= 8);
      rest &= (1 << bits) - 1;
    }
    this.#rest = rest;
    this.#restBits = bits;
  }

  octets(octets: Uint8Array): void {
    this.#reserve(octets.length);
    const bits = this.#restBits;
    let at = this.#length;
    this.#length += octets.length;
    if (bits === 0) return this.#bytes.set(octets, at);
    let high = this.#rest;
    for (const octet of octets) {
      this.#bytes[at++] = (high << (8 - bits)) | (octet >>> bits);
      high = octet;
    }
    this.#rest = high & ((1 << bits) - 1);
  }

  /** EXI 1.0, 7.1.6 */
  unsigned(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bits(128 | (rest % 128), 8);
      rest = Math.floor(rest / 128);
    }
    this.bits(rest, 8);
  }

  unsignedBig(value: bigint): void {
    let rest = value;
    while (rest >= 128n) {
      this.bits(128 | Number(rest & 127n), 8);
      rest >>= 7n;
    }
    this.bits(Number(rest), 8);
  }

  /** The bytes, the last one filled with zeros. */
  done(): Uint8Array {
    if (this.#restBits > 0) this.bits(0, 8 - this.#restBits);
    return this.#bytes.slice(0, this.#length);
  }
}
