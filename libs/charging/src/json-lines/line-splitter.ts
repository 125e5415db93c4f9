import { WireError } from '@kerbside/kernel';

/** Longest line of any of our line protocols, in bytes, the newline not counted. */
export const MAX_LINE_BYTES = 65_536;

export interface LineSplitter {
  /** Takes the next bytes of the stream; gives each finished line, or the error that stands in its place. */
  push(chunk: Uint8Array): readonly (string | WireError)[];
}

/** Cuts a byte stream into UTF-8 lines; a line over `limit` bytes is skipped and costs one error, never memory. */
export function lineSplitter(limit: number = MAX_LINE_BYTES): LineSplitter {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Uint8Array[] = [];
  let length = 0;
  let skipping = false;

  function keep(part: Uint8Array): void {
    if (skipping || part.length === 0) return;
    length += part.length;
    if (length > limit) {
      skipping = true;
      parts = [];
    } else parts.push(part.slice());
  }

  function finish(): string | WireError | undefined {
    const bytes = new Uint8Array(skipping ? 0 : length);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    const tooLong = skipping;
    parts = [];
    length = 0;
    skipping = false;
    if (tooLong)
      return new WireError('line.too-long', `line of over ${limit} bytes skipped`, {
        offset: limit,
      });
    try {
      const line = decoder.decode(bytes).trim();
      return line === '' ? undefined : line;
    } catch {
      return new WireError('line.utf8', 'line is not UTF-8', { offset: 0 });
    }
  }

  return {
    push(chunk) {
      const lines: (string | WireError)[] = [];
      let from = 0;
      for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
        keep(chunk.subarray(from, end));
        const line = finish();
        if (line !== undefined) lines.push(line);
        from = end + 1;
      }
      keep(chunk.subarray(from));
      return lines;
    },
  };
}
