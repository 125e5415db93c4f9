import { decodeIso2, encodeIso2 } from '../messages/iso2/codec.ts';
import { bodyOf, type BodyElementName, type BodyType } from '../messages/iso2/iso2.ts';
import type { Iso2Request, Iso2Response } from './body.ts';

/** A decoded message: its header's session and what stands in its body, if anything. */
export interface Iso2Message {
  readonly sessionId: Uint8Array;
  readonly name: BodyElementName | undefined;
  readonly body: BodyType;
}

/** Reads one EXI payload of ISO 15118-2. Throws `WireError`. */
export function readIso2(payload: Uint8Array): Iso2Message {
  const message = decodeIso2(payload);
  const { Header, Body } = message;
  return { sessionId: Header.SessionID, name: bodyOf(message)?.name, body: Body };
}

export function writeIso2(sessionId: Uint8Array, body: Iso2Request | Iso2Response): Uint8Array {
  return encodeIso2({ Header: { SessionID: sessionId }, Body: body });
}
