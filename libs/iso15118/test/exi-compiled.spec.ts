import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AnyType, UntypedCodec } from '@kerbside/exi';
import { compiled, randomValue, surprises } from '@kerbside/exi/testing';
import { fromHex, WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import {
  declaredElements,
  decodeDifferences,
  type Declared,
  encodeDifferences,
  placeOf,
  type Place,
} from './both-ways.ts';
import { damaged } from './damaged-value.ts';
import { type ExiVector, fixtureVectors, SHARED_DATA, sharedVectors } from './exi-vectors.ts';

const RUNS = Number(process.env['KERBSIDE_FUZZ_RUNS'] ?? 3000);
const SEED = Number(process.env['KERBSIDE_SEED'] ?? 15118);
const TIMEOUT = 60_000 + RUNS * 60;

const FIXTURES = [
  'gen-sap',
  'gen-din',
  'gen-iso2',
  'gen-iso2-fragment',
  'gen-iso20-common',
  'gen-iso20-common-fragment',
  'gen-iso20-ac',
  'gen-iso20-ac-fragment',
  'gen-iso20-dc',
  'gen-iso20-dc-fragment',
  'gen-iso20-acdp',
  'gen-iso20-wpt',
  'gen-xmldsig-fragment',
  'negative',
];
const GATHERED = [
  'gathered-sap',
  'gathered-din',
  'gathered-iso2',
  'gathered-iso20-common',
  'gathered-iso20-ac',
  'gathered-iso20-dc',
  'special',
];

interface Stream extends Place {
  readonly bytes: Uint8Array;
}

const streamsOf = (vectors: readonly ExiVector[]): Stream[] =>
  vectors.flatMap(({ protocol, exiHex }) => {
    const place = placeOf(protocol);
    return place ? [{ ...place, bytes: fromHex(exiHex) }] : [];
  });

/** Reads a stream both ways, and writes what it holds both ways. */
function compared({ codec, fragment, bytes }: Stream): string[] {
  const found = decodeDifferences({ codec, fragment }, bytes);
  let element: string;
  let type: AnyType;
  let value: unknown;
  try {
    const options = { facets: 'ignored', interpret: true } as const;
    ({ element, type, value } = fragment
      ? codec.decodeFragment(bytes, options)
      : codec.decodeDocument(bytes, options));
  } catch {
    return found;
  }
  return [...found, ...encodeDifferences({ codec, fragment }, element, type, value)];
}

const seeds = FIXTURES.flatMap((file) => streamsOf(fixtureVectors(file)));
const elements = declaredElements();
/** Of the sets in turn, one element after the other. */
const elementOf = (run: number): Declared => elements[run % elements.length] as Declared;

describe('compiled and interpreted: the same values, the same bytes, the same errors', () => {
  it.each(FIXTURES)('vectors of %s', { timeout: TIMEOUT }, (file) => {
    const streams = streamsOf(fixtureVectors(file));
    expect(streams.length).toBeGreaterThan(0);
    expect(streams.flatMap(compared)).toEqual([]);
  });

  describe.skipIf(!existsSync(`${SHARED_DATA}exi-vectors`))(
    'vectors of other stacks (need ../shared/data/exi-vectors)',
    () => {
      it.each(GATHERED)('%s', (file) => {
        expect(streamsOf(sharedVectors(file)).flatMap(compared)).toEqual([]);
      });
    },
  );

  it(`${RUNS} random values, seed ${SEED}`, { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED);
    const found: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { name, type, ...place } = elementOf(run);
      const value = randomValue(type, random);
      found.push(...encodeDifferences(place, name, type, value));
      const bytes = encoded(place.codec, place.fragment, name, type, value);
      if (bytes) found.push(...decodeDifferences(place, bytes));
    }
    expect(found).toEqual([]);
  });

  it(`${RUNS} values that may be wrong, seed ${SEED}`, { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED + 1);
    const found: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { name, type, ...place } = elementOf(run);
      const value = damaged(randomValue(type, random), random);
      found.push(...encodeDifferences(place, name, type, value));
    }
    expect(found).toEqual([]);
  });

  it(`${RUNS} mutated streams, seed ${SEED}`, { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED + 2);
    const found: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { bytes, ...place } = random.pick(seeds);
      found.push(...decodeDifferences(place, mutated(bytes, random)));
    }
    expect(found).toEqual([]);
  });

  it(`${RUNS} random streams, seed ${SEED}`, { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED + 3);
    const found: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { bytes: begin, ...place } = random.pick(seeds);
      const bytes = random.bytes(1 + random.int(150));
      bytes.set(begin.subarray(0, Math.min(bytes.length, random.int(12))));
      bytes[0] = 0x80;
      found.push(...decodeDifferences(place, bytes));
    }
    expect(found).toEqual([]);
  });

  it('every cut of a stream', { timeout: TIMEOUT }, () => {
    const found = FIXTURES.flatMap((file) => {
      const [stream] = streamsOf(fixtureVectors(file)).filter(({ bytes }) => bytes.length < 400);
      return stream
        ? Array.from(stream.bytes, (_, length) =>
            decodeDifferences(stream, stream.bytes.subarray(0, length)),
          ).flat()
        : [];
    });
    expect(found).toEqual([]);
  });
});

describe('compiled code', () => {
  it('takes every vector that an encoder of today writes in ASCII', () => {
    const vectors = FIXTURES.flatMap(fixtureVectors).filter(
      ({ direction, exiHex, expected }) =>
        direction === 'both' &&
        exiHex.length > 0 &&
        !/[^\u0020-\u007e]/.test(JSON.stringify(expected)),
    );
    const refused = vectors.filter((vector) => {
      const [stream] = streamsOf([vector]);
      if (!stream) return false;
      const { codec, fragment, bytes } = stream;
      const before = surprises.bails + surprises.failures;
      if (fragment) codec.decodeFragment(bytes, { facets: 'ignored' });
      else codec.decodeDocument(bytes, { facets: 'ignored' });
      return surprises.bails + surprises.failures > before;
    });
    expect(vectors.length).toBeGreaterThan(900);
    expect(refused.map(({ id }) => id)).toEqual([]);
  });

  it('never fails where it should have refused', () => {
    expect(surprises.last).toBeUndefined();
    expect(compiled.functions).toBeGreaterThan(0);
  });

  it('keeps nothing of the streams that it read', { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED + 4);
    const read = (count: number): number => {
      for (let run = 0; run < count; run++) {
        const { bytes, codec, fragment } = random.pick(seeds);
        try {
          if (fragment) codec.decodeFragment(mutated(bytes, random));
          else codec.decodeDocument(mutated(bytes, random));
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    read(5000);
    const functions = compiled.functions;
    const before = read(RUNS);
    const after = read(3 * RUNS);
    expect(after - before).toBeLessThan(2e6);
    // sets of keys that had not occurred
    expect(compiled.functions - functions).toBeLessThan(400);
  });
});

describe('in a process of its own', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const run = (flags: readonly string[], script: string): unknown =>
    JSON.parse(
      execFileSync(
        process.execPath,
        [
          ...flags,
          '--conditions=@kerbside/source',
          '--import=./tools/source/register.mjs',
          '--input-type=module',
          '--eval',
          `import { compiled } from '@kerbside/exi/testing';
           import { fromHex, toHex } from '@kerbside/kernel';
           import { decodeSap, din, encodeSap, iso2, iso20 } from '@kerbside/iso15118';
           ${script}`,
        ],
        { cwd: root, encoding: 'utf8' },
      ),
    );
  const CHARGING = '8098023b3a0a7b4444b7a890b0';
  const ROUND_TRIP = `toHex(iso2.encodeIso2(iso2.decodeIso2(fromHex('${CHARGING}'))))`;

  it('a set that is not used is not compiled', { timeout: TIMEOUT }, () => {
    const answer = run(
      [],
      `const loaded = compiled.functions;
       const hex = ${ROUND_TRIP};
       const used = compiled.functions;
       ${ROUND_TRIP};
       console.log(JSON.stringify({ loaded, hex, used, again: compiled.functions }));`,
    );
    // of V2G_Message, its header and its body, to read and to write; the request itself holds nothing
    expect(answer).toEqual({ loaded: 0, hex: CHARGING, used: 8, again: 8 });
  });

  it(
    'where code generation is forbidden, the interpreter does it all',
    { timeout: TIMEOUT },
    () => {
      const answer = run(
        ['--disallow-code-generation-from-strings'],
        `let forbidden = false;
       try { new Function('return 1'); } catch { forbidden = true; }
       let refusal;
       try { iso2.decodeIso2(fromHex('809802')); } catch (error) { refusal = error.code; }
       const hex = ${ROUND_TRIP};
       console.log(JSON.stringify({ forbidden, hex, refusal, functions: compiled.functions }));`,
      );
      expect(answer).toEqual({
        forbidden: true,
        hex: CHARGING,
        refusal: 'exi.short',
        functions: 0,
      });
    },
  );
});

/** So that what is still held can be told from what is not. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
}

function encoded(
  codec: UntypedCodec,
  fragment: boolean,
  name: string,
  type: AnyType,
  value: unknown,
): Uint8Array | undefined {
  try {
    return fragment ? codec.encodeFragment(name, type, value) : codec.encodeDocument(name, value);
  } catch {
    return undefined; // an element of a name that has several types
  }
}

function mutated(stream: Uint8Array, random: SeededRandom): Uint8Array {
  const bytes = stream.slice();
  for (let flips = random.int(4); flips >= 0; flips--) {
    const at = random.int(bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << random.int(8));
  }
  if (random.next() < 0.2) return bytes.slice(0, random.int(bytes.length));
  if (random.next() < 0.1) return Uint8Array.of(...bytes, ...random.bytes(random.int(9)));
  return bytes;
}
