import { readFileSync } from 'node:fs';
import { describeSet, ExiValueError, explain, fromJson, toJson } from '@kerbside/exi';
import { toHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  tiresCodec,
  type TirePressureReqType,
  TirePressureReqType as Type,
} from './tire-pressure.ts';

const document = readFileSync(new URL('../../../docs/exi.md', import.meta.url), 'utf8');
const file = readFileSync(new URL('tire-pressure.ts', import.meta.url), 'utf8');

describe('the message that docs/exi.md declares', () => {
  const value: TirePressureReqType = {
    Id: 'x',
    Tire: [{ Place: 'RearLeft', Pressure: 250_000 }],
  };

  it('is this file, to the letter, in under thirty lines', () => {
    const shown = /A whole one:\n\n```ts\n([\s\S]*?)```/.exec(document)?.[1];
    expect(shown).toBe(file);
    expect(file.trimEnd().split('\n').length).toBeLessThan(30);
  });

  it('is written as the specification says, and read back', () => {
    const bytes = tiresCodec.encode({ element: 'TirePressureReq', value });
    const all = [
      '10000000 0', // header; TirePressureReq, any other
      '00 00000011 01111000', // Id, Tire, escape: the Id is "x"
      '0', // Tire, escape
      '0 0 10 0', // Place: in its state, its content, the third of four, its end
      '0 0 10010000 10100001 00001111 0', // Pressure: 250,000 in groups of seven bits
      '01 01', // Warning, end, escape; Tire, end, escape
    ];
    const bits = all.join('').replaceAll(' ', '');
    const expected = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
      Number.parseInt(bits.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2),
    );
    expect(toHex(bytes)).toBe(toHex(Uint8Array.from(expected)));
    expect(tiresCodec.decode(bytes)).toEqual({ element: 'TirePressureReq', value });
  });

  it('has its checks, its JSON form, its description and its bits', () => {
    const wrong = { Tire: [{ Place: 'RearLeft', Pressure: 1_000_000 }] } as const;
    expect(() => tiresCodec.encode({ element: 'TirePressureReq', value: wrong })).toThrow(
      new ExiValueError('TirePressureReq/Tire[0]/Pressure', '1000000 is not within 0..999999'),
    );
    expect(fromJson(Type, JSON.parse(JSON.stringify(toJson(Type, value))))).toEqual(value);
    expect(JSON.stringify(describeSet(tiresCodec.set))).toContain('"unit":"Pa"');
    const { root } = explain(
      tiresCodec,
      'document',
      tiresCodec.encode({ element: 'TirePressureReq', value }),
    );
    expect(root?.children.map(({ name, type }) => [name, type])).toEqual([
      ['Id', 'ID'],
      ['Tire', 'TireType'],
    ]);
  });
});
