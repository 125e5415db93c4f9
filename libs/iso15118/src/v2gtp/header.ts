import { Reader, WireError, Writer, concatBytes } from '@kerbside/kernel';

/** Bytes of a V2GTP header. ISO 15118-2 7.8.3 */
export const V2GTP_HEADER_LENGTH = 8;
const VERSION = 0x01;

/** Payload types that Kerbside knows. ISO 15118-2 table 10 */
export const V2GTP_PAYLOAD_TYPES = {
  exi: 0x8001,
  sdpRequest: 0x9000,
  sdpResponse: 0x9001,
} as const;
export type V2gtpPayloadType = keyof typeof V2GTP_PAYLOAD_TYPES;

/** The longest payload that is accepted, in bytes: a certificate chain takes under 8 KiB. */
export const MAX_PAYLOAD_LENGTH = 64 * 1024;

export interface V2gtpHeader {
  readonly type: V2gtpPayloadType;
  /** Payload bytes that follow. */
  readonly length: number;
}

export interface V2gtpMessage {
  readonly type: V2gtpPayloadType;
  readonly payload: Uint8Array;
}

const typeOfCode = new Map<number, V2gtpPayloadType>(
  (Object.keys(V2GTP_PAYLOAD_TYPES) as V2gtpPayloadType[]).map((name) => [
    V2GTP_PAYLOAD_TYPES[name],
    name,
  ]),
);

/** Reads the eight header bytes. Throws `WireError`: version, payload type and length are checked in this order. */
export function decodeV2gtpHeader(bytes: Uint8Array): V2gtpHeader {
  const reader = new Reader(bytes);
  const version = reader.u8('V2GTP version');
  if (version === 0x16) {
    throw new WireError('v2gtp.tls', 'a TLS handshake on a connection without TLS', { offset: 0 });
  }
  if (version !== VERSION) {
    throw new WireError('v2gtp.version', `version ${version} is not 1`, { offset: 0 });
  }
  const inverse = reader.u8('V2GTP inverse version');
  if (inverse !== (~VERSION & 0xff)) {
    throw new WireError('v2gtp.inverse', `inverse version ${inverse} is not 254`, { offset: 1 });
  }
  const code = reader.u16be('V2GTP payload type');
  const type = typeOfCode.get(code);
  if (!type) {
    const hex = code.toString(16).padStart(4, '0');
    throw new WireError('v2gtp.type', `payload type 0x${hex} is not known`, { offset: 2 });
  }
  const length = reader.u32be('V2GTP payload length');
  if (length > MAX_PAYLOAD_LENGTH) {
    const reason = `payload of ${length} bytes promised, ${MAX_PAYLOAD_LENGTH} accepted`;
    throw new WireError('v2gtp.length', reason, { offset: 4 });
  }
  return { type, length };
}

/** One whole V2GTP message, as in a datagram: what follows it is an error too. */
export function decodeV2gtp(bytes: Uint8Array): V2gtpMessage {
  const { type, length } = decodeV2gtpHeader(bytes);
  const left = bytes.length - V2GTP_HEADER_LENGTH;
  if (length !== left) {
    const reason = `payload of ${length} bytes promised, ${left} there`;
    throw new WireError('v2gtp.length', reason, { offset: 4 });
  }
  return { type, payload: bytes.slice(V2GTP_HEADER_LENGTH) };
}

export function encodeV2gtp(type: V2gtpPayloadType, payload: Uint8Array): Uint8Array {
  const header = new Writer(V2GTP_HEADER_LENGTH)
    .u8(VERSION)
    .u8(~VERSION & 0xff)
    .u16be(V2GTP_PAYLOAD_TYPES[type])
    .u32be(payload.length)
    .done();
  return concatBytes(header, payload);
}
