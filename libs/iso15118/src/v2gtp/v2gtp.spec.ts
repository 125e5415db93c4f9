import { describe, expect, it, vi } from 'vitest';
import { WireError, concatBytes, fromHex, toHex } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { V2gtpFramer } from './framer.ts';
import { MAX_PAYLOAD_LENGTH, decodeV2gtp, decodeV2gtpHeader, encodeV2gtp } from './header.ts';

const errorOf = (run: () => unknown): WireError => {
  try {
    run();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('no error');
};

describe('V2GTP header', () => {
  it('is written as a foreign stack writes it', () => {
    // SupportedAppProtocolRes of a recorded session.
    expect(toHex(encodeV2gtp('exi', fromHex('80400040')))).toBe('01fe80010000000480400040');
  });

  it.each([
    ['02fd800100000000', 'v2gtp.version', 0],
    ['01ff800100000000', 'v2gtp.inverse', 1],
    ['01fe800700000000', 'v2gtp.type', 2],
    ['01fe800100010001', 'v2gtp.length', 4],
    ['01fe8001ffffffff', 'v2gtp.length', 4],
    ['160301800100ffff', 'v2gtp.tls', 0],
    ['01fe8001', 'bytes.short', 4],
  ])('%s is refused: %s', (hex, code, offset) => {
    const error = errorOf(() => decodeV2gtpHeader(fromHex(hex)));
    expect([error.code, error.offset]).toEqual([code, offset]);
  });

  it('takes a payload of the largest accepted length', () => {
    expect(decodeV2gtpHeader(fromHex('01fe800100010000')).length).toBe(MAX_PAYLOAD_LENGTH);
  });

  it('holds a datagram to its promise in both directions', () => {
    expect(errorOf(() => decodeV2gtp(fromHex('01fe90000000000210'))).code).toBe('v2gtp.length');
    expect(errorOf(() => decodeV2gtp(fromHex('01fe900000000002100000'))).code).toBe('v2gtp.length');
  });
});

describe('V2GTP framer', () => {
  const one = encodeV2gtp('exi', fromHex('80400040'));
  const two = encodeV2gtp('exi', new Uint8Array(300).fill(7));

  it('finds the same messages however the stream is cut', () => {
    const random = new SeededRandom(1);
    const stream = concatBytes(one, two, one, encodeV2gtp('exi', new Uint8Array(0)), two);
    for (let round = 0; round < 200; round++) {
      const framer = new V2gtpFramer();
      const lengths: number[] = [];
      for (let at = 0; at < stream.length;) {
        const take = 1 + random.int(40);
        framer.push(stream.subarray(at, at + take));
        at += take;
        for (let m = framer.next(); m; m = framer.next()) lengths.push(m.payload.length);
      }
      expect(lengths).toEqual([4, 300, 4, 0, 300]);
      expect(framer.held).toBe(0);
    }
  });

  it('copies a message that arrives byte by byte no more than three times', () => {
    const set = vi.spyOn(Uint8Array.prototype, 'set');
    try {
      const framer = new V2gtpFramer();
      const long = encodeV2gtp('exi', new Uint8Array(MAX_PAYLOAD_LENGTH));
      set.mockClear();
      const found: number[] = [];
      for (let at = 0; at < long.length; at++) {
        framer.push(long.subarray(at, at + 1));
        for (let m = framer.next(); m; m = framer.next()) found.push(m.payload.length);
      }
      expect(found).toEqual([MAX_PAYLOAD_LENGTH]);
      const copied = set.mock.calls.reduce((sum, [from]) => sum + from.length, 0);
      expect(copied).toBeGreaterThan(0);
      expect(copied).toBeLessThanOrEqual(3 * long.length);
    } finally {
      set.mockRestore();
    }
  });

  it('does not hold on to the pieces in which a message arrives', () => {
    const framer = new V2gtpFramer();
    const long = encodeV2gtp('exi', new Uint8Array(500).fill(9));
    const pieces = Array.from(long, (byte) => Uint8Array.of(byte));
    for (const piece of pieces.slice(0, -1)) {
      framer.push(piece);
      expect(framer.next()).toBeUndefined();
    }
    // whoever still had one of the first would see it change
    for (const piece of pieces.slice(0, 400)) piece.fill(0);
    framer.push(pieces.at(-1) as Uint8Array);
    expect(framer.next()?.payload).toEqual(new Uint8Array(500).fill(9));
  });

  it('holds what has arrived and nothing for a promise of 4 GiB', () => {
    const framer = new V2gtpFramer();
    framer.push(fromHex('01fe8001ffffffff'));
    expect(errorOf(() => framer.next()).code).toBe('v2gtp.length');
    framer.push(new Uint8Array(100_000));
    expect(framer.held).toBe(0);
    expect(errorOf(() => framer.next()).code).toBe('v2gtp.length');
  });

  it('never throws anything but a WireError (seed 2, 20,000 streams)', () => {
    const random = new SeededRandom(2);
    const foreign: unknown[] = [];
    for (let round = 0; round < 20_000; round++) {
      const bytes = concatBytes(one, two);
      for (let i = random.int(4); i >= 0; i--) bytes[random.int(20)] = random.int(256);
      const framer = new V2gtpFramer();
      framer.push(bytes);
      try {
        while (framer.next());
      } catch (error) {
        if (!(error instanceof WireError)) foreign.push(error);
      }
    }
    expect(foreign).toEqual([]);
  });
});
