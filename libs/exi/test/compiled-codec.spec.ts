import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import {
  type AnyType,
  anyElement,
  choice,
  enumeration,
  ExiCodec,
  extension,
  fromJson,
  list,
  optional,
  restriction,
  schemaSet,
  sequence,
  simpleContent,
  toJson,
  xmlNamespace,
  xs,
} from '../src/index.ts';
import { compiled, derived, differencesOf, randomValue, surprises } from '../src/testing/index.ts';

const RUNS = Math.max(40, Number(process.env['KERBSIDE_FUZZ_RUNS'] ?? 3000) / 25);
const TIMEOUT = 20_000 + RUNS * 200;
const SEED = Number(process.env['KERBSIDE_SEED'] ?? 15118);

const ns = xmlNamespace('urn:kerbside:test');
const words = (count: number) =>
  enumeration(...Array.from({ length: count }, (_, i) => `word${i}`));
const ranged = (min: number, max: number) =>
  restriction(xs.int, { minInclusive: min, maxInclusive: max });
const optionals = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`F${i}`, optional(xs.short)]));

const Shape = ns.complexType('Shape', sequence({ Name: xs.string }), { abstract: true });
const Circle = ns.complexType('Circle', extension(Shape, { Radius: xs.unsignedShort }));
const Square = ns.complexType('Square', extension(Shape, { Side: xs.long }));
const Shapes = ns.substitutionGroup(ns.element('Shape', Shape, { abstract: true }), {
  Circle,
  Square,
});
const Pair = ns.complexType('Pair', sequence({ A: xs.boolean, B: ranged(-3, 3) }));

function nested(depth: number): AnyType {
  let type = ns.complexType('Leaf', sequence({ Leaf: xs.boolean }));
  for (let i = 1; i < depth; i++)
    type = ns.complexType(`N${i}`, sequence({ Child: type })) as never;
  return type;
}

const HOSTILE = 'x"]; throw new Error("injected"); // \n\u2028`${0}';

/** Types that are made unlike those of the V2G messages. */
const TYPES: Readonly<Record<string, AnyType>> = {
  Lists: ns.complexType(
    'Lists',
    sequence({
      Few: list(xs.string, { min: 2, max: 4 }),
      Fixed: list(xs.boolean, { min: 3, max: 3 }),
      Pairs: list(Pair, { min: 0, max: 2 }),
      Endless: list(xs.byte, { min: 0, max: Infinity }),
      Last: optional(xs.short),
    }),
  ),
  RepeatedChoice: ns.complexType(
    'RepeatedChoice',
    sequence({ C: list(choice({ A: xs.short, B: Pair }), { max: Infinity }) }, { Id: xs.ID }),
  ),
  RepeatedSequence: ns.complexType(
    'RepeatedSequence',
    sequence({
      Before: optional(xs.string),
      G: list(sequence({ A: xs.short, any: anyElement('##other', { min: 0, max: 1 }) }), {
        min: 0,
        max: Infinity,
      }),
    }),
  ),
  Shapes: ns.complexType('Shapes', sequence({ Shape: list(Shapes, { max: 3 }), End: xs.byte })),
  OneShape: ns.complexType('OneShape', sequence({ Before: optional(xs.byte), Shape: Shapes })),
  SharedKey: ns.complexType(
    'SharedKey',
    choice({
      one: sequence({ A: xs.short, B: optional(Pair), C: xs.string }),
      two: sequence({ B: Pair, C: xs.string }),
    }),
  ),
  MaybeGroup: ns.complexType(
    'MaybeGroup',
    sequence({
      S: optional(sequence({ A: xs.short, B: xs.unsignedInt })),
      C: optional(choice({ D: xs.byte, E: Pair, F: xs.hexBinary })),
    }),
  ),
  MaybeChoice: ns.complexType(
    'MaybeChoice',
    sequence({ C: optional(choice({ A: Pair, B: Pair })) }),
  ),
  Text: ns.complexType('Text', simpleContent(xs.string, { Id: optional(xs.ID), Z: xs.short })),
  Nothing: ns.complexType('Nothing', sequence({})),
  Four: ns.complexType('Four', sequence(optionals(4))),
  Twelve: ns.complexType('Twelve', sequence(optionals(12))),
  Forty: ns.complexType('Forty', sequence(optionals(40))),
  Sixty: ns.complexType('Sixty', sequence(optionals(60))),
  Numbers: ns.complexType(
    'Numbers',
    sequence({
      N4096: ranged(-5, 4090),
      N4097: ranged(-5, 4091),
      High: ranged(1000, 100_000),
      Low: ranged(-100_000, -1000),
      Int: xs.int,
      UnsignedInt: xs.unsignedInt,
      Long: xs.long,
      UnsignedLong: xs.unsignedLong,
      SomeLong: restriction(xs.long, { minInclusive: -7, maxInclusive: 9000 }),
      Integer: xs.integer,
      One: ranged(5, 5),
    }),
  ),
  Words: ns.complexType(
    'Words',
    sequence({
      W1: words(1),
      W2: words(2),
      W8: words(8),
      W9: words(9),
      W200: optional(words(200)),
    }),
  ),
  Lengths: ns.complexType(
    'Lengths',
    sequence({
      S: restriction(xs.string, { minLength: 2, maxLength: 5 }, { maxLength: 8 }),
      B: restriction(xs.base64Binary, { length: 3 }, { minLength: 0 }),
      L: restriction(xs.string, { maxLength: 300 }),
      H: optional(restriction(xs.hexBinary, { maxLength: 500 })),
    }),
  ),
  Hostile: ns.complexType(
    HOSTILE,
    sequence(
      { [HOSTILE]: enumeration(HOSTILE, '\\"'), Other: optional(Pair) },
      { [`@${HOSTILE}`]: xs.string },
    ),
  ),
  Deep63: nested(63),
  Deep64: nested(64),
  Deep65: nested(65),
};

/** The decoder refuses so many elements within elements. */
const TOO_DEEP: ReadonlySet<string> = new Set(['Deep64', 'Deep65']);

const codec = new ExiCodec(
  schemaSet('test', {
    roots: Object.fromEntries(
      Object.entries(TYPES).map(([name, type]) => [name, ns.element(name, type as never)]),
    ),
    others: [Shapes],
  }),
);
const codecOf = (type: AnyType) =>
  new ExiCodec(schemaSet('one', { roots: { Root: ns.element('Root', type as never) } }));

describe(`compiled and interpreted alike, seed ${SEED}`, () => {
  it.each(Object.entries(TYPES))('%s', { timeout: TIMEOUT }, (name, type) => {
    const random = new SeededRandom(SEED);
    const found: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const value = randomValue(type, random);
      found.push(...differencesOf((options) => codec.encodeDocument(name, value, options)));
      const bytes = codec.encodeDocument(name, value, { interpret: true });
      if (!TOO_DEEP.has(name)) {
        expect(codec.decodeDocument(bytes, { interpret: true }).value).toEqual(value);
        expect(fromJson(type, JSON.parse(JSON.stringify(toJson(type, value))))).toEqual(value);
      }
      found.push(...differencesOf((options) => codec.decodeDocument(bytes, options).value));
      for (let i = 0; i < 20; i++) {
        const at = random.int(bytes.length);
        const broken = bytes.slice(0, random.next() < 0.2 ? at + 1 : undefined);
        broken[at] = (broken[at] as number) ^ (1 << random.int(8));
        found.push(...differencesOf((options) => codec.decodeDocument(broken, options).value));
      }
    }
    expect(found.slice(0, 3)).toEqual([]);
    expect(surprises.last).toBeUndefined();
  });
});

describe('what compiled code leaves to the interpreter', () => {
  const bailsOf = (call: () => unknown): number => {
    const before = surprises.bails;
    call();
    return surprises.bails - before;
  };
  const text = codecOf(ns.complexType('T', sequence({ A: xs.string, B: xs.string })));
  const encode = (A: unknown, B = 'b') => text.encodeDocument('Root', { A, B });

  it('characters beyond ASCII, both ways', () => {
    let bytes: Uint8Array = new Uint8Array(0);
    expect(bailsOf(() => (bytes = encode('\u{1F50C}')))).toBe(1);
    expect(
      bailsOf(() => expect(text.decodeDocument(bytes).value).toMatchObject({ A: '\u{1F50C}' })),
    ).toBe(1);
  });

  it('nothing of plain messages', () => {
    let bytes: Uint8Array = new Uint8Array(0);
    expect(bailsOf(() => (bytes = encode('a')))).toBe(0);
    expect(bailsOf(() => text.decodeDocument(bytes))).toBe(0);
  });

  it('messages of over 64 kB', () => {
    for (const length of [65_000, 65_530, 65_536, 66_000, 200_000]) {
      const A = 'a'.repeat(length);
      const bytes = encode(A, 'b'.repeat(40));
      expect(
        differencesOf((options) => text.encodeDocument('Root', { A, B: 'b' }, options)),
      ).toEqual([]);
      expect(text.decodeDocument(bytes).value).toEqual({ A, B: 'b'.repeat(40) });
    }
    const many = codecOf(ns.complexType('M', sequence({ A: list(xs.string, { max: Infinity }) })));
    const A = Array.from({ length: 1000 }, () => 'x'.repeat(100));
    expect(differencesOf((options) => many.encodeDocument('Root', { A }, options))).toEqual([]);
  });

  it('a value that another message is written from within', () => {
    const plain = encode('outer', 'inner');
    const value = {
      A: 'outer',
      get B() {
        encode('something longer than that');
        return 'inner';
      },
    };
    expect(text.encodeDocument('Root', value)).toEqual(plain);
    expect(encode('outer', 'inner')).toEqual(plain);
  });

  it('a getter that throws: its error comes out, and the next message is written', () => {
    const plain = encode('a');
    const value = {
      A: 'a',
      get B(): string {
        throw new Error('no B');
      },
    };
    expect(() => text.encodeDocument('Root', value)).toThrow('no B');
    expect(encode('a')).toEqual(plain);
    surprises.last = undefined;
  });

  it('a choice with a key that is not enumerable', () => {
    const pair = { A: true, B: 0 };
    const hidden = (visible: object, key: string): object =>
      Object.defineProperty({ ...visible }, key, { value: pair, enumerable: false });
    for (const value of [hidden({}, 'A'), hidden({ A: pair }, 'B'), hidden({ A: pair }, 'Z')])
      expect(
        differencesOf((options) => codec.encodeDocument('MaybeChoice', value, options)),
      ).toEqual([]);
  });

  it('what follows a stream that came before is not read', () => {
    text.decodeDocument(encode('a'.repeat(50), 'b'.repeat(50)));
    const cut = encode('a'.repeat(50), 'c'.repeat(50)).subarray(0, 30);
    expect(() => text.decodeDocument(cut)).toThrow('bits left');
  });
});

describe('large types', { timeout: TIMEOUT }, () => {
  const lists = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`L${i}`, list(xs.short, { max: 5 })]),
    );

  /** What a type takes: states asked for what may follow, functions, characters of their source. */
  function costOf(fields: object) {
    const type = ns.complexType('Large', sequence(fields as ReturnType<typeof optionals>));
    const large = codecOf(type);
    const value = randomValue(type, new SeededRandom(SEED));
    const before = { ...compiled, ...derived };
    const bytes = large.encodeDocument('Root', value);
    expect(large.decodeDocument(bytes).value).toEqual(value);
    const cost = {
      steps: derived.steps - before.steps,
      functions: compiled.functions - before.functions,
      characters: compiled.characters - before.characters,
    };
    expect(differencesOf((options) => large.encodeDocument('Root', value, options))).toEqual([]);
    expect(differencesOf((options) => large.decodeDocument(bytes, options).value)).toEqual([]);
    return cost;
  }

  it('of n optional fields take n(n + 1) / 2 productions, and code in proportion to n', () => {
    const [some, twice] = [costOf(optionals(200)), costOf(optionals(400))];
    // of each state those fields that are left; one more for the whole, one for xs.short
    expect(some.steps).toBeLessThanOrEqual((200 * 201) / 2 + 2);
    expect(twice.steps).toBeLessThanOrEqual((400 * 401) / 2 + 2);
    expect(twice.functions).toBe(some.functions);
    expect(twice.characters).toBeLessThan(2.2 * some.characters);
  });

  it('of n lists take a few steps for each, and code in proportion to n', () => {
    const [some, twice] = [costOf(lists(24)), costOf(lists(48))];
    expect(some.steps).toBeLessThan(24 * 4);
    expect(twice.steps).toBeLessThan(48 * 4);
    expect(twice.functions).toBe(some.functions);
    expect(twice.characters).toBeLessThan(2.2 * some.characters);
  });
});

describe('what is kept', () => {
  it('a stream decides neither how many functions there are nor how much memory they take', () => {
    const random = new SeededRandom(SEED);
    const before = compiled.functions;
    const type = ns.complexType('Many', sequence(optionals(16)));
    const many = codecOf(type);
    const modes = ['exact', 'tolerant', 'ignored'] as const;
    for (let run = 0; run < 2000; run++) {
      const value = randomValue(type, random);
      for (const facets of modes) {
        const bytes = many.encodeDocument('Root', value, { facets });
        expect(many.decodeDocument(bytes, { facets }).value).toEqual(value);
      }
    }
    // two of the type in each facet mode, and in all one for each of the first 16 sets of keys
    expect(compiled.functions - before).toBe(2 * modes.length + 16);
  });

  it('nothing is compiled before it is used, and then once', () => {
    const type = ns.complexType('Lazy', sequence({ A: xs.string }));
    const before = compiled.functions;
    const lazy = codecOf(type);
    expect(lazy.rootType('Root')).toBe(type);
    lazy.encodeDocument('Root', { A: 'a' }, { interpret: true });
    expect(compiled.functions - before).toBe(0);
    const bytes = lazy.encodeDocument('Root', { A: 'a' });
    expect(compiled.functions - before).toBe(1);
    lazy.decodeDocument(bytes);
    lazy.decodeDocument(bytes);
    lazy.encodeDocument('Root', { A: 'b' });
    expect(compiled.functions - before).toBe(2);
  });
});
