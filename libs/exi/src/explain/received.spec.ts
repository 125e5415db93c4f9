import { toHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  ExiCodec,
  optional,
  receivedElements,
  schemaSet,
  sequence,
  xmlNamespace,
  xs,
} from '../index.ts';

const ns = xmlNamespace('urn:kerbside:test');
const Part = ns.complexType('Part', sequence({ Name: xs.string }, { Id: xs.ID }));
const Whole = ns.complexType('Whole', sequence({ Mark: optional(xs.string), Part }));
const codec = new ExiCodec(schemaSet('whole', { roots: { Whole: ns.element('Whole', Whole) } }));
const alone = new ExiCodec(schemaSet('part', { roots: { Part: ns.element('Part', Part) } }));

/** Bytes from groups of bits as the specification lays them out, filled up with zeros. */
function bits(...groups: readonly string[]): Uint8Array {
  const all = groups.join('').replaceAll(' ', '');
  return Uint8Array.from({ length: Math.ceil(all.length / 8) }, (_, i) =>
    Number.parseInt(all.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2),
  );
}
// one global and any other: one bit; Mark, Part, escape: two bits
const DOCUMENT = '10000000 0';
const ID_A = '0 00000011 01100001';
// the name: start of its content, then length 0, its end; or the escape, and the undeclared end
const EMPTY = '0 0 00000010 0 0';
const UNDECLARED = '0 1 000 0';

const parts = (bytes: Uint8Array) =>
  receivedElements(codec, bytes).filter(({ name }) => name === 'Part');

describe('a received element as a fragment', () => {
  it('is what encoding its value gives, where the peer writes as we do', () => {
    const [part] = parts(bits(DOCUMENT, '01', ID_A, EMPTY, '0'));
    expect(part?.value).toEqual({ Id: 'a', Name: '' });
    expect(part?.path).toEqual(['Whole', 'Part']);
    const own = codec.encodeFragment('Part', Part, { Id: 'a', Name: '' });
    expect(toHex(part?.fragment(codec) ?? own.slice(1))).toBe(toHex(own));
  });

  it('keeps the bits of the peer where it writes otherwise', () => {
    const [part] = parts(bits(DOCUMENT, '01', ID_A, UNDECLARED, '0'));
    expect(part?.value).toEqual({ Id: 'a', Name: '' });
    // Mark, Name, Part, Whole, any, end: three bits; Part is 2, the end 5
    const expected = bits('10000000 010', ID_A, UNDECLARED, '101');
    expect(toHex(part?.fragment(codec) ?? new Uint8Array(0))).toBe(toHex(expected));
    expect(toHex(expected)).not.toBe(
      toHex(codec.encodeFragment('Part', Part, { Id: 'a', Name: '' })),
    );
  });

  it('can be one of another schema set that has the element', () => {
    const [part] = parts(bits(DOCUMENT, '01', ID_A, UNDECLARED, '0'));
    // Name, Part, any, end: two bits
    expect(toHex(part?.fragment(alone) ?? new Uint8Array(0))).toBe(
      toHex(bits('10000000 01', ID_A, UNDECLARED, '11')),
    );
  });

  it('is none where a string is the number of one that stands before', () => {
    const mark = '00 0 00000011 01100001 0'; // Mark is "a"
    const id = '0 00000001'; // and so is the Id, by its number among all
    const [part] = parts(bits(DOCUMENT, mark, '0', id, EMPTY, '0'));
    expect(part?.value).toEqual({ Id: 'a', Name: '' });
    expect(part?.fragment(codec)).toBeUndefined();
  });

  it('is not there in a broken document', () => {
    expect(() => parts(bits(DOCUMENT, '01', ID_A))).toThrow(WireError);
  });
});
