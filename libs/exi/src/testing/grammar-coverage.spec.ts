import { describe, expect, it } from 'vitest';
import {
  anyElement,
  choice,
  enumeration,
  list,
  mixed,
  optional,
  sequence,
  xmlNamespace,
  xs,
} from '../index.ts';
import { GrammarCoverage } from './grammar-coverage.ts';

const ns = xmlNamespace('urn:kerbside:test');
const Foreign = ns.complexType(
  'Foreign',
  sequence({ any: anyElement('##other', { min: 1, max: 1 }) }),
);
const Thing = ns.complexType(
  'Thing',
  mixed(
    sequence(
      {
        Colour: optional(enumeration('red', 'green')),
        Level: list(xs.byte, { max: 3 }),
        way: choice({ Left: xs.boolean, Right: xs.boolean, Foreign }),
      },
      { Id: optional(xs.ID) },
    ),
  ),
);

describe('GrammarCoverage', () => {
  it('counts each production once, and what a value takes', () => {
    const coverage = new GrammarCoverage([Thing]);
    // start: Id, Colour, Level; after Id: Colour, Level; after Colour: Level; in the list: Level, Left, Right;
    // the list full, and there Left, Right; at the end: its end; in each of three simple types: the value, its end
    expect(coverage.all).toBe(3 + 2 + 1 + 3 + 1 + 2 + 1 + 6);
    coverage.visit(Thing, { Level: [1], Left: true });
    // Level, Left, the end; two for the value of each
    expect(coverage.taken).toBe(3 + 4);
    coverage.visit(Thing, { Level: [1], Left: false });
    expect(coverage.taken).toBe(3 + 4);
    coverage.visit(Thing, { Id: 'a', Colour: 'red', Level: [1, 2, 3], Right: true });
    // Id, Colour and its value, Level from two other states, the list full, Right there
    expect(coverage.taken).toBe(7 + 1 + 3 + 2 + 1 + 1);
    expect(coverage.mightAdd(xs.boolean)).toBe(false);
    expect(coverage.mightAdd(Thing)).toBe(true);
    expect(coverage.missed()).toContain('Thing, element Right, in Level|Left|Right|Foreign|text');
  });
});
