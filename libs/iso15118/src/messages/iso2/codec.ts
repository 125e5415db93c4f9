import { type CodecOptions, ExiCodec } from '@kerbside/exi';
import { iso2Set } from './schema.ts';
import type { V2G_MessageType } from './v2g-message.ts';

export const iso2Codec = new ExiCodec(iso2Set);

/** Throws `WireError` for what is no message of ISO 15118-2. */
export function decodeIso2(bytes: Uint8Array, options?: CodecOptions): V2G_MessageType {
  return iso2Codec.decode(bytes, options).value;
}

/** Throws `ExiValueError` for a message that the schema does not allow. */
export function encodeIso2(message: V2G_MessageType, options?: CodecOptions): Uint8Array {
  return iso2Codec.encode({ element: 'V2G_Message', value: message }, options);
}
