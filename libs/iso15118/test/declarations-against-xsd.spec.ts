import { existsSync } from 'node:fs';
import type { SchemaSet } from '@kerbside/exi';
import { xmldsigSet } from '@kerbside/pki';
import { describe, expect, it } from 'vitest';
import { din, iso2, iso20, sapSet } from '../src/index.ts';
import { SHARED_DATA } from './exi-vectors.ts';
import { tellElement, tellTypes } from './tell-declaration.ts';
import { XsdSet } from './xsd.ts';

const common = 'V2G_CI_CommonTypes.xsd';
const dsig = 'xmldsig-core-schema.xsd';
interface SetAndFiles {
  readonly set: SchemaSet<unknown>;
  readonly folder: string;
  /** All of the folder, where it does not say. */
  readonly files?: string[];
}
const SETS: readonly SetAndFiles[] = [
  { set: sapSet, folder: 'app-protocol' },
  { set: din.dinSet, folder: 'din70121' },
  { set: iso2.iso2Set, folder: 'iso15118-2' },
  iso20Set(iso20.commonMessagesSet, 'CommonMessages'),
  iso20Set(iso20.acSet, 'AC'),
  iso20Set(iso20.dcSet, 'DC'),
  iso20Set(iso20.acdpSet, 'ACDP'),
  iso20Set(iso20.wptSet, 'WPT'),
  { set: xmldsigSet, folder: 'xmldsig-standalone' },
];

function iso20Set(set: SchemaSet<unknown>, name: string): SetAndFiles {
  return { set, folder: 'iso15118-20', files: [`V2G_CI_${name}.xsd`, common, dsig] };
}

const present = existsSync(`${SHARED_DATA}xsd`);

describe.skipIf(!present).each(SETS)(
  '$set.name (needs ../shared/data/xsd)',
  ({ set, folder, files }) => {
    const xsd = present ? new XsdSet(`${SHARED_DATA}xsd/${folder}`, files) : undefined;
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
  },
);
