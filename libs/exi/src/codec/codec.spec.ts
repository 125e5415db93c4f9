import { toHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  choice,
  ExiCodec,
  ExiValueError,
  enumeration,
  explain,
  extension,
  list,
  optional,
  receivedElements,
  restriction,
  schemaSet,
  sequence,
  simpleContent,
  xmlNamespace,
  xs,
} from '../index.ts';

const ns = xmlNamespace('urn:kerbside:test');
const Level = ns.simpleType(
  'Level',
  restriction(xs.unsignedByte, { minInclusive: 1, maxInclusive: 20 }),
);
const Shape = ns.complexType('Shape', sequence({}), { abstract: true });
const Circle = ns.complexType('Circle', extension(Shape, { Radius: xs.unsignedShort }));
const ShapeElement = ns.substitutionGroup(ns.element('Shape', Shape, { abstract: true }), {
  Circle,
});
const Note = ns.complexType('Note', simpleContent(xs.string, { Id: optional(xs.ID) }));
const Drawing = ns.complexType(
  'Drawing',
  sequence(
    {
      Title: optional(restriction(xs.string, { maxLength: 5 }, { maxLength: 8 })),
      Level: list(Level, { max: 2 }),
      Shape: ShapeElement,
      Colour: optional(ns.simpleType('Colour', enumeration('red', 'green', 'blue'))),
      Seal: optional(xs.hexBinary),
      Serial: optional(xs.integer),
    },
    { Id: xs.ID },
  ),
);
const set = schemaSet('test', {
  roots: { Drawing: ns.element('Drawing', Drawing), Note: ns.element('Note', Note) },
  others: [ShapeElement],
});
const codec = new ExiCodec(set);

/** Bytes from groups of bits as the specification lays them out, filled up with zeros. */
function bits(...groups: readonly string[]): Uint8Array {
  const all = groups.join('').replaceAll(' ', '');
  return Uint8Array.from({ length: Math.ceil(all.length / 8) }, (_, i) =>
    Number.parseInt(all.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2),
  );
}

const HEADER = '10000000';
// four global elements (Circle, Drawing, Note, Shape) and any other: three bits
const DRAWING = `${HEADER} 001`;
const NOTE = `${HEADER} 010`;
// the attribute is all there may be: one bit, then length 1 + 2 and "a"
const ID_A = '0 00000011 01100001';
// after the attribute: Title, Level, escape; a simple element: start, 5 bits, end
const LEVEL_3 = '01 0 00010 0';
// after one level: Level, Circle, Shape, escape
const CIRCLE_7 = '01 0 0 00000111 0 0';
// after the shape: Colour, Seal, Serial, end, escape
const END = '011';

const drawing = { Id: 'a', Level: [3], Circle: { Radius: 7 } };

describe('event codes, by hand from the specification', () => {
  it('leaves room for the escape in every state', () => {
    const bytes = bits(DRAWING, ID_A, LEVEL_3, CIRCLE_7, END);
    expect(toHex(codec.encode({ element: 'Drawing', value: drawing }))).toBe(toHex(bytes));
    expect(codec.decode(bytes)).toEqual({ element: 'Drawing', value: drawing });
  });

  it('takes the loop away where a list is full', () => {
    // Level again is code 0 of two bits; then Circle, Shape and the escape are left: still two bits
    const bytes = bits(DRAWING, ID_A, LEVEL_3, '00 0 10011 0', '00 0 0 00000111 0 0', END);
    const value = { ...drawing, Level: [3, 20] };
    expect(toHex(codec.encode({ element: 'Drawing', value }))).toBe(toHex(bytes));
    expect(codec.decode(bytes)).toEqual({ element: 'Drawing', value });
  });

  it('writes enumerations, binary and integers of any size', () => {
    const value = { ...drawing, Colour: 'blue' as const, Seal: Uint8Array.of(0xff), Serial: -129n };
    const bytes = bits(
      `${DRAWING}${ID_A}${LEVEL_3}${CIRCLE_7}`,
      '000 0 10 0',
      '00 0 00000001 11111111 0',
      '00 0 1 10000000 00000001 0',
      '0',
    );
    expect(toHex(codec.encode({ element: 'Drawing', value }))).toBe(toHex(bytes));
    expect(codec.decode(bytes)).toEqual({ element: 'Drawing', value });
  });

  it('shares no memory with the Buffer of Node that it read', () => {
    class NodeLike extends Uint8Array {
      override slice(from?: number, to?: number): this {
        return this.subarray(from, to) as this;
      }
    }

    // 65 globals and any other take 7 bits: with the start of the element the value is on a byte boundary
    const others = Array.from({ length: 64 }, (_, i) => ns.element(`Z${i}`, xs.boolean));
    const seal = schemaSet('seal', { roots: { Seal: ns.element('Seal', xs.hexBinary) }, others });
    const stream = new NodeLike(bits(HEADER, '0000000 0', '00000010 11111111 00000001', '0'));
    const { value } = new ExiCodec(seal).decode(stream);
    stream.fill(0);
    expect(value).toStrictEqual(Uint8Array.of(0xff, 1));
  });

  it('counts characters, not UTF-16 units', () => {
    // Id is optional: attribute, text and escape; a code point of 17 bits takes three octets
    const bytes = bits(NOTE, '01', '00000011', '10000000 11100111 00000111', '0');
    const value = { value: '\u{1F380}' };
    expect(toHex(codec.encode({ element: 'Note', value }))).toBe(toHex(bytes));
    expect(codec.decode(bytes)).toEqual({ element: 'Note', value });
  });
});

describe('what peers send though nobody should', () => {
  it('passes over bytes after the end', () => {
    const bytes = bits(DRAWING, ID_A, LEVEL_3, CIRCLE_7, END);
    expect(codec.decode(Uint8Array.of(...bytes, 0, 0))).toEqual(codec.decode(bytes));
  });

  it('reads the abstract head of a group and drops it', () => {
    const bytes = bits(DRAWING, ID_A, LEVEL_3, '10 0', END);
    expect(codec.decode(bytes).value).toEqual({ Id: 'a', Level: [3] });
  });

  it('drops the head in a list of a group too', () => {
    const Shapes = ns.complexType('Shapes', sequence({ Shape: list(ShapeElement, { max: 3 }) }));
    const shapes = new ExiCodec(
      schemaSet('shapes', {
        roots: { Shapes: ns.element('Shapes', Shapes) },
        others: [ShapeElement],
      }),
    );
    // three globals and any other: two bits; first Circle, Shape, escape, then the end as well
    const bytes = bits(HEADER, '10', '01 0', '00 0 0 00000111 0 0', '10');
    expect(shapes.decode(bytes).value).toEqual({ Circle: [{ Radius: 7 }] });
  });

  it('reads the undeclared end of an element as the empty value', () => {
    // escape, then the first of: end, type, nil, any attribute, the same untyped, any element, text
    const bytes = bits(DRAWING, ID_A, '00 1 000', '0 0 00010 0', CIRCLE_7, END);
    expect(codec.decode(bytes).value).toEqual({ ...drawing, Title: '' });
  });

  it('follows references to earlier strings, local and global', () => {
    const title = '00 0 00000001 0'; // Title is a global hit: one string so far takes no bits
    const bytes = bits(DRAWING, ID_A, title, '0 0 00010 0', CIRCLE_7, END);
    expect(codec.decode(bytes).value).toEqual({ ...drawing, Title: 'a' });
    const local = bits(NOTE, '00 00000011 01100001', '0 00000001', '0');
    expect(codec.decode(local)).toEqual({ element: 'Note', value: { Id: 'a', value: 'a' } });
  });

  it('keeps to tolerated lengths unless told otherwise', () => {
    const value = { ...drawing, Title: '12345678' };
    const root = { element: 'Drawing', value } as const;
    expect(() => codec.encode(root)).toThrow('Drawing/Title: length 8, must be 0 to 5');
    const bytes = codec.encode(root, { facets: 'tolerant' });
    expect(codec.decode(bytes).value).toEqual(value);
    expect(() => codec.decode(bytes, { facets: 'exact' })).toThrow(WireError);
  });
});

describe('what is refused', () => {
  const refusal = (bytes: Uint8Array): WireError | undefined => {
    try {
      codec.decode(bytes);
    } catch (error) {
      if (error instanceof WireError) return error;
    }
    return undefined;
  };

  it.each([
    ['another header', Uint8Array.of(0x40, 0x00), 'exi.header'],
    ['header options', Uint8Array.of(0xa0, 0x00), 'exi.header'],
    ['nothing', new Uint8Array(0), 'exi.short'],
    ['a root that is no message', bits(HEADER, '000'), 'exi.root'],
    ['an unknown root', bits(HEADER, '111'), 'exi.root'],
    ['a cut stream', bits(DRAWING, '0 00000011'), 'exi.short'],
    ['a length beyond the stream', bits(DRAWING, '0 11111111 11111111 01111111'), 'exi.short'],
    ['half a surrogate pair', bits(NOTE, '01 00000011 10000000 10110000 00000011 0'), 'exi.string'],
    ['a reference to no string', bits(NOTE, '01 00000001 0'), 'exi.string'],
    ['a number out of range', bits(DRAWING, ID_A, '01 0 11111 0'), 'exi.facet'],
    ['a missing child', bits(DRAWING, ID_A, '10 000'), 'exi.missing'],
    ['an undeclared child', bits(DRAWING, ID_A, '10 011'), 'exi.undeclared'],
    ['an event code beyond the state', bits(DRAWING, ID_A, '11'), 'exi.code'],
  ])('%s', (_what, bytes, code) => {
    expect(refusal(bytes)?.code).toBe(code);
  });

  it('over 1,024 values of a list without bound, and not before', () => {
    const Flags = ns.complexType('Flags', sequence({ Flag: list(xs.boolean, { max: Infinity }) }));
    const flags = new ExiCodec(
      schemaSet('flags', { roots: { Flags: ns.element('Flags', Flags) } }),
    );
    // one global element and any other: one bit; after the first flag another, the end, escape: two
    const stream = (count: number): Uint8Array =>
      bits(HEADER, '0', '0 0 1 0', '00 0 1 0'.repeat(count - 1), '01');
    expect(stream(3)).toEqual(
      flags.encode({ element: 'Flags', value: { Flag: [true, true, true] } }),
    );
    expect(flags.decode(stream(1024)).value.Flag).toHaveLength(1024);
    expect(() => flags.decode(stream(1025))).toThrow('over 1024 Flag (Flags, byte');
  });

  it('says where', () => {
    const error = refusal(bits(DRAWING, ID_A, '01 0 11111 0'));
    expect(error).toMatchObject({
      path: 'Drawing/Level[0]',
      offset: 4,
      bitOffset: 36,
      reason: '32 is not within 1..20',
    });
  });
});

describe('values that the schema does not allow', () => {
  it.each([
    ['a missing child', { Id: 'a', Level: [3] }, 'Drawing: one of Level, Circle is missing'],
    [
      'a missing list',
      { Id: 'a', Circle: { Radius: 1 } },
      'one of Title, Level is missing before Circle',
    ],
    ['a list too long', { ...drawing, Level: [1, 2, 3] }, 'Circle is missing before Level[2]'],
    [
      'a number out of range',
      { ...drawing, Level: [21] },
      'Drawing/Level[0]: 21 is not within 1..20',
    ],
    [
      'a wrong word',
      { ...drawing, Colour: 'pink' },
      'Drawing/Colour: "pink" is not one of red, green, blue',
    ],
    ['a field that there is not', { ...drawing, Weight: 1 }, 'Drawing: Weight is not a field'],
    [
      'text for a number',
      { ...drawing, Circle: { Radius: '7' } },
      'Drawing/Circle/Radius: "7" is not an integer',
    ],
    ['no object', 7, 'Drawing: 7 is not an object'],
    [
      'half a surrogate pair',
      { ...drawing, Title: '\ud800' },
      'Drawing/Title: holds half of a surrogate pair',
    ],
  ])('%s', (_what, value, message) => {
    const encode = (): unknown => codec.encodeDocument('Drawing', value);
    expect(encode).toThrow(ExiValueError);
    expect(encode).toThrow(message);
  });
});

describe('references to a long string', () => {
  const Notes = ns.complexType('Notes', sequence({ Note: list(xs.string, { max: Infinity }) }));
  const notes = new ExiCodec(schemaSet('notes', { roots: { Notes: ns.element('Notes', Notes) } }));
  const LONG = 'x'.repeat(10_000);
  /** A first note, then references to it. One global element and any other: one bit; one note, the end, escape: two. */
  const referring = (count: number): Uint8Array =>
    bits(
      HEADER,
      // head of 7 + 7 bits: 10,002 characters and two
      `0 0 0 1${(10_002 & 127).toString(2).padStart(7, '0')} 0${(10_002 >> 7).toString(2).padStart(7, '0')}`,
      '01111000'.repeat(LONG.length),
      '0',
      '00 0 00000000 0'.repeat(count),
      '01',
    );

  it('are followed as long as they stand for little', () => {
    expect(notes.decode(referring(6)).value).toEqual({
      Note: Array.from({ length: 7 }, () => LONG),
    });
  });

  it.each([{}, { interpret: true }, { facets: 'ignored' as const }])(
    'are refused where they stand for many times the stream, with %j',
    (options) => {
      const refusal = { code: 'exi.string', path: 'Notes/Note[7]', offset: 10_013 };
      expect(() => notes.decode(referring(1000), options)).toThrow(
        expect.objectContaining(refusal) as Error,
      );
    },
  );

  it('are refused in an explanation and among received elements too', () => {
    const { error, root } = explain(notes, 'document', referring(1000));
    expect(error).toMatchObject({ code: 'exi.string', path: 'Notes/Note[7]' });
    expect(JSON.stringify(root).length).toBeLessThan(100_000);
    expect(() => receivedElements(notes, referring(1000))).toThrow(WireError);
  });
});

describe('what the decoder would not take is not written', () => {
  const Counts = ns.complexType(
    'Counts',
    sequence({ Count: list(xs.short, { max: Infinity }), Big: optional(xs.integer) }),
  );
  const counts = new ExiCodec(
    schemaSet('counts', { roots: { Counts: ns.element('Counts', Counts) } }),
  );
  const written = (value: Record<string, unknown>, interpret: boolean): unknown =>
    counts.decodeDocument(counts.encodeDocument('Counts', value, { interpret })).value;
  const many = (count: number) => ({ Count: Array.from({ length: count }, () => 1) });
  const LARGEST = 2n ** 448n - 1n;

  it.each([false, true])('but all that it takes is, interpreted: %s', (interpret) => {
    for (const Big of [LARGEST, -LARGEST - 1n]) {
      const value = { ...many(1024), Big };
      expect(written(value, interpret)).toEqual(value);
    }
  });

  it.each([false, true])('over 1,024 of an unbounded list, interpreted: %s', (interpret) => {
    expect(() => written(many(1025), interpret)).toThrow(
      new ExiValueError('Counts', 'over 1024 Count'),
    );
  });

  it.each([false, true])('an integer of over 64 octets, interpreted: %s', (interpret) => {
    for (const Big of [LARGEST + 1n, -LARGEST - 2n])
      for (const facets of ['exact', 'ignored'] as const)
        expect(() =>
          counts.encodeDocument('Counts', { ...many(1), Big }, { interpret, facets }),
        ).toThrow(new ExiValueError('Counts/Big', 'the number has over 64 octets'));
  });
});

describe('a declaration', () => {
  it('is refused with the key __proto__, written either way', () => {
    for (const fields of [{ ['__proto__']: xs.string }, { __proto__: xs.string }]) {
      expect(() => sequence(fields as never)).toThrow('__proto__ names no element or attribute');
      expect(() => choice(fields as never)).toThrow(TypeError);
      expect(() => sequence({}, fields as never)).toThrow(TypeError);
    }
  });
});
