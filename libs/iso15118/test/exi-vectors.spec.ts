import { readFileSync } from 'node:fs';
import { fromHex, toHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { decodeExi, encodeExi, EXI_PROTOCOLS } from '../src/index.ts';
import {
  byMessage,
  type ExiVector,
  fixtureNames,
  fixtureVectors,
  sharedNames,
  sharedVectors,
  withoutAny,
} from './exi-vectors.ts';
import {
  countVectors,
  DOCUMENT,
  lacking,
  ownVectors,
  tableIn,
  vectorTable,
} from './vector-table.ts';

const GENERATED = fixtureNames().filter((name) => name !== 'negative');
const GATHERED = sharedNames();

const spoken = (vector: ExiVector): boolean => EXI_PROTOCOLS.includes(vector.protocol);

describe.each(GENERATED)('%s: made by another encoder', (file) => {
  it.each(byMessage(fixtureVectors(file)))('%s', (_message, vectors) => {
    for (const { id, protocol, exiHex, expected, direction } of vectors) {
      expect(decodeExi(protocol, fromHex(exiHex)), id).toEqual(expected);
      if (direction === 'both')
        expect(toHex(encodeExi(protocol, expected, { facets: 'exact' })), id).toBe(exiHex);
    }
  });
});

it('there are files to read', () => {
  expect(GENERATED).toHaveLength(13);
});

describe.each(GATHERED)('%s: from cars, chargers and other stacks', (file) => {
  const vectors = sharedVectors(file).filter(
    (vector) => spoken(vector) && vector.tier !== 'negative',
  );
  it.skipIf(vectors.length === 0)('is read from ../shared/data/exi-vectors', () => {
    expect(vectors.length).toBeGreaterThan(0);
  });
  it.each(byMessage(vectors))('%s', (_message, group) => {
    for (const { id, protocol, exiHex, expected, direction } of group) {
      const options = { facets: 'ignored' } as const;
      expect(decodeExi(protocol, fromHex(exiHex), options), id).toEqual(withoutAny(expected));
      if (direction === 'both')
        expect(toHex(encodeExi(protocol, expected, options)), id).toBe(exiHex);
    }
  });
});

describe('streams that must be refused', () => {
  const vectors = [...fixtureVectors('negative'), ...sharedVectors('special')].filter(
    (vector) => vector.tier === 'negative' && spoken(vector),
  );
  it.each(byMessage(vectors))('%s', (_message, group) => {
    for (const { id, protocol, exiHex } of group)
      expect(() => decodeExi(protocol, fromHex(exiHex), { facets: 'ignored' }), id).toThrow(
        WireError,
      );
  });
});

describe('message types', () => {
  const own = countVectors(ownVectors());

  it('have a vector each that an encoder other than ours made', () => {
    expect(lacking(own)).toEqual([]);
    process.stdout.write(`vectors in the repository\n${vectorTable(own)}\n`);
    expect([...own].map(([protocol, of]) => [protocol, of.size])).toEqual(
      expect.arrayContaining([
        ['sap', 2],
        ['din', 34],
        ['iso2', 34],
        ['iso20-common', 26],
        ['iso20-ac', 4],
        ['iso20-dc', 10],
        ['iso20-acdp', 8],
        ['iso20-wpt', 12],
      ]),
    );
  });

  it('are counted in docs/exi.md as `npm run vectors` does', () => {
    expect(tableIn(readFileSync(DOCUMENT, 'utf8'))).toBe(vectorTable(own));
  });

  it.skipIf(sharedNames().length === 0)(
    'are counted with those of ../shared/data/exi-vectors',
    () => {
      const shared = sharedNames().flatMap(sharedVectors);
      const counted = shared.filter((one) => one.tier !== 'negative' && spoken(one));
      // each is exercised above: nothing is left out for a protocol that we do not speak
      expect(counted).toHaveLength(shared.filter((one) => one.tier !== 'negative').length);
      const all = countVectors(counted);
      process.stdout.write(`vectors of ../shared\n${vectorTable(all)}\n`);
    },
  );
});
