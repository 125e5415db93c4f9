import { concatBytes, WireError } from '@kerbside/kernel';
import { V2GTP_HEADER_LENGTH, decodeV2gtpHeader, type V2gtpMessage } from './header.ts';

/** So many pieces wait as they arrived: as Node holds it, a piece of one byte takes some hundred. */
const MOST_PIECES = 64;

/**
 * Cuts a byte stream into V2GTP messages. It holds at most one header and one accepted payload; memory grows with what
 * has arrived, never with what a header promises. After a `WireError` the stream has no boundary left to find: it stays
 * broken.
 */
export class V2gtpFramer {
  #chunks: Uint8Array[] = [];
  #held = 0;
  /** How many of the last chunks are as they arrived. */
  #pieces = 0;
  /** Before so many are there, nothing can be said: what arrives in pieces is joined twice a message, not each time. */
  #needed = V2GTP_HEADER_LENGTH;
  #broken: WireError | undefined;

  /** Bytes that wait for the rest of their message. */
  get held(): number {
    return this.#held;
  }

  push(bytes: Uint8Array): void {
    if (this.#broken || bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#held += bytes.length;
    if (++this.#pieces < MOST_PIECES) return;
    this.#chunks.push(concatBytes(...this.#chunks.splice(-MOST_PIECES)));
    this.#pieces = 0;
  }

  /** The next whole message, or undefined when more bytes are needed. Throws `WireError`. */
  next(): V2gtpMessage | undefined {
    if (this.#broken) throw this.#broken;
    if (this.#held < this.#needed) return undefined;
    const head = this.#join();
    try {
      const { type, length } = decodeV2gtpHeader(head);
      const end = V2GTP_HEADER_LENGTH + length;
      if (head.length < end) {
        this.#needed = end;
        return undefined;
      }
      this.#needed = V2GTP_HEADER_LENGTH;
      const payload = head.slice(V2GTP_HEADER_LENGTH, end);
      this.#chunks = head.length > end ? [head.subarray(end)] : [];
      this.#held = head.length - end;
      return { type, payload };
    } catch (error) {
      if (error instanceof WireError) {
        this.#broken = error;
        this.#chunks = [];
        this.#held = 0;
      }
      throw error;
    }
  }

  #join(): Uint8Array {
    const [first] = this.#chunks;
    if (first && this.#chunks.length === 1) return first;
    const joined = new Uint8Array(this.#held);
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [joined];
    return joined;
  }
}
