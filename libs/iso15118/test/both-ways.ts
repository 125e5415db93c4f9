import { type AnyType, ExiCodec, type UntypedCodec } from '@kerbside/exi';
import { differencesOf } from '@kerbside/exi/testing';
import { toHex } from '@kerbside/kernel';
import { xmldsigSet } from '@kerbside/pki';
import { din, iso2, iso20, sapCodec } from '../src/index.ts';

/** Every schema set by the name of its protocol. */
export const CODECS: Readonly<Record<string, UntypedCodec>> = {
  sap: sapCodec,
  din: din.dinCodec,
  iso2: iso2.iso2Codec,
  'iso20-common': iso20.commonMessagesCodec,
  'iso20-ac': iso20.acCodec,
  'iso20-dc': iso20.dcCodec,
  'iso20-acdp': iso20.acdpCodec,
  'iso20-wpt': iso20.wptCodec,
  xmldsig: new ExiCodec(xmldsigSet),
};

export interface Place {
  readonly codec: UntypedCodec;
  readonly fragment: boolean;
}

/** The place that a protocol's name stands for, `NAME` or `NAME-fragment`. */
export function placeOf(protocol: string): Place | undefined {
  const fragment = protocol.endsWith('-fragment');
  const codec = CODECS[fragment ? protocol.slice(0, -'-fragment'.length) : protocol];
  return codec && { codec, fragment };
}

/** Where reading a stream by compiled code gives something else than by the interpreter; nothing if all is well. */
export function decodeDifferences({ codec, fragment }: Place, bytes: Uint8Array): string[] {
  return differencesOf((options) => {
    const { element, type, value } = fragment
      ? codec.decodeFragment(bytes, options)
      : codec.decodeDocument(bytes, options);
    return { element, type: type.name, value };
  }).map((difference) => `${codec.set.name} ${toHex(bytes)} ${difference}`);
}

/** The same of writing a value. */
export function encodeDifferences(
  { codec, fragment }: Place,
  element: string,
  type: AnyType,
  value: unknown,
): string[] {
  return differencesOf((options) =>
    fragment
      ? codec.encodeFragment(element, type, value, options)
      : codec.encodeDocument(element, value, options),
  ).map((difference) => `${codec.set.name} ${element} ${difference}`);
}

export interface Declared extends Place {
  readonly name: string;
  readonly type: AnyType;
}

/** Every root element, and every element that a fragment may hold, of every set. */
export function declaredElements(): Declared[] {
  return Object.values(CODECS).flatMap((codec) => [
    ...codec.set.rootNames.map((name) => ({
      codec,
      fragment: false,
      name,
      type: codec.rootType(name),
    })),
    ...codec
      .fragmentElements()
      .flatMap(({ name, types }) => types.map((type) => ({ codec, fragment: true, name, type }))),
  ]);
}
