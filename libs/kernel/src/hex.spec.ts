import { describe, expect, it } from 'vitest';
import { WireError } from './errors.ts';
import { fromHex, hexOf, toHex } from './hex.ts';

const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);

function refused(text: string): WireError {
  try {
    fromHex(text);
  } catch (error) {
    if (error instanceof WireError) return error;
  }
  throw new Error(`"${text}" was taken`);
}

describe('hex', () => {
  it('writes and reads every byte', () => {
    expect(toHex(all)).toBe(Buffer.from(all).toString('hex'));
    expect(fromHex(toHex(all))).toEqual(all);
    expect(fromHex(toHex(all).toUpperCase())).toEqual(all);
    expect(fromHex('')).toEqual(new Uint8Array());
  });

  it('writes a part, and with separators', () => {
    expect(hexOf(all, 9, 12)).toBe('090a0b');
    expect(toHex(all.subarray(254), ':')).toBe('fe:ff');
  });

  it('passes over what stands between bytes', () => {
    const bytes = Uint8Array.of(0x02, 0xab, 0xcd);
    for (const text of [
      '02:ab:cd',
      '02-AB-cd',
      ' 02 ab\tcd\n',
      '02\u00a0ab\u2003cd\ufeff',
      ':02abcd:',
    ])
      expect(fromHex(text), JSON.stringify(text)).toEqual(bytes);
  });

  it('names what is no digit, and where', () => {
    // Neighbours of the digits, and those that only share low bits with one.
    for (const wrong of ['/', '@', 'G', 'g', '`', 'x', 'ı', '\u0161', '\u0130', '\ud83d'])
      expect(refused(`00:0${wrong}`), wrong).toMatchObject({ code: 'hex.digit', offset: 1 });
    expect(refused('abc')).toMatchObject({ code: 'hex.odd', offset: 1 });
  });
});
