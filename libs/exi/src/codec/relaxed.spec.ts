import { toHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  ExiCodec,
  optional,
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
