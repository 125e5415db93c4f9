import { endianness } from 'node:os';

/** Which frames the kernel hands over. */
export interface PacketFilter {
  readonly etherType: number;
  /** The own address: frames for it, for a group, and none that it sent. */
  readonly mac: Uint8Array;
  /** Also frames for other hosts. */
  readonly hearAll: boolean;
}

/** Operations of the classic BPF, as in linux/filter.h. */
const LOAD_WORD = 0x20;
const LOAD_HALF = 0x28;
const LOAD_BYTE = 0x30;
const JUMP_EQUAL = 0x15;
const JUMP_SET = 0x45;
const RETURN = 0x06;

/** The whole frame, however long. */
const WHOLE = 0x40000;
type Target = 'accept' | 'drop' | 'next' | number;
interface Line {
  readonly code: number;
  readonly k: number;
  readonly yes?: Target;
  readonly no?: Target;
}

/** Offsets in the frame. */
const TO = 0;
const FROM = 6;
const TYPE = 12;
/** What the kernel knows of the frame: SKF_AD_OFF + SKF_AD_PKTTYPE, and PACKET_OTHERHOST. */
const PACKET_TYPE = 0xfffff000 + 4;
const OTHER_HOST = 3;

// A tag of a VLAN without a device of its own is taken off, and forgotten, before a socket of one
// EtherType sees the frame: SKF_AD_VLAN_TAG_PRESENT is 0 then. What is left of it is that the frame
// counts as one for another host, also when it is for a group or for us, as no other frame does.

/**
 * The filter as a program of struct sock_filter: what it does not let pass never wakes the process.
 * Eight bytes an instruction, in the byte order of the machine. Frames of a VLAN without a device of
 * its own do not pass, but with `hearAll` those for other hosts do: nothing tells them from untagged ones.
 */
export function packetFilter({ etherType, mac, hearAll }: PacketFilter): Uint8Array {
  const view = new DataView(mac.buffer, mac.byteOffset, 6);
  const [high, low] = [view.getUint16(0), view.getUint32(2)];
  const lines: Line[] = [
    { code: LOAD_HALF, k: TYPE },
    { code: JUMP_EQUAL, k: etherType, no: 'drop' },
    { code: LOAD_WORD, k: FROM + 2 },
    { code: JUMP_EQUAL, k: low, no: 2 },
    { code: LOAD_HALF, k: FROM },
    { code: JUMP_EQUAL, k: high, yes: 'drop' },
    { code: LOAD_HALF, k: PACKET_TYPE },
    ...(hearAll
      ? [
          { code: JUMP_EQUAL, k: OTHER_HOST, no: 'accept' as const },
          { code: LOAD_BYTE, k: TO },
          { code: JUMP_SET, k: 1, yes: 'drop' as const },
          { code: LOAD_WORD, k: TO + 2 },
          { code: JUMP_EQUAL, k: low, no: 'accept' as const },
          { code: LOAD_HALF, k: TO },
          { code: JUMP_EQUAL, k: high, yes: 'drop' as const },
        ]
      : [
          { code: JUMP_EQUAL, k: OTHER_HOST, yes: 'drop' as const },
          { code: LOAD_BYTE, k: TO },
          { code: JUMP_SET, k: 1, yes: 'accept' as const },
          { code: LOAD_WORD, k: TO + 2 },
          { code: JUMP_EQUAL, k: low, no: 'drop' as const },
          { code: LOAD_HALF, k: TO },
          { code: JUMP_EQUAL, k: high, no: 'drop' as const },
        ]),
    { code: RETURN, k: WHOLE },
    { code: RETURN, k: 0 },
  ];
  return assemble(lines);
}

function assemble(lines: readonly Line[]): Uint8Array {
  const little = endianness() === 'LE';
  const program = new Uint8Array(lines.length * 8);
  const view = new DataView(program.buffer);
  lines.forEach(({ code, k, yes = 'next', no = 'next' }, at) => {
    const [accept, drop] = [lines.length - 2, lines.length - 1];
    const skip = (to: Target) =>
      to === 'next' ? 0 : to === 'accept' ? accept - at - 1 : to === 'drop' ? drop - at - 1 : to;
    view.setUint16(at * 8, code, little);
    view.setUint8(at * 8 + 2, skip(yes));
    view.setUint8(at * 8 + 3, skip(no));
    view.setUint32(at * 8 + 4, k, little);
  });
  return program;
}
