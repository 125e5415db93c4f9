import { describe, expect, it } from 'vitest';
import { defaultMeterMap, readRegister, registerSpan } from './register-map.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('register map of a meter', () => {
  it.each([
    ['u16', [0x12, 0x34], 1, 0x1234],
    ['i16', [0xff, 0xfe], 1, -2],
    ['u32', [0xff, 0xff, 0xff, 0xff], 1, 4294967295],
    ['i32', [0xff, 0xff, 0xff, 0x9c], 0.001, -0.1],
    ['u64', [0, 0, 0, 1, 0, 0, 0, 5], 0.1, 429496730.1],
    ['f32', [0x43, 0x66, 0x80, 0x00], 1, 230.5],
    ['f32', [0x7f, 0xc0, 0x00, 0x00], 1, undefined],
  ] as const)('%s %o by %f is %f', (type, raw, scale, expected) => {
    expect(readRegister({ address: 10, type, scale }, bytes(...raw), 10)).toBe(expected);
  });

  it('is read as one span; what the answer does not hold is undefined', () => {
    expect(registerSpan(defaultMeterMap)).toEqual({ first: 0, count: 18 });
    const short = new Uint8Array(34);
    expect(readRegister(defaultMeterMap.current[2]!, short, 0)).toBeUndefined();
    expect(readRegister({ address: 3, type: 'u16', scale: 1 }, short, 4)).toBeUndefined();
  });
});
