import { BAIL, MARGIN, SCRATCH } from './bail.ts';

/** From here on shifting whole words pays. */
const WORDS = 48;

/**
 * The stream that compiled functions write, copied out when it is done. `p` is the position in bits; `A` holds the bits
 * of the byte that is not full yet, at its top, and zeros.
 */
export class Output {
  readonly bytes = new Uint8Array(SCRATCH + MARGIN);
  readonly view = new DataView(this.bytes.buffer);
  /** Position and bits, between functions. */
  readonly registers = new Int32Array(2);
  readonly #long = new DataView(new ArrayBuffer(8));

  /** `width` bits at the top of `word`, at most 24, are the first ones. */
  begin(word: number, width: number): void {
    this.view.setInt32(0, word);
    this.registers[0] = width;
    this.registers[1] = word << (width & 24);
  }

  /** At most 16 bits. */
  put(value: number, width: number): void {
    const { registers } = this;
    const at = registers[0] as number;
    const bit = at & 7;
    const word = (registers[1] as number) | ((value << (32 - width)) >>> bit);
    this.view.setInt32(at >>> 3, word);
    registers[1] = word << ((bit + width) & 24);
    registers[0] = at + width;
  }

  /** A copy of what was written, the last byte filled with zeros. */
  done(): Uint8Array {
    const { bytes, registers } = this;
    const length = ((registers[0] as number) + 7) >>> 3;
    if (((registers[0] as number) & 7) > 0) bytes[length - 1] = (registers[1] as number) >>> 24;
    return bytes.slice(0, length);
  }

  /** A number as groups of 7 bits. */
  readonly unsigned = (value: number, at: number, rest: number): void => {
    this.registers[0] = at;
    this.registers[1] = rest;
    let left = value;
    while (left >= 128) {
      this.put(128 | (left % 128), 8);
      left = Math.floor(left / 128);
    }
    this.put(left, 8);
  };

  /** `wide`: whether all from 0 up to 63 bits is within the range. */
  readonly big = (
    value: unknown,
    at: number,
    rest: number,
    min: bigint | undefined,
    max: bigint | undefined,
    signed: boolean,
    wide: boolean,
  ): void => {
    if (typeof value !== 'bigint') throw BAIL;
    const long = this.#long;
    long.setBigInt64(0, value);
    let high = long.getInt32(0);
    let low = long.getInt32(4);
    const small = high >= 0 && long.getBigInt64(0) === value;
    if (
      !(small && wide) &&
      ((min !== undefined && value < min) || (max !== undefined && value > max))
    )
      throw BAIL;
    this.registers[0] = at;
    this.registers[1] = rest;
    if (signed) this.put(value < 0n ? 1 : 0, 1);
    if (!small) return this.#huge(value < 0n ? -value - 1n : value);
    while (high !== 0 || low >>> 0 > 127) {
      this.put(128 | (low & 127), 8);
      low = (low >>> 7) | (high << 25);
      high >>>= 7;
    }
    this.put(low, 8);
  };

  #huge(value: bigint): void {
    let left = value;
    if (left >= HUGE) throw BAIL;
    // four groups at a time: big numbers are slow
    while (left > 0xfffffffn) {
      let groups = Number(BigInt.asUintN(28, left));
      left >>= 28n;
      for (let i = 0; i < 4; i++) {
        this.put(128 | (groups & 127), 8);
        groups >>>= 7;
      }
    }
    let last = Number(left);
    for (; last > 127; last >>>= 7) this.put(128 | (last & 127), 8);
    this.put(last, 8);
  }

  /** The octets of a length; what does not fit any more is left to the interpreter. Returns the bits left over. */
  #length(length: number, units: number, at: number, rest: number): number {
    const byte = at >>> 3;
    if (byte + units > SCRATCH - MARGIN) throw BAIL;
    const { registers } = this;
    if (length > 127) {
      this.unsigned(length, at, rest);
      return registers[1] as number;
    }
    const word = rest | ((length << 24) >>> (at & 7));
    this.bytes[byte] = word >>> 24;
    registers[0] = at + 8;
    return word << 8;
  }

  readonly string = (text: unknown, at: number, rest: number, min: number, max: number): void => {
    if (typeof text !== 'string') throw BAIL;
    const { length } = text;
    if (length < min || length > max) throw BAIL;
    let partial = this.#length(length + 2, length, at, rest);
    const { bytes, view, registers } = this;
    const from = registers[0] as number;
    const bit = from & 7;
    const up = 31 - bit;
    let byte = from >>> 3;
    let i = 0;
    for (; i + 4 <= length; i += 4, byte += 4) {
      const first = text.charCodeAt(i);
      const second = text.charCodeAt(i + 1);
      const third = text.charCodeAt(i + 2);
      const fourth = text.charCodeAt(i + 3);
      if ((first | second | third | fourth) > 127) throw BAIL;
      const word = (first << 24) | (second << 16) | (third << 8) | fourth;
      view.setInt32(byte, partial | (word >>> bit));
      partial = (word << 1) << up; // in two steps, as 32 places are none
    }
    for (; i < length; i++, byte++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) throw BAIL;
      const word = partial | ((unit << 24) >>> bit);
      bytes[byte] = word >>> 24;
      partial = word << 8;
    }
    registers[0] = from + length * 8;
    registers[1] = partial;
  };

  readonly binary = (value: unknown, at: number, rest: number, min: number, max: number): void => {
    if (!(value instanceof Uint8Array)) throw BAIL;
    const { length } = value;
    if (length < min || length > max) throw BAIL;
    const partial = this.#length(length, length, at, rest);
    const { bytes, registers } = this;
    const from = registers[0] as number;
    const bit = from & 7;
    const byte = from >>> 3;
    registers[0] = from + length * 8;
    if (bit === 0) {
      bytes.set(value, byte);
      registers[1] = 0;
    } else if (length > WORDS) this.#words(value, byte, bit, partial);
    else {
      let word = partial >>> (32 - bit);
      for (let i = 0; i < length; i++) {
        word = (word << 8) | (value[i] as number);
        bytes[byte + i] = word >>> bit;
      }
      registers[1] = word << (32 - bit);
    }
  };

  /** Copies to the next whole byte, then shifts back in place, four bytes at a time. */
  #words(value: Uint8Array, byte: number, bit: number, partial: number): void {
    const { view, registers } = this;
    const { length } = value;
    this.bytes.set(value, byte + 1);
    const up = 32 - bit;
    let rest = partial;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      const word = view.getInt32(byte + 1 + i);
      view.setInt32(byte + i, rest | (word >>> bit));
      rest = word << up;
    }
    for (; i < length; i++) {
      const octet = (this.bytes[byte + 1 + i] as number) << 24;
      const word = rest | (octet >>> bit);
      this.bytes[byte + i] = word >>> 24;
      rest = word << 8;
    }
    registers[1] = rest;
  }
}

/** What 64 octets hold: the decoder takes no more. */
const HUGE = 2n ** 448n;
