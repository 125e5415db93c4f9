import { endianness } from 'node:os';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { isForUs, isFrom } from '@kerbside/slac';
import { packetFilter } from './packet-filter.ts';

const [HOST, BROADCAST, MULTICAST, OTHER_HOST] = [0, 1, 2, 3] as const;

/** Runs a classic BPF program as linux/filter.h describes it; true when it returns other than 0. */
function passes(program: Uint8Array, frame: Uint8Array, packetType: number): boolean {
  const little = endianness() === 'LE';
  const [code, data] = [new DataView(program.buffer), new DataView(frame.buffer, frame.byteOffset)];
  let a = 0;
  for (let pc = 0; pc < program.length / 8; pc++) {
    const op = code.getUint16(pc * 8, little);
    const [yes, no] = [code.getUint8(pc * 8 + 2), code.getUint8(pc * 8 + 3)];
    const k = code.getUint32(pc * 8 + 4, little);
    const size = { 0x20: 4, 0x28: 2, 0x30: 1 }[op];
    if (k === 0xfffff004 && size !== undefined) a = packetType;
    else if (size !== undefined) {
      if (k + size > frame.length) return false; // a load past the end drops
      a = size === 4 ? data.getUint32(k) : size === 2 ? data.getUint16(k) : data.getUint8(k);
    } else if (op === 0x15) pc += a === k ? yes : no;
    else if (op === 0x45) pc += (a & k) !== 0 ? yes : no;
    else if (op === 0x06) return k !== 0;
    else throw new Error(`operation ${op}`);
  }
  throw new Error('no end');
}

/** What the kernel takes a frame for; one of a VLAN without a device is for another host. */
function packetTypeOf(frame: Uint8Array, vlan: boolean): number {
  if (vlan) return OTHER_HOST;
  if (((frame[0] ?? 0) & 1) === 1)
    return frame.subarray(0, 6).every((byte) => byte === 255) ? BROADCAST : MULTICAST;
  return mac.every((byte, i) => frame[i] === byte) ? HOST : OTHER_HOST;
}

const mac = Uint8Array.of(0x02, 0xff, 0xfe, 0x80, 0xee, 0x01);

describe('the filter in the kernel', () => {
  it.each([false, true])(
    'lets the same pass as the filter in the process (hearAll %s)',
    (hearAll) => {
      const random = new SeededRandom(3);
      const program = packetFilter({ etherType: 0x88e1, mac, hearAll });
      const addresses = [
        mac,
        Uint8Array.of(2, 0xff, 0xfe, 0x80, 0xee, 2),
        new Uint8Array(6).fill(255),
      ];
      addresses.push(
        Uint8Array.of(0x33, 0x33, 0, 0, 0, 1),
        Uint8Array.of(3, 0xff, 0xfe, 0x80, 0xee, 1),
      );
      let passed = 0;
      let stopped = 0;
      for (let i = 0; i < 5000; i++) {
        const frame = new Uint8Array(random.int(5) === 0 ? random.int(20) : 60);
        const put = (bytes: Uint8Array, at: number) =>
          bytes.forEach((byte, n) => at + n < frame.length && (frame[at + n] = byte));
        put(random.pick(addresses), 0);
        put(random.pick(addresses), 6);
        put(
          random.pick([
            Uint8Array.of(0x88, 0xe1),
            Uint8Array.of(0x08, 0),
            Uint8Array.of(0x88, 0xe2),
          ]),
          12,
        );
        const slac = frame[12] === 0x88 && frame[13] === 0xe1;
        const wanted = hearAll ? frame.length >= 14 && !isFrom(frame, mac) : isForUs(frame, mac);
        const untagged = packetTypeOf(frame, false);
        expect(passes(program, frame, untagged)).toBe(slac && wanted);
        const foreign = hearAll && untagged === OTHER_HOST;
        const tagged = passes(program, frame, packetTypeOf(frame, true));
        expect(tagged).toBe(slac && wanted && foreign);
        if (slac && wanted) passed++;
        if (slac && wanted && !tagged) stopped++;
      }
      expect(passed).toBeGreaterThan(300);
      expect(stopped).toBeGreaterThan(200);
    },
  );
});
