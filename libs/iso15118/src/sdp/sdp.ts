import { Reader, WireError, Writer } from '@kerbside/kernel';
import { decodeV2gtp, encodeV2gtp } from '../v2gtp/header.ts';

/** UDP port of the SECC discovery server. ISO 15118-2 table 12 */
export const SDP_PORT = 15118;
/** All nodes of the link. ISO 15118-2 7.10.1 */
export const SDP_MULTICAST_GROUP = 'ff02::1';

export type SdpSecurity = 'tls' | 'none';

/** What a car asks for. ISO 15118-2 table 16 */
export interface SdpRequest {
  readonly security: SdpSecurity;
}

/** Where the car finds the SECC. ISO 15118-2 table 19 */
export interface SdpResponse {
  /** IPv6 address, 16 bytes. */
  readonly address: Uint8Array;
  readonly port: number;
  readonly security: SdpSecurity;
}

const SECURITY_CODE = { tls: 0x00, none: 0x10 } as const;
const TRANSPORT_TCP = 0x00;

function security(reader: Reader): SdpSecurity {
  const { offset } = reader;
  const code = reader.u8('security');
  if (code === SECURITY_CODE.tls) return 'tls';
  if (code === SECURITY_CODE.none) return 'none';
  throw new WireError('sdp.security', `security 0x${code.toString(16)} is reserved`, { offset });
}

function transport(reader: Reader): void {
  const { offset } = reader;
  const code = reader.u8('transport protocol');
  if (code !== TRANSPORT_TCP) {
    throw new WireError('sdp.transport', `transport 0x${code.toString(16)} is reserved`, {
      offset,
    });
  }
}

function payloadOf(datagram: Uint8Array, type: 'sdpRequest' | 'sdpResponse', length: number) {
  const message = decodeV2gtp(datagram);
  if (message.type !== type) {
    throw new WireError('sdp.type', `${message.type} where ${type} is expected`, { offset: 2 });
  }
  if (message.payload.length !== length) {
    const reason = `${message.payload.length} payload bytes, not ${length}`;
    throw new WireError('sdp.length', reason, { offset: 4 });
  }
  return new Reader(message.payload);
}

/** Reads an SDP request datagram. Throws `WireError`. */
export function decodeSdpRequest(datagram: Uint8Array): SdpRequest {
  const reader = payloadOf(datagram, 'sdpRequest', 2);
  const request: SdpRequest = { security: security(reader) };
  transport(reader);
  return request;
}

export function encodeSdpRequest(request: SdpRequest): Uint8Array {
  const payload = new Writer(2).u8(SECURITY_CODE[request.security]).u8(TRANSPORT_TCP).done();
  return encodeV2gtp('sdpRequest', payload);
}

/** Reads an SDP response datagram. Throws `WireError`. */
export function decodeSdpResponse(datagram: Uint8Array): SdpResponse {
  const reader = payloadOf(datagram, 'sdpResponse', 20);
  const address = reader.take(16, 'SECC address');
  const port = reader.u16be('SECC port');
  const response: SdpResponse = { address, port, security: security(reader) };
  transport(reader);
  return response;
}

export function encodeSdpResponse(response: SdpResponse): Uint8Array {
  const payload = new Writer(20)
    .put(response.address)
    .u16be(response.port)
    .u8(SECURITY_CODE[response.security])
    .u8(TRANSPORT_TCP)
    .done();
  return encodeV2gtp('sdpResponse', payload);
}
