import { type CodecOptions, ExiCodec } from '@kerbside/exi';
import { dinSet } from './schema.ts';
import type { V2G_MessageType } from './v2g-message.ts';

export const dinCodec = new ExiCodec(dinSet);

/** Throws `WireError` for what is no message of DIN SPEC 70121. */
export function decodeDin(bytes: Uint8Array, options?: CodecOptions): V2G_MessageType {
  return dinCodec.decode(bytes, options).value;
}

/** Throws `ExiValueError` for a message that the schema does not allow. */
export function encodeDin(message: V2G_MessageType, options?: CodecOptions): Uint8Array {
  return dinCodec.encode({ element: 'V2G_Message', value: message }, options);
}
