import { concatBytes, WireError } from '@kerbside/kernel';
import { type Line, linesOf } from './lines.ts';

/** What stands in a file or on standard input. */
export type ExiInput =
  /** All of it is one message in EXI. */
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  /** One V2GTP message of several, at this byte. */
  | { readonly kind: 'frame'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'line'; readonly line: Line };

/** No EXI message is as long; a V2GTP message is held whole, with its header. */
const MAX_MESSAGE = 64 * 1024 + 8;
const HEADER = 8;

/** Tells EXI, V2GTP and text apart by the first bytes, and cuts it into messages or lines. Throws `WireError`. */
export async function* exiInputs(
  input: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<ExiInput, void, undefined> {
  const pieces = input[Symbol.asyncIterator]();
  const begun: (string | Uint8Array)[] = [];
  const begin: number[] = [];
  while (begin.length < 2) {
    const { done, value } = await pieces.next();
    if (done) break;
    begun.push(value);
    if (typeof value === 'string') begin.push(0, 0);
    else begin.push(...value.subarray(0, 2 - begin.length));
  }
  const all = rejoined(begun, pieces);
  if (begin[0] === 0x80) yield { kind: 'message', bytes: await whole(all) };
  else if (begin[0] === 0x01 && begin[1] === 0xfe) yield* frames(all);
  else for await (const line of linesOf(all)) yield { kind: 'line', line };
}

async function* rejoined<T>(begun: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield* begun;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function whole(input: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array(0);
  for await (const piece of input) {
    bytes = concatBytes(bytes, asBytes(piece));
    if (bytes.length > MAX_MESSAGE)
      throw new WireError('exi.length', 'too long for a message', { offset: MAX_MESSAGE });
  }
  return bytes;
}

const asBytes = (piece: string | Uint8Array): Uint8Array =>
  typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;

/** Cuts where the headers say; what is no header, or not whole, comes as it is, for the reader to refuse. */
async function* frames(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<ExiInput> {
  let held: Uint8Array = new Uint8Array(0);
  let offset = 0;
  for await (const piece of input) {
    held = concatBytes(held, asBytes(piece));
    for (let length = frameLength(held); length <= held.length; length = frameLength(held)) {
      yield { kind: 'frame', offset, bytes: held.subarray(0, length) };
      held = held.subarray(length);
      offset += length;
      if (held.length < HEADER) break;
    }
  }
  if (held.length > 0) yield { kind: 'frame', offset, bytes: held };
}

/** Of the V2GTP message that begins here; all that is held where it can't be one. */
function frameLength(held: Uint8Array): number {
  if (held.length < HEADER) return Infinity;
  const view = new DataView(held.buffer, held.byteOffset, held.byteLength);
  const length = HEADER + view.getUint32(4);
  return view.getUint16(0) !== 0x01fe || length > MAX_MESSAGE ? held.length : length;
}
