import { isDeepStrictEqual } from 'node:util';
import {
  type AnyType,
  ExiCodec,
  ExiValueError,
  fromJson,
  toJson,
  type UntypedCodec,
} from '@kerbside/exi';
import { randomValue } from '@kerbside/exi/testing';
import { fromHex, toHex, WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { xmldsigSet } from '@kerbside/pki';
import { describe, expect, it } from 'vitest';
import {
  decodeExi,
  encodeExi,
  EXI_PROTOCOLS,
  exiBatchLine,
  din,
  iso2,
  iso20,
  sapCodec,
} from '../src/index.ts';
import { fixtureVectors } from './exi-vectors.ts';

const RUNS = Number(process.env['KERBSIDE_FUZZ_RUNS'] ?? 3000);
const STREAMS = Math.round((RUNS * 10) / 3);
const SEED = Number(process.env['KERBSIDE_SEED'] ?? 15118);
const TIMEOUT = 60_000 + RUNS * 20;

/** SignatureProperty holds nothing but elements of foreign schemas. */
const fillable = ({ name }: { readonly name: string }): boolean =>
  !name.startsWith('SignatureProp');
const SETS: readonly { readonly name: string; readonly codec: UntypedCodec }[] = [
  sapCodec,
  din.dinCodec,
  iso2.iso2Codec,
  iso20.commonMessagesCodec,
  iso20.acCodec,
  iso20.dcCodec,
  iso20.acdpCodec,
  iso20.wptCodec,
].map((codec: UntypedCodec) => ({ name: codec.set.name, codec }));
const ISO2_BODIES = iso2.BodyElement.members.map(({ name, type }) => ({ name, type }));

describe(`random values, seed ${SEED}`, () => {
  /** What does not come back as it was: from the wire, and from JSON. */
  const lost = (codec: UntypedCodec, element: string, value: unknown): string[] => {
    const bytes = codec.encodeDocument(element, value);
    const decoded = codec.decodeDocument(bytes, { facets: 'exact' });
    const json: unknown = JSON.parse(JSON.stringify(toJson(decoded.type, value)));
    const found = [];
    if (!isDeepStrictEqual(decoded.value, value)) found.push(`EXI ${toHex(bytes)}`);
    if (!isDeepStrictEqual(fromJson(decoded.type, json), value)) found.push(`JSON ${toHex(bytes)}`);
    return found;
  };

  it(`come back as they were: ${RUNS} messages of ISO 15118-2`, { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED);
    const found: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { name, type } = ISO2_BODIES[run % ISO2_BODIES.length] as (typeof ISO2_BODIES)[number];
      const Header = randomValue(iso2.MessageHeaderType, random);
      const Body = { [name]: randomValue(type, random) };
      found.push(...lost(iso2.iso2Codec, 'V2G_Message', { Header, Body }));
    }
    expect(found).toEqual([]);
  });

  it.each(SETS)('come back as they were: messages of $name', { timeout: TIMEOUT }, ({ codec }) => {
    const random = new SeededRandom(SEED);
    const roots = codec.set.globals.filter((one) => codec.set.rootNames.includes(one.name));
    const found: string[] = [];
    for (let run = 0; run < RUNS / 3; run++) {
      const { name, type } = roots[run % roots.length] as (typeof roots)[number];
      found.push(...lost(codec, name, randomValue(type, random)));
    }
    expect(found).toEqual([]);
  });

  it('come back as they were: fragments of every element', { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED);
    const found: string[] = [];
    let count = 0;
    for (const { codec } of [...SETS, { codec: new ExiCodec(xmldsigSet) }])
      for (const { name, types } of codec.fragmentElements().filter(fillable))
        for (let run = 0; run < RUNS / 1000; run++) {
          // where a name has several types, the reader can't tell what simple one was meant
          const type = types.find((one) => one.kind === 'complex') ?? (types[0] as AnyType);
          if (types.length > 1 && type.kind === 'simple') continue;
          const value = randomValue(type, random);
          const bytes = codec.encodeFragment(name, type, value);
          const decoded = codec.decodeFragment(bytes, { facets: 'exact' });
          count++;
          if (!isDeepStrictEqual(decoded.value, value)) found.push(`${name} ${toHex(bytes)}`);
        }
    expect(count).toBeGreaterThan(1000);
    expect(found).toEqual([]);
  });
});

describe(`bad streams, seed ${SEED}`, () => {
  const seeds = [
    'gen-sap',
    'gen-din',
    'gen-iso2',
    'gen-iso2-fragment',
    'gen-iso20-common',
    'gen-iso20-common-fragment',
    'gen-iso20-ac',
    'gen-iso20-dc',
    'gen-iso20-acdp',
    'gen-iso20-wpt',
    'gen-xmldsig-fragment',
  ]
    .flatMap(fixtureVectors)
    .map(({ protocol, exiHex }) => ({ protocol, bytes: fromHex(exiHex) }));

  /** A value that can be written back, or a `WireError` that says where. */
  const check = (protocol: string, bytes: Uint8Array): 'value' | 'refused' => {
    try {
      const json = decodeExi(protocol, bytes, { facets: 'ignored' });
      try {
        encodeExi(protocol, json, { facets: 'ignored' });
      } catch (error) {
        // what was dropped (an abstract head) cannot be written back
        if (!(error instanceof ExiValueError)) throw error;
      }
      return 'value';
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      expect(error.offset).toBeLessThanOrEqual(bytes.length);
      return 'refused';
    }
  };

  it(`${STREAMS} mutated ones: a value or a WireError`, { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED);
    const count = { value: 0, refused: 0 };
    for (let run = 0; run < STREAMS; run++) {
      const seed = random.pick(seeds);
      let bytes = seed.bytes.slice();
      for (let flips = random.int(4); flips >= 0; flips--) {
        const at = random.int(bytes.length);
        bytes[at] = (bytes[at] as number) ^ (1 << random.int(8));
      }
      if (random.next() < 0.2) bytes = bytes.slice(0, random.int(bytes.length));
      count[check(seed.protocol, bytes)]++;
    }
    expect(count.value).toBeGreaterThan(0);
    expect(count.refused).toBeGreaterThan(0);
  });

  it(`${STREAMS} random ones: a value or a WireError`, { timeout: TIMEOUT }, () => {
    const random = new SeededRandom(SEED + 1);
    const count = { value: 0, refused: 0 };
    for (let run = 0; run < STREAMS; run++) {
      const bytes = random.bytes(random.int(120));
      bytes.set([0x80, 0x98].slice(0, bytes.length));
      if (random.next() < 0.5 && bytes.length > 1) bytes[1] = random.int(256);
      count[check(random.pick(EXI_PROTOCOLS), bytes)]++;
    }
    expect(count.value + count.refused).toBe(STREAMS);
  });

  it('a length of gigabytes costs nothing', () => {
    const bytes = fromHex('80980230' + 'ff'.repeat(8) + '7f');
    expect(() => iso2.decodeIso2(bytes)).toThrow(WireError);
  });

  it('the batch answers any line', () => {
    const random = new SeededRandom(SEED + 2);
    const lines = ['', 'null', '[]', '{', '{"id":1}', '{"id":2,"protocol":"iso2","json":{}}'];
    for (let run = 0; run < 2000; run++) {
      const { protocol, bytes } = random.pick(seeds);
      const line = JSON.stringify({ id: run, protocol, exiHex: toHex(bytes) }).split('');
      line[random.int(line.length)] = String.fromCharCode(random.int(128));
      lines.push(line.join(''));
    }
    for (const line of lines) {
      const answer = JSON.parse(exiBatchLine(line)) as Record<string, unknown>;
      expect(Object.keys(answer)).toContain('id');
      const error = answer['error'] as { code: string } | undefined;
      expect(error?.code, line).not.toBe('internal');
    }
  });
});
