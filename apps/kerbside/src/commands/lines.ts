/** A line without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Of a line that is too long, nothing. */
  readonly text: string;
  readonly tooLong: boolean;
}

/** No message takes as much; what is longer is passed over without being held. */
export const MAX_LINE = 8 * 1024 * 1024;

/** Lines of a stream, whatever the pieces it comes in; the last one needs no line end. A byte order mark is dropped. */
export async function* linesOf(
  input: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  let number = 0;
  const add = (part: string): void => {
    length += part.length;
    if (length > MAX_LINE) parts = [];
    else if (part !== '') parts.push(part);
  };
  const take = (): Line => {
    const tooLong = length > MAX_LINE;
    const text = tooLong ? '' : parts.join('').replace(/\r$/, '');
    parts = [];
    length = 0;
    return { number: ++number, text, tooLong };
  };
  for await (const piece of input) {
    const text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      add(text.slice(from, end));
      yield take();
      from = end + 1;
    }
    add(text.slice(from));
  }
  add(decoder.decode());
  if (length > 0) yield take();
}
