import {
  type CodecOptions,
  ExiCodec,
  ExiValueError,
  fromJson,
  type Json,
  toJson,
  type UntypedCodec,
} from '@kerbside/exi';
import { KerbsideError } from '@kerbside/kernel';
import { xmldsigSet } from '@kerbside/pki';
import { iso2Codec } from './iso2/codec.ts';
import { sapCodec } from './sap/codec.ts';

/** A message in JSON: one key, the name of the root element. */
export type MessageJson = { readonly [element: string]: Json };

interface Entry {
  readonly codec: UntypedCodec;
  readonly form: 'document' | 'fragment';
}

const xmldsigCodec = new ExiCodec(xmldsigSet);

const PROTOCOLS: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ['sap', { codec: sapCodec, form: 'document' }],
  ['iso2', { codec: iso2Codec, form: 'document' }],
  ['iso2-fragment', { codec: iso2Codec, form: 'fragment' }],
  ['xmldsig-fragment', { codec: xmldsigCodec, form: 'fragment' }],
]);

/** Names that `decodeExi` and `encodeExi` take. */
export const EXI_PROTOCOLS: readonly string[] = [...PROTOCOLS.keys()];

/** The protocol is none of `EXI_PROTOCOLS`. */
export class UnknownProtocolError extends KerbsideError {
  constructor(protocol: string) {
    super('exi.protocol', `no protocol "${protocol}": there are ${EXI_PROTOCOLS.join(', ')}`);
  }
}

function entryOf(protocol: string): Entry {
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
  const { codec, form } = entryOf(protocol);
  const { element, type, value } =
    form === 'fragment'
      ? codec.decodeFragment(bytes, options)
      : codec.decodeDocument(bytes, options);
  return { [element]: toJson(type, value) };
}

/** Writes a message from its JSON form. Throws `ExiValueError`, `UnknownProtocolError`. */
export function encodeExi(protocol: string, json: unknown, options?: CodecOptions): Uint8Array {
  const { codec, form } = entryOf(protocol);
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
export function recogniseExi(bytes: Uint8Array): 'sap' | 'iso2' | undefined {
  if (bytes[0] !== 0x80 || bytes.length < 2) return undefined;
  const second = bytes[1] as number;
  if (second >> 1 === 0x4c) return 'iso2';
  return second >> 6 < 2 ? 'sap' : undefined;
}
