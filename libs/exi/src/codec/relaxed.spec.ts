import { toHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  type CodecOptions,
  ExiCodec,
  ExiValueError,
  type Infer,
  list,
  optional,
  restriction,
  schemaSet,
  sequence,
  simpleContent,
  xmlNamespace,
  xs,
} from '../index.ts';

const ns = xmlNamespace('urn:kerbside:test');
const Plain = ns.complexType('Plain', sequence({ Name: xs.string, Rank: optional(xs.byte) }));
const Titled = ns.complexType('Titled', simpleContent(xs.string, { Id: xs.ID }));
const Owner = ns.complexType(
  'Owner',
  sequence({ Name: Titled, Size: xs.byte }, { Mark: optional(xs.ID) }),
);
const codec = new ExiCodec(
  schemaSet('relaxed', {
    roots: { Plain: ns.element('Plain', Plain), Owner: ns.element('Owner', Owner) },
  }),
);

/** Bytes from groups of bits as the specification lays them out, filled up with zeros. */
function bits(...groups: readonly string[]): Uint8Array {
  const all = groups.join('').replaceAll(' ', '');
  return Uint8Array.from({ length: Math.ceil(all.length / 8) }, (_, i) =>
    Number.parseInt(all.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2),
  );
}
// five elements (Name, Owner, Plain, Rank, Size), any other, the end: three bits. Name has two types.
const NAME = '10000000 000';
const FRAGMENT_END = '110';
// first state: xsi:nil, xsi:type, Id, Mark, any attribute, five elements, any, end, text, escape: four bits
const ID_A = '0010 00000011 01100001';
const MARK_A = '0011 00000011 01100001';
const TEXT_B = '1100 00000011 01100010';
const START_END = '1011';
// after content: five elements, any, end, text, escape: four bits
const MORE_TEXT_C = '0111 00000011 01100011';
const END = '0110';

describe('an element whose name has several types, as a fragment', () => {
  it('is a value of one of them', () => {
    const text = bits(NAME, TEXT_B, END, FRAGMENT_END);
    expect(codec.decodeFragment(text)).toEqual({ element: 'Name', type: xs.string, value: 'b' });
    expect(toHex(codec.encodeFragment('Name', xs.string, 'b'))).toBe(toHex(text));
    const titled = bits(NAME, ID_A, TEXT_B, END, FRAGMENT_END);
    const value = { Id: 'a', value: 'b' };
    expect(codec.decodeFragment(titled)).toEqual({ element: 'Name', type: Titled, value });
    expect(toHex(codec.encodeFragment('Name', Titled, value))).toBe(toHex(titled));
  });

  it('without anything is the empty text', () => {
    expect(codec.decodeFragment(bits(NAME, START_END, FRAGMENT_END)).value).toBe('');
  });

  it.each([
    [
      'an attribute that none of them has',
      bits(NAME, MARK_A, TEXT_B, END, FRAGMENT_END),
      'exi.undeclared',
    ],
    ['an attribute twice', bits(NAME, ID_A, ID_A, TEXT_B, END, FRAGMENT_END), 'exi.occurs'],
    ['text twice', bits(NAME, TEXT_B, MORE_TEXT_C, END, FRAGMENT_END), 'exi.occurs'],
    // Size is element 4 of five: start, then 8 bits of a byte, then its end
    [
      'a child that none of them has',
      bits(NAME, '1001 0 10000000 0', END, FRAGMENT_END),
      'exi.undeclared',
    ],
  ])('is refused with %s', (_what, bytes, code) => {
    let refusal: unknown;
    try {
      codec.decodeFragment(bytes);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(WireError);
    expect(refusal).toMatchObject({ code });
  });

  it('is refused with the path of the attribute', () => {
    const twice = bits(NAME, ID_A, ID_A, TEXT_B, END, FRAGMENT_END);
    expect(() => codec.decodeFragment(twice)).toThrow('Id is there twice (Name/@Id, byte');
  });
});

describe('a value for an element whose name has several types', () => {
  const Short = ns.simpleType('Short', restriction(xs.string, { maxLength: 3 }));
  const Words = ns.complexType(
    'Words',
    sequence({ Word: list(Short, { max: Infinity }), Count: xs.byte }, { Id: xs.ID }),
  );
  const One = ns.complexType('One', sequence({ Text: Short }));
  const Many = ns.complexType('Many', sequence({ Text: Words }));
  const texts = new ExiCodec(
    schemaSet('texts', { roots: { One: ns.element('One', One), Many: ns.element('Many', Many) } }),
  );
  const write = (type: typeof Words | typeof Short, value: unknown, options?: CodecOptions) =>
    texts.encodeFragment('Text', type as typeof Words, value as Infer<typeof Words>, options);
  const good = { Id: 'a', Word: ['x', 'yy'], Count: 2 };

  it('may hold a list, which is read as one also where it has one item', () => {
    for (const Word of [['x'], ['x', 'yy'], ['x', 'x', 'x']]) {
      const value = { ...good, Word };
      expect(texts.decodeFragment(write(Words, value))).toEqual({
        element: 'Text',
        type: Words,
        value,
      });
    }
  });

  it.each([
    ['text that is too long', Short, 'long', 'Text: length 4, must be 0 to 3'],
    ['half a surrogate pair', Short, '\ud800', 'Text: holds half of a surrogate pair'],
    ['a number for text', Short, 7, 'Text: 7 is not a string'],
    ['nothing', Short, undefined, 'Text: undefined is not a string'],
    ['an unknown key', Words, { ...good, Other: 1 }, 'Text: Other is not a field'],
    ['no attribute', Words, { ...good, Id: undefined }, 'Text: Id is missing before Word'],
    ['no child', Words, { ...good, Count: undefined }, 'Text: one of Word, Count is missing'],
    ['a list that is none', Words, { ...good, Word: 'x' }, 'Text: Word is not an array'],
    ['a number out of range', Words, { ...good, Count: 200 }, 'Text/Count: 200 is not within'],
    ['a bad item', Words, { ...good, Word: ['x', 'long'] }, 'Text/Word[1]: length 4'],
  ])('is refused with %s', (_what, type, value, message) => {
    expect(() => write(type, value)).toThrow(ExiValueError);
    expect(() => write(type, value)).toThrow(message);
  });

  it('keeps to facets only where they are asked for', () => {
    const bytes = write(Short, 'long', { facets: 'ignored' });
    expect(texts.decodeFragment(bytes, { facets: 'ignored' }).value).toBe('long');
  });
});
