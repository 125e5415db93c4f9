import { describe, expect, it } from 'vitest';
import {
  choice,
  describeElement,
  describeSet,
  enumeration,
  ExiCodec,
  explain,
  type ExplainedNode,
  extension,
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
const Share = ns.simpleType('Share', restriction(xs.byte, { minInclusive: 0, maxInclusive: 100 }), {
  unit: '%',
});
const Shape = ns.complexType('ShapeType', sequence({}), { abstract: true });
const Circle = ns.complexType('CircleType', extension(Shape, { Radius: xs.unsignedShort }));
const shapes = ns.substitutionGroup(ns.element('Shape', Shape, { abstract: true }), { Circle });
const Note = ns.complexType('NoteType', simpleContent(xs.string, { Id: optional(xs.ID) }));
const Drawing = ns.complexType(
  'DrawingType',
  sequence(
    {
      Title: optional(restriction(xs.string, { maxLength: 5 })),
      Share: list(Share, { max: 2 }),
      Shape: shapes,
      way: choice({ Colour: enumeration('red', 'green', 'blue'), Serial: xs.unsignedLong }),
      Note: optional(Note),
    },
    { Id: xs.ID },
  ),
);
const drawing = ns.element('Drawing', Drawing);
const set = schemaSet('test', { roots: { Drawing: drawing }, others: [shapes] });
const codec = new ExiCodec(set);

/** Bytes from groups of bits as the specification lays them out, filled up with zeros. */
function bits(...groups: readonly string[]): Uint8Array {
  const all = groups.join('').replaceAll(' ', '');
  return Uint8Array.from({ length: Math.ceil(all.length / 8) }, (_, i) =>
    Number.parseInt(all.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2),
  );
}
// header; Circle, Drawing, Shape, any: 2 bits; then see the table of bit offsets in the first test
const STREAM = [
  '10000000 01',
  '0 00000011 01100001',
  '01 0 0000101 0',
  '00 0 1100100 0',
  '00 0 0 00000111 0 0',
  '00 0 10 0',
  '01',
];

const told = (node: ExplainedNode, depth = 0): string[] => [
  [
    ' '.repeat(depth) + node.name + (node.index === undefined ? '' : `[${node.index}]`),
    node.bitOffset,
    node.bitLength,
    ...(node.value === undefined
      ? []
      : [JSON.stringify(node.value), node.valueOffset, node.valueLength]),
  ].join(' '),
  ...node.children.flatMap((child) => told(child, depth + 1)),
];

describe('explain', () => {
  it('says which bits made which field, by hand from the specification', () => {
    const explanation = explain(codec, 'document', bits(...STREAM));
    expect(explanation.error).toBeUndefined();
    expect(explanation.root && told(explanation.root)).toEqual([
      'Drawing 8 63',
      ' Id 10 17 "a" 11 16',
      ' Share[0] 27 11 5 30 7',
      ' Share[1] 38 11 100 41 7',
      ' Circle 49 14',
      '  Radius 51 11 7 53 8',
      ' Colour 63 6 "blue" 66 2',
    ]);
  });

  it('has a span for every bit, padding and trailing bytes among them', () => {
    const stream = Uint8Array.of(...bits(...STREAM), 0xff);
    const { spans } = explain(codec, 'document', stream);
    expect(spans.slice(0, 4)).toEqual([
      { kind: 'header', bitOffset: 0, bitLength: 8, path: '' },
      { kind: 'event', bitOffset: 8, bitLength: 2, path: 'Drawing' },
      { kind: 'event', bitOffset: 10, bitLength: 1, path: 'Drawing/@Id' },
      { kind: 'value', bitOffset: 11, bitLength: 16, path: 'Drawing/@Id' },
    ]);
    expect(spans.slice(-3)).toEqual([
      { kind: 'event', bitOffset: 69, bitLength: 2, path: 'Drawing' },
      { kind: 'padding', bitOffset: 71, bitLength: 1, path: '' },
      { kind: 'trailing', bitOffset: 72, bitLength: 8, path: '' },
    ]);
    expect(spans.filter(({ path }) => path === 'Drawing/Share[1]')).toEqual([
      { kind: 'event', bitOffset: 38, bitLength: 2, path: 'Drawing/Share[1]' },
      { kind: 'event', bitOffset: 40, bitLength: 1, path: 'Drawing/Share[1]' },
      { kind: 'value', bitOffset: 41, bitLength: 7, path: 'Drawing/Share[1]' },
      { kind: 'event', bitOffset: 48, bitLength: 1, path: 'Drawing/Share[1]' },
    ]);
  });

  it('goes as far as a broken stream does', () => {
    const cut = bits(...STREAM).slice(0, 6);
    const { root, spans, error } = explain(codec, 'document', cut);
    expect(error).toMatchObject({ code: 'exi.short', bitOffset: 48, path: 'Drawing/Share[1]' });
    expect(root && told(root)).toEqual([
      'Drawing 8 40',
      ' Id 10 17 "a" 11 16',
      ' Share[0] 27 11 5 30 7',
      ' Share[1] 38 10 100 41 7',
    ]);
    expect(spans.reduce((sum, { bitLength }) => sum + bitLength, 0)).toBe(48);
    const wrong = explain(codec, 'document', bits('10000000 01', '0 00000011 01100001', '11111'));
    expect(wrong.error).toMatchObject({ code: 'exi.code' });
    expect(wrong.spans.at(-1)).toMatchObject({ kind: 'unread' });
  });

  it.each([
    ['nothing', new Uint8Array(0), 'exi.short'],
    ['another header', Uint8Array.of(0x40, 1), 'exi.header'],
    ['no message', bits('10000000 00'), 'exi.root'],
  ])('has no tree for %s', (_what, bytes, code) => {
    const { root, spans, error } = explain(codec, 'document', bytes);
    expect(error).toMatchObject({ code });
    expect(root).toBeUndefined();
    expect(spans.reduce((sum, { bitLength }) => sum + bitLength, 0)).toBe(bytes.length * 8);
  });

  it('shows an abstract head as what is dropped', () => {
    // Share, Circle, Shape, escape: Shape is 10; it holds nothing but its end
    const stream = bits(STREAM[0] ?? '', STREAM[1] ?? '', STREAM[2] ?? '', '10 0', '00 0 10 0 01');
    const { root } = explain(codec, 'document', stream);
    expect(root?.children.find(({ name }) => name === 'Shape')).toMatchObject({ dropped: true });
  });
});

describe('a description', () => {
  it('tells names, types, occurrence, facets, words and units', () => {
    expect(describeElement(drawing)).toEqual({
      kind: 'element',
      name: 'Drawing',
      namespace: 'urn:kerbside:test',
      type: 'DrawingType',
      min: 1,
      max: 1,
      children: [
        {
          kind: 'attribute',
          name: 'Id',
          type: 'ID',
          min: 1,
          max: 1,
          simple: { base: 'ID', facets: {} },
        },
        {
          kind: 'element',
          name: 'Title',
          namespace: 'urn:kerbside:test',
          type: 'string',
          min: 0,
          max: 1,
          simple: { base: 'string', facets: { maxLength: 5 } },
        },
        {
          kind: 'element',
          name: 'Share',
          namespace: 'urn:kerbside:test',
          type: 'Share',
          min: 1,
          max: 2,
          simple: { base: 'byte', facets: { minInclusive: 0, maxInclusive: 100 }, unit: '%' },
        },
        expect.objectContaining({ kind: 'substitution', name: 'Shape', min: 1, max: 1 }),
        {
          kind: 'choice',
          min: 1,
          max: 1,
          children: [
            expect.objectContaining({
              name: 'Colour',
              simple: { base: 'enumeration', facets: {}, values: ['red', 'green', 'blue'] },
            }),
            expect.objectContaining({
              name: 'Serial',
              simple: {
                base: 'unsignedLong',
                facets: { minInclusive: 0, maxInclusive: '18446744073709551615' },
              },
            }),
          ],
        },
        expect.objectContaining({
          name: 'Note',
          min: 0,
          children: [
            expect.objectContaining({ kind: 'attribute', name: 'Id', min: 0 }),
            expect.objectContaining({ kind: 'text', name: 'value', type: 'string' }),
          ],
        }),
      ],
    });
  });

  it('is plain JSON, one tree for each message', () => {
    const described = describeSet(set);
    expect(described.map((one) => 'name' in one && one.name)).toEqual(['Drawing']);
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });

  it('ends where a type holds itself', () => {
    const content = sequence({ Level: optional(xs.byte) });
    const type = ns.complexType('Nested', content);
    const items = [{ ...describeParticle('Inner'), type, min: 0, max: 1 }];
    const looped = {
      ...type,
      content: { ...type.content, particle: { kind: 'sequence' as const, items, min: 1, max: 1 } },
    };
    Object.assign(items[0] ?? {}, { type: looped });
    expect(describeElement(ns.element('Outer', looped))).toMatchObject({
      children: [{ name: 'Inner', recursive: true }],
    });
  });
});

const describeParticle = (name: string) => ({
  kind: 'element' as const,
  name,
  namespace: 'urn:kerbside:test',
  dropped: false,
});
