import { type CodecOptions, ExiCodec, type Root } from '@kerbside/exi';
import { sapSet } from './schema.ts';

export const sapCodec = new ExiCodec(sapSet);

/** A message of the handshake by its name. */
export type SapMessage = (typeof sapSet)['roots'] extends infer R | undefined ? Root<R> : never;

/** Throws `WireError` for what is no message of the handshake. */
export function decodeSap(bytes: Uint8Array, options?: CodecOptions): SapMessage {
  return sapCodec.decode(bytes, options);
}

/** Throws `ExiValueError` for a message that the schema does not allow. */
export function encodeSap(message: SapMessage, options?: CodecOptions): Uint8Array {
  return sapCodec.encode(message, options);
}
