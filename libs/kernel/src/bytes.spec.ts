import { describe, expect, it } from 'vitest';
import { fromHex, Reader, toHex, WireError, Writer } from './index.ts';

describe('Reader and Writer', () => {
  it('read back what was written, in both byte orders', () => {
    const bytes = new Writer(1).u8(1).u16be(0x0203).u16le(0x0504).u32be(0xfffefdfc).u32le(7).done();
    const reader = new Reader(bytes);
    expect([reader.u8(), reader.u16be(), reader.u16le(), reader.u32be(), reader.u32le()]).toEqual([
      1, 0x0203, 0x0504, 0xfffefdfc, 7,
    ]);
    expect(reader.left).toBe(0);
  });

  it('names what was wanted and where, when the input is short', () => {
    const reader = new Reader(fromHex('010203'));
    reader.u16be();
    expect(() => reader.take(4, 'runId')).toThrow(WireError);
    expect(() => reader.take(4, 'runId')).toThrow('runId: 4 bytes wanted, 1 left (byte 2)');
  });

  it('hex goes both ways and refuses what is not hex', () => {
    expect(toHex(fromHex('00:b0-52 Ff'), ':')).toBe('00:b0:52:ff');
    expect(() => fromHex('0g')).toThrow('"g" is not a hex digit');
    expect(() => fromHex('012')).toThrow('odd');
  });
});
