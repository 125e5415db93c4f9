import { describe, expect, it } from 'vitest';
import {
  ExiValueError,
  fromJson,
  list,
  optional,
  sequence,
  toJson,
  xmlNamespace,
  xs,
} from '../index.ts';
import { fromBase64, toBase64 } from './base64.ts';

const ns = xmlNamespace('urn:kerbside:test');
const Thing = ns.complexType(
  'Thing',
  sequence(
    { Hex: xs.hexBinary, Data: optional(xs.base64Binary), Big: list(xs.unsignedLong, { max: 9 }) },
    { Id: optional(xs.ID) },
  ),
);

describe('JSON form', () => {
  const value = {
    Hex: Uint8Array.of(0xab, 0x01),
    Data: Uint8Array.of(1, 2, 3, 4),
    Big: [5n, 2n ** 53n - 1n, 2n ** 53n],
  };
  const json = { Hex: 'AB01', Data: 'AQIDBA==', Big: [5, 9007199254740991, '9007199254740992'] };

  it('writes what it reads', () => {
    expect(toJson(Thing, value)).toEqual(json);
    expect(fromJson(Thing, json)).toEqual(value);
  });

  it('takes decimal text for any integer, and hex in lower case', () => {
    expect(fromJson(Thing, { Hex: 'ab', Big: ['7'] })).toEqual({
      Hex: Uint8Array.of(0xab),
      Big: [7n],
    });
  });

  it('knows no negative zero, which no message has', () => {
    expect(fromJson(xs.short, JSON.parse('-0'))).toBe(0);
    expect(fromJson(xs.short, '-0')).toBe(0);
    expect(fromJson(xs.integer, '-0')).toBe(0n);
  });

  it.each([
    [{ Hex: 'A', Big: [] }, 'Hex: "A" is not hex'],
    [{ Hex: 'AB', Data: 'A', Big: [] }, 'Data: "A" is not base64'],
    [{ Hex: 'AB', Big: [1.5] }, 'Big[0]: 1.5 is not an integer'],
    [{ Hex: 'AB', Big: [1, 2 ** 60] }, 'Big[1]: 1152921504606847000 is not an integer'],
    [{ Hex: 'AB', Big: 1 }, 'Big: 1 is not an array'],
    [{ Hex: 'AB', Big: [], Extra: 1 }, 'Extra: is not a field'],
    [{ Id: 7, Hex: 'AB', Big: [] }, '@Id: 7 is not a string'],
    [[], 'an array is not an object'],
    [null, 'null is not an object'],
  ])('refuses %j', (bad, message) => {
    expect(() => fromJson(Thing, bad)).toThrow(new ExiValueError('', message).message);
  });
});

describe('base64', () => {
  it.each(['', 'TQ==', 'TWE=', 'TWFu', '////', '+/+/'])('%s there and back', (text) => {
    expect(toBase64(fromBase64(text) ?? new Uint8Array(99))).toBe(text);
  });

  it.each(['TQ', 'TQ=', 'T===', 'TW!u', 'TWFu\n', '===='])('refuses %j', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});
