import { WireError } from '@kerbside/kernel';
import type { CodecOptions, UntypedCodec } from '../codec/codec.ts';
import { RelaxedElement } from '../codec/relaxed.ts';
import { setGrammarOf } from '../grammar/set-grammar.ts';
import { grammarOf } from '../grammar/type-grammar.ts';
import type { AnyType } from '../schema/complex-type.ts';
import { type TracedNode, TracingDecoder } from './tracing-decoder.ts';

/** What a stream was read as. */
export interface Trace {
  /** As far as it was read; `undefined`: not even the root element. */
  readonly root: TracedNode | undefined;
  readonly bytes: Uint8Array;
  /** Bits read, the end of a fragment included. */
  readonly bitEnd: number;
  readonly error: WireError | undefined;
}

/** Reads a document or fragment and keeps which bits made what. It throws nothing: `error` says what is wrong. */
export function trace(
  codec: UntypedCodec,
  form: 'document' | 'fragment',
  bytes: Uint8Array,
  options: CodecOptions = {},
): Trace {
  const decoder = new TracingDecoder(bytes, options.facets ?? 'tolerant');
  let error: WireError | undefined;
  try {
    begin(decoder, bytes);
    if (form === 'fragment') readFragment(codec, decoder);
    else readDocument(codec, decoder);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    error = cause;
    decoder.abandon(decoder.reader.position);
  }
  return { root: decoder.root, bytes, bitEnd: decoder.reader.position, error };
}

const HEADER = 0x80;
const HEADER_BITS = 8;

function begin(decoder: TracingDecoder, bytes: Uint8Array): void {
  const [header] = bytes;
  if (header === undefined) return decoder.fail('exi.short', 'no bytes');
  if (header !== HEADER)
    decoder.fail('exi.header', `header 0x${header.toString(16)}, must be 0x80`);
  decoder.reader.bits(HEADER_BITS);
}

function readDocument(codec: UntypedCodec, decoder: TracingDecoder): void {
  const { documents, documentBits, roots } = setGrammarOf(codec.set);
  const code = decoder.reader.bits(documentBits);
  const root = documents[code];
  if (!root || !roots.has(root.name))
    return decoder.fail('exi.root', `root element ${root?.name ?? code} is not a message`);
  const { name, namespace, type } = root;
  decoder.element(name, `${namespace}:${name}`, grammarOf(type));
}

function readFragment(codec: UntypedCodec, decoder: TracingDecoder): void {
  const grammar = setGrammarOf(codec.set);
  const code = decoder.reader.bits(grammar.fragmentBits);
  const entry = grammar.fragments[code];
  if (!entry) return decoder.fail('exi.code', `fragment code ${code} is no element`);
  const { name, namespace, types } = entry;
  if (types.length === 1)
    decoder.element(name, `${namespace}:${name}`, grammarOf(types[0] as AnyType));
  else new RelaxedElement(grammar).decode(decoder, name, types);
  if (decoder.reader.bits(grammar.fragmentBits) !== grammar.fragments.length + 1)
    decoder.fail('exi.fragment', 'a fragment of more than one element');
}
