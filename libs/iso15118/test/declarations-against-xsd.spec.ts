import { existsSync } from 'node:fs';
import { xmldsigSet } from '@kerbside/pki';
import { describe, expect, it } from 'vitest';
import { iso2, sapSet } from '../src/index.ts';
import { SHARED_DATA } from './exi-vectors.ts';
import { tellElement, tellTypes } from './tell-declaration.ts';
import { XsdSet } from './xsd.ts';

const SETS = [
  { set: sapSet, folder: 'app-protocol' },
  { set: iso2.iso2Set, folder: 'iso15118-2' },
  { set: xmldsigSet, folder: 'xmldsig-standalone' },
];

const present = existsSync(`${SHARED_DATA}xsd`);

describe.skipIf(!present).each(SETS)('$folder (needs ../shared/data/xsd)', ({ set, folder }) => {
  const xsd = present ? new XsdSet(`${SHARED_DATA}xsd/${folder}`) : undefined;
  const lines = (told: ReadonlyMap<string, string>): string[] =>
    [...told].map(([name, what]) => `${name}: ${what}`).toSorted();

  it('declares every global element, with its type', () => {
    const ours = new Map(
      set.globals.map((one) => [`${one.namespace}#${one.name}`, tellElement(one)]),
    );
    const theirs = new Map(
      [...(xsd?.elements.keys() ?? [])].map((name) => [name, xsd?.tellElement(name) ?? '']),
    );
    expect(theirs.size).toBeGreaterThan(1);
    expect(lines(ours)).toEqual(lines(theirs));
  });

  it('declares every complex type: attributes, children, order, occurrence, facets', () => {
    const theirs = xsd?.complexTypes() ?? new Map<string, string>();
    const ours = tellTypes(set.globals, set.unreached);
    expect(theirs.size).toBeGreaterThan(0);
    expect(lines(ours)).toEqual(lines(theirs));
  });
});
