import { WireError } from '@kerbside/kernel';
import { MAX_PAYLOAD_LENGTH, V2GTP_HEADER_LENGTH } from '../v2gtp/header.ts';
import { recogniseExi } from './exi-protocol.ts';

/** A V2GTP message that carries EXI. */
export interface ExiFrame {
  /** Of its header, in bytes from the start of the input. */
  readonly offset: number;
  readonly payloadType: number;
  /** Absent where neither payload type nor first bytes tell. */
  readonly protocol?: string;
  readonly bytes: Uint8Array;
}

/** Payload types of ISO 15118-20; 0x8001 is shared by the handshake, DIN SPEC 70121 and ISO 15118-2. */
const PROTOCOLS: Readonly<Record<number, string>> = {
  0x8002: 'iso20-common',
  0x8003: 'iso20-ac',
  0x8004: 'iso20-dc',
  0x8005: 'iso20-acdp',
  0x8006: 'iso20-wpt',
};
const SHARED = 0x8001;

/** Whether bytes begin like V2GTP does, which no EXI stream does. */
export const isV2gtp = (bytes: Uint8Array): boolean => bytes[0] === 0x01 && bytes[1] === 0xfe;

/**
 * The V2GTP messages that stand one after the other. Throws `WireError` at the first header that is none, or whose
 * message is not all there; SDP messages are refused, for they carry no EXI.
 */
export function* exiFrames(input: Uint8Array): Generator<ExiFrame, void, undefined> {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  for (let offset = 0; offset < input.length;) {
    const left = input.length - offset;
    if (left < V2GTP_HEADER_LENGTH)
      throw new WireError('v2gtp.short', `a header of ${left} bytes`, { offset });
    if (!isV2gtp(input.subarray(offset)))
      throw new WireError('v2gtp.version', 'no V2GTP header', { offset });
    const payloadType = view.getUint16(offset + 2);
    const length = view.getUint32(offset + 4);
    if (payloadType !== SHARED && PROTOCOLS[payloadType] === undefined) {
      const reason = `payload type 0x${payloadType.toString(16).padStart(4, '0')} carries no EXI`;
      throw new WireError('v2gtp.type', reason, { offset: offset + 2 });
    }
    const there = left - V2GTP_HEADER_LENGTH;
    if (length > Math.min(there, MAX_PAYLOAD_LENGTH)) {
      const reason =
        length > MAX_PAYLOAD_LENGTH
          ? `payload of ${length} bytes, at most ${MAX_PAYLOAD_LENGTH} are read`
          : `payload of ${length} bytes promised, ${there} there`;
      throw new WireError('v2gtp.length', reason, { offset: offset + 4 });
    }
    const from = offset + V2GTP_HEADER_LENGTH;
    const bytes = input.slice(from, from + length);
    const protocol = PROTOCOLS[payloadType] ?? recogniseExi(bytes);
    yield { offset, payloadType, ...(protocol !== undefined && { protocol }), bytes };
    offset = from + length;
  }
}
