import type { Description, ExplainedNode } from '@kerbside/exi';
import { fromHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  decodeExi,
  describeExi,
  EXI_PROTOCOLS,
  explainExi,
  type MessageJson,
  quantityOf,
} from '../src/index.ts';
import { BadStreams } from './exi-streams.ts';
import { fixtureNames, fixtureVectors, sharedNames, sharedVectors } from './exi-vectors.ts';

const SEED = Number(process.env['KERBSIDE_SEED'] ?? 15118);
const vectors = [
  ...fixtureNames().flatMap(fixtureVectors),
  ...sharedNames().flatMap(sharedVectors),
];

/** The JSON form of what a tree shows: only a tree that is right and whole gives that of the decoder. */
function jsonOf(node: ExplainedNode): unknown {
  const children = node.children.filter(({ dropped }) => !dropped);
  if (node.form === 'simple') return node.value;
  const json: Record<string, unknown> = {};
  for (const child of children) {
    const { name, index } = child;
    if (index === undefined) json[name] = jsonOf(child);
    else ((json[name] ??= []) as unknown[])[index] = jsonOf(child);
  }
  if (node.value !== undefined) json['value'] = node.value;
  return json;
}

/** Where spans overlap or leave a gap, or go beyond the stream. */
function untiled(spans: ReturnType<typeof explainExi>['spans'], length: number): string[] {
  const found: string[] = [];
  let at = 0;
  for (const { bitOffset, bitLength, path } of spans) {
    if (bitOffset !== at || bitLength <= 0) found.push(`${path} at ${bitOffset}, not ${at}`);
    at = bitOffset + bitLength;
  }
  if (at !== length * 8) found.push(`ends at ${at} of ${length * 8}`);
  return found;
}

/** Children lie in their parent, one behind the other. */
function disordered(node: ExplainedNode): string[] {
  const found: string[] = [];
  let at = node.bitOffset;
  for (const child of node.children) {
    if (child.bitOffset < at) found.push(`${child.name} at ${child.bitOffset}, before ${at}`);
    at = child.bitOffset + child.bitLength;
    found.push(...disordered(child));
  }
  if (at > node.bitOffset + node.bitLength) found.push(`${node.name} ends before its children`);
  return found;
}

describe('explained', () => {
  it.each(EXI_PROTOCOLS.filter((name) => vectors.some(({ protocol }) => protocol === name)))(
    '%s: every vector shows the message that it holds, bit for bit',
    (name) => {
      for (const { id, protocol, exiHex, tier } of vectors) {
        if (protocol !== name) continue;
        const bytes = fromHex(exiHex);
        const { root, spans, error } = explainExi(protocol, bytes);
        expect(untiled(spans, bytes.length), id).toEqual([]);
        expect(root && disordered(root), id).toEqual(root && []);
        expect(error !== undefined, id).toBe(tier === 'negative');
        if (error || !root) continue;
        const message: MessageJson = decodeExi(protocol, bytes, { facets: 'ignored' });
        expect({ [root.name]: jsonOf(root) }, id).toEqual(message);
      }
    },
  );

  it(`tells as much of 5000 bad streams as can be read, seed ${SEED}`, () => {
    const streams = new BadStreams(SEED);
    for (let run = 0; run < 5000; run++) {
      const { protocol, bytes } = streams.next();
      const { root, spans, error } = explainExi(protocol, bytes);
      expect(untiled(spans, bytes.length)).toEqual([]);
      expect(root && disordered(root)).toEqual(root && []);
      let refused: unknown;
      try {
        decodeExi(protocol, bytes, { facets: 'ignored' });
      } catch (cause) {
        refused = cause;
      }
      expect(error).toEqual(refused);
    }
  });

  it('shows physical values as numbers in their unit', () => {
    const value = (type: string, exponent: number, of: number, unit?: string) => {
      const leaf = (name: string, content: string | number): ExplainedNode => ({
        kind: 'element',
        name,
        type: '',
        bitOffset: 0,
        bitLength: 0,
        form: 'simple',
        value: content,
        children: [],
      });
      return quantityOf({
        kind: 'element',
        name: 'x',
        type,
        bitOffset: 0,
        bitLength: 0,
        form: 'simple',
        children: [
          leaf(type === 'RationalNumberType' ? 'Exponent' : 'Multiplier', exponent),
          ...(unit === undefined ? [] : [leaf('Unit', unit)]),
          leaf('Value', of),
        ],
      });
    };
    expect(value('PhysicalValueType', -1, 4005, 'V')).toEqual({ text: '400.5', unit: 'V' });
    expect(value('PhysicalValueType', -3, -5, 'A')).toEqual({ text: '-0.005', unit: 'A' });
    expect(value('PhysicalValueType', 3, 11, 'W')).toEqual({ text: '11000', unit: 'W' });
    expect(value('RationalNumberType', 2, 0)).toEqual({ text: '0' });
    expect(value('EVSEStatusType', 2, 0)).toBeUndefined();
  });
});

/** Every element of a description with its path. */
function* flat(description: Description, above = ''): Generator<[string, Description]> {
  const path =
    'name' in description && description.kind !== 'substitution'
      ? `${above}/${description.name}`
      : above;
  yield [path, description];
  if ('children' in description)
    for (const child of description.children ?? []) yield* flat(child, path);
}

describe('described', () => {
  it.each(EXI_PROTOCOLS.filter((name) => !name.endsWith('-fragment')))(
    '%s: every field of every vector is in the tree of its message',
    (name) => {
      const known = new Map(describeExi(name).flatMap((one) => [...flat(one)]));
      const visit = (json: unknown, path: string): void => {
        if (Array.isArray(json)) for (const one of json) visit(one, path);
        else if (typeof json === 'object' && json !== null)
          for (const [key, value] of Object.entries(json)) {
            const at = `${path}/${key}`;
            expect(known.has(at), at).toBe(true);
            visit(value, at);
          }
        else expect(known.get(path), path).toMatchObject({ simple: {} });
      };
      const own = vectors.filter(({ protocol, tier }) => protocol === name && tier !== 'negative');
      expect(own.length).toBeGreaterThan(0);
      for (const { protocol, exiHex } of own)
        visit(decodeExi(protocol, fromHex(exiHex), { facets: 'ignored' }), '');
    },
  );

  it('knows facets, words and units', () => {
    const known = new Map(describeExi('iso2').flatMap((one) => [...flat(one)]));
    const at = '/V2G_Message/Body/CurrentDemandReq/DC_EVStatus/EVRESSSOC';
    expect(known.get(at)).toEqual({
      kind: 'element',
      name: 'EVRESSSOC',
      namespace: 'urn:iso:15118:2:2013:MsgDataTypes',
      type: 'percentValueType',
      min: 1,
      max: 1,
      simple: { base: 'byte', facets: { minInclusive: 0, maxInclusive: 100 }, unit: '%' },
    });
    expect(known.get('/V2G_Message/Body/CurrentDemandReq/EVTargetCurrent/Unit')).toMatchObject({
      type: 'unitSymbolType',
      simple: { values: ['h', 'm', 's', 'A', 'V', 'W', 'Wh'] },
    });
  });
});
