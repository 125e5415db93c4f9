import { WireError } from './errors.ts';
import { hexOf } from './hex.ts';

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Reads a byte string from front to back; each read past the end throws `WireError`. */
export class Reader {
  readonly bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get offset(): number {
    return this.#at;
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  #take(length: number, what: string): number {
    if (length > this.left) {
      const reason = `${what}: ${length} bytes wanted, ${this.left} left`;
      throw new WireError('bytes.short', reason, { offset: this.#at });
    }
    const at = this.#at;
    this.#at += length;
    return at;
  }

  u8(what = 'u8'): number {
    return this.bytes[this.#take(1, what)] as number;
  }

  u16be(what = 'u16'): number {
    const at = this.#take(2, what);
    return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number);
  }

  u16le(what = 'u16'): number {
    const at = this.#take(2, what);
    return ((this.bytes[at + 1] as number) << 8) | (this.bytes[at] as number);
  }

  u32be(what = 'u32'): number {
    return this.u16be(what) * 0x10000 + this.u16be(what);
  }

  u32le(what = 'u32'): number {
    return this.u16le(what) + this.u16le(what) * 0x10000;
  }

  /** A copy: it does not share memory with the input. */
  take(length: number, what = 'bytes'): Uint8Array {
    const at = this.#take(length, what);
    return this.bytes.slice(at, at + length);
  }

  /** The next bytes as lower-case hex. */
  hex(length: number, what = 'bytes', separator = ''): string {
    const at = this.#take(length, what);
    return hexOf(this.bytes, at, at + length, separator);
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }
}

/** Builds a byte string. */
export class Writer {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  #grow(by: number): number {
    const at = this.#length;
    this.#length += by;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return at;
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#bytes[at] = value;
    return this;
  }

  u16be(value: number): this {
    return this.u8(value >>> 8).u8(value);
  }

  u16le(value: number): this {
    return this.u8(value).u8(value >>> 8);
  }

  u32be(value: number): this {
    return this.u16be(Math.floor(value / 0x10000)).u16be(value & 0xffff);
  }

  u32le(value: number): this {
    return this.u16le(value & 0xffff).u16le(Math.floor(value / 0x10000));
  }

  put(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  zeros(count: number): this {
    this.#grow(count);
    return this;
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
