import { describe, expect, it } from 'vitest';
import {
  anyElement,
  choice,
  type Content,
  ExiCodec,
  extension,
  list,
  optional,
  schemaSet,
  sequence,
  simpleContent,
  xmlNamespace,
  xs,
} from '../index.ts';

const ns = xmlNamespace('urn:kerbside:held');
const unbounded = { max: Infinity };
const some = { min: 0, max: Infinity };
const foreign = (min: number, max: number) => anyElement('##other', { min, max });
const pair = sequence({ A: xs.short, B: xs.short });

const REFUSED: readonly (readonly [string, () => Content<unknown>, string])[] = [
  [
    'a repeated sequence of two elements',
    () => sequence({ g: list(pair, unbounded) }),
    'sequence(A, B) 1..unbounded repeats, and a round of it is not always one element: pairs are not held',
  ],
  [
    'one of an element and an optional one',
    () => sequence({ g: list(sequence({ A: xs.short, B: optional(xs.short) }), some) }),
    'sequence(A, B 0..1) 0..unbounded repeats, and',
  ],
  [
    'one of an optional element',
    () => sequence({ g: list(sequence({ A: optional(xs.short) }), some) }),
    'sequence(A 0..1) 0..unbounded repeats, and',
  ],
  [
    'one of an element and a foreign one that must come',
    () => sequence({ g: list(sequence({ A: xs.short, any: foreign(1, 1) }), some) }),
    'sequence(A, any) 0..unbounded repeats, and',
  ],
  [
    'one of nothing',
    () => sequence({ g: list(sequence({}), some) }),
    'sequence() 0..unbounded repeats, and',
  ],
  [
    'one of a list',
    () => sequence({ g: list(sequence({ A: list(xs.short, { max: 3 }) }), unbounded) }),
    'sequence(A 1..3) 1..unbounded repeats, and',
  ],
  [
    'one in a repeated one',
    () => sequence({ g: list(sequence({ h: list(choice({ A: xs.short }), some) }), unbounded) }),
    'repeats, and a round of it is not always one element',
  ],
  [
    'a repeated choice with a pair for a branch',
    () => sequence({ g: list(choice({ p: pair, C: xs.short }), unbounded) }),
    'choice(sequence(A, B), C) 1..unbounded repeats, and',
  ],
  [
    'a repeated choice with an optional branch',
    () => sequence({ g: list(choice({ A: optional(xs.short), C: xs.short }), unbounded) }),
    'choice(A 0..1, C) 1..unbounded repeats, and',
  ],
  [
    'a repeated choice with a list for a branch',
    () => sequence({ g: list(choice({ A: list(xs.short, { max: 2 }), C: xs.short }), unbounded) }),
    'choice(A 1..2, C) 1..unbounded repeats, and',
  ],
  [
    'a repeated choice of one name in two places',
    () => sequence({ g: list(choice({ p: sequence({ A: xs.short }), A: xs.short }), unbounded) }),
    'has A in two places',
  ],
  [
    'a choice that may come up to three times',
    () => sequence({ g: list(choice({ A: xs.short, B: xs.short }), { max: 3 }) }),
    'choice(A, B) 1..3 repeats within limits: only 0 or 1 to unbounded is held',
  ],
  [
    'a sequence that may come up to three times',
    () => sequence({ g: list(sequence({ A: xs.short }), { min: 0, max: 3 }) }),
    'sequence(A) 0..3 repeats within limits',
  ],
  [
    'a choice that must come twice',
    () => sequence({ g: list(choice({ A: xs.short, B: xs.short }), { min: 2, max: Infinity }) }),
    'choice(A, B) 2..unbounded repeats within limits',
  ],
  [
    'one name twice in a sequence',
    () => sequence({ A: xs.short, B: xs.short, g: sequence({ A: xs.short }) }),
    'sequence(A, B, sequence(A)) has A in two places',
  ],
  [
    'one name twice, the second time in a branch',
    () => sequence({ A: optional(xs.short), g: choice({ A: xs.short, B: xs.short }) }),
    'sequence(A 0..1, choice(A, B)) has A in two places',
  ],
  [
    'one name again in an extension',
    () => extension(ns.complexType('Base', sequence({ A: xs.short })), { A: xs.short }),
    'has A in two places',
  ],
  [
    'one name twice, once abstract',
    () => {
      const abstract = ns.complexType('Abstract', sequence({}), { abstract: true });
      const A = xmlNamespace('urn:other').element('A', abstract);
      return sequence({ A: optional(A), g: sequence({ A: xs.short }) });
    },
    'has A in two places',
  ],
  [
    'one name of two types',
    () =>
      choice({
        one: sequence({ A: xs.short, B: xs.short }),
        two: sequence({ C: xs.short, B: xs.boolean }),
      }),
    'choice(sequence(A, B), sequence(C, B)) has B in two places that differ',
  ],
  [
    'one name, here a list and there not',
    () =>
      choice({
        one: sequence({ A: xs.short, B: list(xs.short, { max: 2 }) }),
        B: xs.short,
      }),
    'has B in two places that differ',
  ],
  [
    'one name of two namespaces',
    () => {
      const other = xmlNamespace('urn:other').element('B', xs.short);
      return choice({ one: sequence({ A: xs.short, B: xs.short }), B: other });
    },
    'has B in two places that differ',
  ],
  [
    'two branches in two orders',
    () => choice({ one: pair, two: sequence({ B: xs.short, A: xs.short }) }),
    'has A before B and after it',
  ],
  [
    'a name that one branch has last and another after a new one',
    () => choice({ one: pair, two: sequence({ C: xs.short, B: xs.short }) }),
    'has B before C and after it',
  ],
  [
    'two branches that begin alike',
    () => choice({ one: pair, two: sequence({ A: xs.short, C: xs.short }) }),
    'choice(sequence(A, B), sequence(A, C)) has two branches that begin with A',
  ],
  [
    'two branches that may begin alike',
    () =>
      choice({
        one: sequence({ A: optional(xs.short), B: xs.short }),
        two: sequence({ B: xs.short, C: xs.short }),
      }),
    'has two branches that begin with B',
  ],
  [
    'a child and an attribute of one name',
    () => sequence({ Id: xs.short }, { Id: xs.ID }),
    'Id names a child and an attribute',
  ],
  [
    'an attribute that stands under the key of the text',
    () => simpleContent(xs.string, { value: xs.string }),
    'attribute value has the key that the text stands under',
  ],
  [
    'an attribute twice',
    () =>
      extension(ns.complexType('Base', sequence({}, { Id: xs.ID })), {}, { Id: optional(xs.ID) }),
    'attribute Id is declared twice',
  ],
  [
    'a child whose name every object has',
    () => sequence({ constructor: optional(xs.short) } as never),
    'every object has constructor already',
  ],
  [
    'an attribute whose name every object has',
    () => sequence({}, { toString: xs.string } as never),
    'every object has toString already',
  ],
  ['no whole number of times', () => sequence({ A: list(xs.short, { max: 2.5 }) }), 'A 1..2.5'],
  ['more at least than at most', () => sequence({ A: list(xs.short, { min: 4, max: 3 }) }), '4..3'],
  ['fewer than none', () => sequence({ A: list(xs.short, { min: -1, max: 3 }) }), 'A -1..3'],
  ['wildcards without number', () => sequence({ any: foreign(0, Number.NaN) }), 'any 0..NaN'],
];

describe('content that no value can hold exactly is refused where it is declared', () => {
  it.each(REFUSED)('%s', (_, content, why) => {
    const declare = () => ns.complexType('Told', content());
    expect(declare).toThrow(TypeError);
    expect(declare).toThrow('type Told: ');
    expect(declare).toThrow(why);
  });

  it('a list of at most one', () => {
    expect(() => list(xs.short, { max: 1 })).toThrow('a list of at most 1');
    expect(() => list(xs.short, { min: 0, max: 1 })).toThrow(TypeError);
  });

  it('attributes, or text, of a group', () => {
    expect(() => sequence({ g: sequence({ A: xs.short }, { Id: xs.ID }) })).toThrow('g: a group');
    expect(() => sequence({ g: simpleContent(xs.string, {}) })).toThrow('g: a group');
  });

  it('children after text', () => {
    const text = ns.complexType('Text', simpleContent(xs.string, { Id: xs.ID }));
    expect(() => extension(text, { A: xs.short })).toThrow('Text has text');
  });
});

const codecOf = (content: Content<unknown>) =>
  new ExiCodec(schemaSet('held', { roots: { R: ns.element('R', ns.complexType('R', content)) } }));
const throughBytes = (content: Content<unknown>, value: unknown): unknown => {
  const codec = codecOf(content);
  return codec.decodeDocument(codec.encodeDocument('R', value)).value;
};

describe('what is held comes back', () => {
  it('text with one more attribute', () => {
    const text = ns.complexType('Text', simpleContent(xs.string, { Id: xs.ID }));
    const value = { value: 'a', Id: 'b', More: 1 };
    expect(throughBytes(extension(text, {}, { More: xs.short }), value)).toEqual(value);
  });

  it('a repeated sequence of one element, however often, and at least once', () => {
    const spki = sequence({
      g: list(sequence({ A: xs.short, any: foreign(0, 1) }), unbounded),
    });
    for (const A of [[1], [1, 2], [3, 2, 1, 2, 3]])
      expect(throughBytes(spki, { A })).toEqual({ A });
    expect(() => throughBytes(spki, {})).toThrow('A is missing');
    const codec = codecOf(spki);
    expect(codec.decodeDocument(Uint8Array.of(0x80, 0x00, 0x14)).value).toEqual({ A: [1] });
    const withForeign = Uint8Array.of(0x80, 0x00, 0x12, 0x00);
    expect(() => codec.decodeDocument(withForeign)).toThrow('foreign schema');
  });

  it('branches that share a name', () => {
    const shared = choice({
      one: sequence({ A: xs.short, B: optional(xs.short), C: xs.short }),
      two: sequence({ B: xs.short, C: xs.short }),
    });
    for (const value of [
      { A: 1, B: 2, C: 3 },
      { A: 1, C: 3 },
      { B: 2, C: 3 },
    ])
      expect(throughBytes(shared, value)).toEqual(value);
    expect(() => throughBytes(shared, { C: 3 })).toThrow('before C');
  });
});
