import { concatBytes } from '@kerbside/kernel';
import { writeIso2 } from '../iso2/codec.ts';
import type { Iso2Request } from '../iso2/body.ts';
import { encodeV2gtp } from '../v2gtp/header.ts';
import type { EvccEffect } from './inputs.ts';

type Misbehave = Extract<EvccEffect, { do: 'misbehave' }>;

const LENGTH_OFFSET = 4;

/** A message whose header promises another length than follows. */
function promising(length: number, message: Uint8Array): Uint8Array {
  const bytes = message.slice();
  new DataView(bytes.buffer).setUint32(LENGTH_OFFSET, length);
  return bytes;
}

function strayRequest(name: string): Iso2Request {
  return name === 'SessionSetupReq' || name === 'supportedAppProtocolReq'
    ? { AuthorizationReq: {} }
    : { SessionSetupReq: { EVCCID: new Uint8Array(6) } };
}

/** What goes out in place of the request that is due; undefined where nothing does. */
export function misbehaviourBytes(effect: Misbehave): Uint8Array | undefined {
  const { kind, name, sessionId, request } = effect;
  const payload = request ? writeIso2(sessionId, request) : Uint8Array.of(0x80, 0, 0, 0);
  const message = encodeV2gtp('exi', payload);
  switch (kind) {
    case 'wrong-session-id': {
      const wrong = sessionId.map((byte) => byte ^ 0xff);
      return request ? encodeV2gtp('exi', writeIso2(wrong, request)) : message;
    }
    case 'out-of-sequence':
      return encodeV2gtp('exi', writeIso2(sessionId, strayRequest(name)));
    case 'malformed-exi':
      return encodeV2gtp('exi', Uint8Array.of(0x01, 0x02, 0x03, 0x04));
    case 'unknown-message':
      return encodeV2gtp('exi', writeIso2(sessionId, { SessionStopRes: { ResponseCode: 'OK' } }));
    case 'unknown-payload-type':
      return concatBytes(message.slice(0, 2), Uint8Array.of(0x80, 0x05), message.slice(4));
    case 'false-v2gtp-length':
      return promising(payload.length + 100, message);
    case 'promise-4-gib':
      return promising(0xffffffff, message);
    case 'truncated':
      return encodeV2gtp('exi', payload.slice(0, Math.ceil(payload.length / 2)));
    case 'silent':
    case 'abrupt-close':
      return undefined;
  }
}
