import { concatBytes, fromHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { exiFrames, isV2gtp } from './exi-frames.ts';

const iso2 = fromHex('80980239a8205325beb53351d0069c00');
const frame = (type: string, payload: Uint8Array): Uint8Array =>
  concatBytes(fromHex(`01fe${type}${payload.length.toString(16).padStart(8, '0')}`), payload);

describe('exiFrames', () => {
  it('cuts V2GTP messages one from the other and knows their protocols', () => {
    const input = concatBytes(
      frame('8001', fromHex('8000')),
      frame('8001', iso2),
      frame('8001', fromHex('809a00')),
      frame('8001', fromHex('80ff')),
      ...['8002', '8003', '8004', '8005', '8006'].map((type) => frame(type, fromHex('8000'))),
    );
    expect([...exiFrames(input)].map(({ protocol }) => protocol)).toEqual([
      'sap',
      'iso2',
      'din',
      undefined,
      'iso20-common',
      'iso20-ac',
      'iso20-dc',
      'iso20-acdp',
      'iso20-wpt',
    ]);
    expect([...exiFrames(input)][1]).toEqual({
      offset: 10,
      payloadType: 0x8001,
      protocol: 'iso2',
      bytes: iso2,
    });
    expect([...exiFrames(new Uint8Array(0))]).toEqual([]);
  });

  it.each([
    ['half a header', '01fe80', 'v2gtp.short', 10],
    ['another version', '02fd800100000000', 'v2gtp.version', 10],
    ['SDP', '01fe900000000000', 'v2gtp.type', 12],
    ['a payload that is not all there', '01fe80010000000580', 'v2gtp.length', 14],
    ['a payload of gigabytes', '01fe8001ffffffff80', 'v2gtp.length', 14],
  ])('refuses %s, where it stands', (_what, hex, code, offset) => {
    const input = concatBytes(frame('8001', fromHex('8000')), fromHex(hex));
    const frames = exiFrames(input);
    expect(frames.next().value).toMatchObject({ protocol: 'sap' });
    let refusal: unknown;
    try {
      frames.next();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(WireError);
    expect(refusal).toMatchObject({ code, offset });
  });

  it('says the limit where a payload is all there but too long', () => {
    const long = frame('8001', new Uint8Array(70_000));
    expect(() => [...exiFrames(long)]).toThrow(/^payload of 70000 bytes, at most \d+ are read/);
  });

  it('is not taken for EXI', () => {
    expect(isV2gtp(frame('8001', iso2))).toBe(true);
    expect(isV2gtp(iso2)).toBe(false);
    expect(isV2gtp(new Uint8Array(0))).toBe(false);
  });
});
