import {
  type CodecOptions,
  ExiCodec,
  ExiValueError,
  explain,
  fromJson,
  type Json,
  toJson,
  type UntypedCodec,
} from '@kerbside/exi';
import { KerbsideError } from '@kerbside/kernel';
import { xmldsigSet } from '@kerbside/pki';
import { dinCodec } from './din/codec.ts';
import { iso2Codec } from './iso2/codec.ts';
import { acCodec } from './iso20/ac-schema.ts';
import { acdpCodec } from './iso20/acdp-schema.ts';
import { commonMessagesCodec } from './iso20/common-messages-schema.ts';
import { dcCodec } from './iso20/dc-schema.ts';
import { wptCodec } from './iso20/wpt-schema.ts';
import { sapCodec } from './sap/codec.ts';

/** A message in JSON: one key, the name of the root element. */
export type MessageJson = { readonly [element: string]: Json };

/** What a protocol's streams are read and written by. */
export interface ExiProtocol {
  readonly codec: UntypedCodec;
  readonly form: 'document' | 'fragment';
}

/** Schema sets of documents; each is there as `NAME-fragment` too. */
const SETS: Readonly<Record<string, UntypedCodec>> = {
  sap: sapCodec,
  din: dinCodec,
  iso2: iso2Codec,
  'iso20-common': commonMessagesCodec,
  'iso20-ac': acCodec,
  'iso20-dc': dcCodec,
  'iso20-acdp': acdpCodec,
  'iso20-wpt': wptCodec,
};
/** XML Signature alone, which SignedInfo is signed under. */
const XMLDSIG: ExiProtocol = { codec: new ExiCodec(xmldsigSet), form: 'fragment' };

const PROTOCOLS: ReadonlyMap<string, ExiProtocol> = new Map<string, ExiProtocol>([
  ...Object.entries(SETS).flatMap(([name, codec]): [string, ExiProtocol][] => [
    [name, { codec, form: 'document' }],
    [`${name}-fragment`, { codec, form: 'fragment' }],
  ]),
  ['xmldsig-fragment', XMLDSIG],
]);

/** Names that `decodeExi` and `encodeExi` take. */
export const EXI_PROTOCOLS: readonly string[] = [...PROTOCOLS.keys()];

/** The protocol is none of `EXI_PROTOCOLS`. */
export class UnknownProtocolError extends KerbsideError {
  constructor(protocol: string) {
    super('exi.protocol', `no protocol "${protocol}": there are ${EXI_PROTOCOLS.join(', ')}`);
  }
}

/** Throws `UnknownProtocolError` for a name that is none of `EXI_PROTOCOLS`. */
export function exiProtocol(protocol: string): ExiProtocol {
  const entry = PROTOCOLS.get(protocol);
  if (!entry) throw new UnknownProtocolError(protocol);
  return entry;
}

/** Reads a message of the named protocol into its JSON form. Throws `WireError`, `UnknownProtocolError`. */
export function decodeExi(
  protocol: string,
  bytes: Uint8Array,
  options?: CodecOptions,
): MessageJson {
  const { codec, form } = exiProtocol(protocol);
  const { element, type, value } =
    form === 'fragment'
      ? codec.decodeFragment(bytes, options)
      : codec.decodeDocument(bytes, options);
  return { [element]: toJson(type, value) };
}

/** Writes a message from its JSON form. Throws `ExiValueError`, `UnknownProtocolError`. */
export function encodeExi(protocol: string, json: unknown, options?: CodecOptions): Uint8Array {
  const { codec, form } = exiProtocol(protocol);
  const names = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  const element = names[0];
  if (element === undefined || names.length > 1 || Array.isArray(json))
    throw new ExiValueError(
      '',
      'a message is an object with one key, the name of its root element',
    );
  const content = (json as Record<string, unknown>)[element];
  if (form === 'fragment') return encodeFragment(codec, element, content, options);
  const value = fromJson(codec.rootType(element), content, element);
  return codec.encodeDocument(element, value, options);
}

/** An element name may have several types: the first that the JSON fits is taken. */
function encodeFragment(
  codec: UntypedCodec,
  element: string,
  content: unknown,
  options?: CodecOptions,
): Uint8Array {
  let refusal: unknown = new ExiValueError(element, 'is no element of this schema set');
  for (const { types } of codec.fragmentElements(element))
    for (const type of types)
      try {
        return codec.encodeFragment(element, type, fromJson(type, content, element), options);
      } catch (error) {
        if (!(error instanceof ExiValueError)) throw error;
        refusal = error;
      }
  throw refusal;
}

/** The protocol of a V2GTP payload of type 0x8001, as far as its first bytes tell; else `undefined`. */
export function recogniseExi(bytes: Uint8Array): 'sap' | 'din' | 'iso2' | undefined {
  if (bytes[0] !== 0x80 || bytes.length < 2) return undefined;
  const second = bytes[1] as number;
  if (second >> 1 === 0x4c) return 'iso2';
  if (second >> 1 === 0x4d) return 'din';
  return second >> 6 < 2 ? 'sap' : undefined;
}

/**
 * The protocol of a message whose payload type is not known, so that it may be one of ISO 15118-20 too, whose messages
 * begin with the same bits: the handshake only where the whole of it is there and nothing else; ISO 15118-2 unless it
 * is broken and a message of ISO 15118-20 is not. Else `undefined`.
 */
export function recogniseBareExi(bytes: Uint8Array): 'sap' | 'din' | 'iso2' | undefined {
  const protocol = recogniseExi(bytes);
  if (protocol === 'sap') return fills(sapCodec, bytes) && isSaneSap(bytes) ? 'sap' : undefined;
  if (protocol === 'iso2' && !fills(iso2Codec, bytes) && fills(commonMessagesCodec, bytes))
    return undefined;
  return protocol;
}

/** Whether bytes are a message of the set with at most one byte after it. */
function fills(codec: UntypedCodec, bytes: Uint8Array): boolean {
  const { root, error } = explain(codec, 'document', bytes);
  return !error && !!root && bytes.length * 8 - (root.bitOffset + root.bitLength) < 16;
}

/** Namespaces are URIs: other text is one read out of bits that mean something else. */
function isSaneSap(bytes: Uint8Array): boolean {
  const { element, value } = sapCodec.decode(bytes);
  return (
    element === 'supportedAppProtocolRes' ||
    value.AppProtocol.every(({ ProtocolNamespace }) => /^[!-~]+$/.test(ProtocolNamespace))
  );
}

/** The protocol must be said: the message itself does not tell it. */
export class ProtocolNeededError extends KerbsideError {
  constructor(why: string) {
    super('exi.protocol', `${why}: name the protocol, one of ${EXI_PROTOCOLS.join(', ')}`);
  }
}

/** As `recogniseBareExi`. Throws `ProtocolNeededError` where the bytes don't tell. */
export function protocolOfBytes(bytes: Uint8Array): string {
  const protocol = recogniseBareExi(bytes);
  if (protocol === undefined) throw new ProtocolNeededError('the bytes tell no protocol');
  return protocol;
}

/** The protocol of a message in its JSON form, where only one has its root element. Throws `ProtocolNeededError`. */
export function protocolOfJson(json: unknown): string {
  const [root] = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  const having = Object.entries(SETS).filter(([, { set }]) => set.rootNames.includes(root ?? ''));
  const [only] = having;
  if (only && having.length === 1) return only[0];
  throw new ProtocolNeededError(
    only ? `${root} is a message of several protocols` : 'the root element tells no protocol',
  );
}
