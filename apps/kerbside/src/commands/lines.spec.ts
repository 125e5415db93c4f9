import { describe, expect, it } from 'vitest';
import { linesOf, MAX_LINE } from './lines.ts';

async function* pieces(...all: (string | Uint8Array)[]) {
  for (const piece of all) yield await Promise.resolve(piece);
}
async function texts(...all: (string | Uint8Array)[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { text } of linesOf(pieces(...all))) found.push(text);
  return found;
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('linesOf', () => {
  it('puts characters together that are cut between pieces', async () => {
    const bytes = [...utf8('größer\nß')].map((byte) => Uint8Array.of(byte));
    expect(await texts(...bytes)).toEqual(['größer', 'ß']);
  });

  it('knows the ends of lines of other systems, and drops a byte order mark', async () => {
    expect(await texts(utf8('\ufeffa\r\nb\r'), utf8('\n\r\nc'))).toEqual(['a', 'b', '', 'c']);
  });

  it('counts lines, empty ones too; the last needs no end', async () => {
    const found: number[] = [];
    for await (const { number } of linesOf(pieces('a\n\nb\n'))) found.push(number);
    expect(found).toEqual([1, 2, 3]);
    expect(await texts('')).toEqual([]);
  });

  it('passes over a line that is too long, and goes on behind it', async () => {
    const part = 'x'.repeat(MAX_LINE / 4);
    const found: [number, boolean, string][] = [];
    for await (const { text, tooLong, number } of linesOf(
      pieces('a\n', part, part, part, part, part, '\nb'),
    ))
      found.push([number, tooLong, text]);
    expect(found).toEqual([
      [1, false, 'a'],
      [2, true, ''],
      [3, false, 'b'],
    ]);
  });
});
