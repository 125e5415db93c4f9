import { BAIL, MARGIN, SCRATCH } from './bail.ts';

/** Longer ones than this are put together from pieces. */
const PIECE = 64;
/** From here on shifting whole words pays. */
const WORDS = 48;
const MAX_OCTETS = 64;

/**
 * The stream that compiled functions read: a copy, always in the same place, with room behind it, so that no load needs
 * a check. What lies behind the end is of no consequence: whoever reads beyond it is found by the position.
 */
export class Input {
  readonly bytes = new Uint8Array(SCRATCH + MARGIN);
  readonly view = new DataView(this.bytes.buffer);
  /** Position and end, in bits. */
  readonly registers = new Int32Array(2);
  readonly #shifted = new Uint8Array(SCRATCH + MARGIN);
  readonly #shiftedView = new DataView(this.#shifted.buffer);
  readonly #long = new DataView(new ArrayBuffer(8));
  /** By length, to call `String.fromCharCode` with. */
  readonly #units = Array.from({ length: PIECE + 1 }, (_, length) =>
    Array.from({ length }, () => 0),
  );

  /** Whether the stream is short enough. */
  load(bytes: Uint8Array): boolean {
    const { length } = bytes;
    if (length > SCRATCH) return false;
    this.bytes.set(bytes);
    this.registers[1] = length * 8;
    return true;
  }

  #octet(at: number): number {
    const { bytes } = this;
    const byte = at >>> 3;
    return (
      ((((bytes[byte] as number) << 8) | (bytes[byte + 1] as number)) >>> (8 - (at & 7))) & 255
    );
  }

  /** The rest of a length or number whose first octet says that it goes on. */
  readonly unsigned = (first: number, from: number): number => {
    let value = first & 127;
    let at = from;
    for (let scale = 128; ; scale *= 128) {
      const octet = this.#octet(at);
      at += 8;
      value += (octet & 127) * scale;
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 49) throw BAIL;
      if (octet < 128) break;
    }
    this.registers[0] = at;
    return value;
  };

  /** A number of up to 64 bits, or of 63: `last` is the place of the last bit that may begin an octet. */
  readonly long = (first: number, from: number, last: number): bigint => {
    let low = first & 127;
    let high = 0;
    let at = from;
    for (let shift = 7, octet = first; octet > 127; shift += 7) {
      octet = this.#octet(at);
      at += 8;
      const group = octet & 127;
      if (shift < 28) low |= group << shift;
      else if (shift === 28) {
        low |= group << 28;
        high = group >>> 4;
      } else if (shift <= last && (shift < 63 || group === 1)) high |= group << (shift - 32);
      else throw BAIL;
    }
    this.registers[0] = at;
    this.#long.setInt32(0, high);
    this.#long.setInt32(4, low);
    return this.#long.getBigUint64(0);
  };

  /** A number of any size. */
  readonly integer = (first: number, from: number): bigint => {
    let value = BigInt(first & 127);
    let at = from;
    let count = 1;
    // three groups at a time: big numbers are slow
    for (let octet = first; octet > 127;) {
      let groups = 0;
      let bits = 0;
      do {
        octet = this.#octet(at);
        at += 8;
        groups |= (octet & 127) << bits;
        bits += 7;
        if (++count > MAX_OCTETS) throw BAIL;
      } while (octet > 127 && bits < 28);
      value |= BigInt(groups) << BigInt(count * 7 - bits);
    }
    this.registers[0] = at;
    return value;
  };

  #length(first: number, from: number): number {
    if (first < 128) {
      this.registers[0] = from;
      return first;
    }
    return this.unsigned(first, from);
  }

  /** Characters after the first octet of their number, which counts two more. */
  readonly string = (first: number, from: number, min: number, max: number): string => {
    const { registers, bytes } = this;
    const length = this.#length(first, from) - 2;
    const at = registers[0] as number;
    if (length < min || length > max || length < 0) throw BAIL;
    if (length * 8 > (registers[1] as number) - at) throw BAIL;
    registers[0] = at + length * 8;
    const shift = 8 - (at & 7);
    let byte = at >>> 3;
    let text = '';
    for (let left = length; left > 0;) {
      const units = this.#units[left < PIECE ? left : PIECE] as number[];
      const count = units.length;
      let high = (bytes[byte] as number) << 8;
      for (let i = 0; i < count; i++) {
        const word = high | (bytes[++byte] as number);
        const unit = (word >>> shift) & 255;
        if (unit > 127) throw BAIL;
        units[i] = unit;
        high = word << 8;
      }
      text += String.fromCharCode.apply(null, units);
      left -= count;
    }
    return text;
  };

  /** Bytes after the first octet of their number. */
  readonly binary = (first: number, from: number, min: number, max: number): Uint8Array => {
    const { registers, bytes } = this;
    const length = this.#length(first, from);
    const at = registers[0] as number;
    if (length < min || length > max) throw BAIL;
    if (length * 8 > (registers[1] as number) - at) throw BAIL;
    registers[0] = at + length * 8;
    let byte = at >>> 3;
    const shift = at & 7;
    if (length > WORDS)
      return shift === 0 ? bytes.slice(byte, byte + length) : this.#words(byte, shift, length);
    const out = new Uint8Array(length);
    let word = bytes[byte] as number;
    for (let i = 0; i < length; i++) {
      word = (word << 8) | (bytes[++byte] as number);
      out[i] = word >>> (8 - shift);
    }
    return out;
  };

  #words(from: number, shift: number, length: number): Uint8Array {
    const { view } = this;
    let high = view.getInt32(from) << shift;
    const down = 32 - shift;
    for (let i = 0; i < length; i += 4) {
      const next = view.getInt32(from + i + 4);
      this.#shiftedView.setInt32(i, high | (next >>> down));
      high = next << shift;
    }
    return this.#shifted.slice(0, length);
  }
}
