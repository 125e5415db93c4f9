import { fromHex, toHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { decodeExi, encodeExi, EXI_PROTOCOLS } from '../src/index.ts';
import {
  byMessage,
  type ExiVector,
  fixtureVectors,
  sharedVectors,
  withoutAny,
} from './exi-vectors.ts';

const OURS = [
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

const spoken = (vector: ExiVector): boolean => EXI_PROTOCOLS.includes(vector.protocol);

describe.each(OURS)('%s: made by another encoder', (file) => {
  it.each(byMessage(fixtureVectors(file)))('%s', (_message, vectors) => {
    for (const { id, protocol, exiHex, expected, direction } of vectors) {
      expect(decodeExi(protocol, fromHex(exiHex)), id).toEqual(expected);
      if (direction === 'both')
        expect(toHex(encodeExi(protocol, expected, { facets: 'exact' })), id).toBe(exiHex);
    }
  });
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

describe('coverage', () => {
  it('has a vector for every message of ISO 15118-2', () => {
    const messages = new Set(fixtureVectors('gen-iso2').map(({ message }) => message));
    expect(messages.size).toBe(34);
  });
});
