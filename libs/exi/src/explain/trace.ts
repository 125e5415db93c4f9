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
  // what is no stream at all, the codec says in its own words
  const plain = form === 'fragment' ? 'decodeFragment' : 'decodeDocument';
  let error: WireError | undefined;
  try {
    codec[plain](bytes, options);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    error = cause;
  }
  const decoder = new TracingDecoder(bytes, options.facets ?? 'tolerant');
  if (bytes[0] !== HEADER) return { root: undefined, bytes, bitEnd: 0, error };
  try {
    decoder.reader.bits(HEADER_BITS);
    if (form === 'fragment') readFragment(codec, decoder);
    else readDocument(codec, decoder);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    error ??= cause;
    decoder.abandon(decoder.reader.position);
  }
  return { root: decoder.root, bytes, bitEnd: decoder.reader.position, error };
}

const HEADER = 0x80;
const HEADER_BITS = 8;

function readDocument(codec: UntypedCodec, decoder: TracingDecoder): void {
  const { documents, documentBits, roots } = setGrammarOf(codec.set);
  const root = documents[decoder.reader.bits(documentBits)];
  if (!root || !roots.has(root.name)) return decoder.fail('exi.root', 'no such root element');
  const { name, namespace, type } = root;
  decoder.element(name, `${namespace}:${name}`, grammarOf(type));
}

function readFragment(codec: UntypedCodec, decoder: TracingDecoder): void {
  const grammar = setGrammarOf(codec.set);
  const entry = grammar.fragments[decoder.reader.bits(grammar.fragmentBits)];
  if (!entry) return decoder.fail('exi.code', 'no such element');
  const { name, namespace, types } = entry;
  if (types.length === 1)
    decoder.element(name, `${namespace}:${name}`, grammarOf(types[0] as AnyType));
  else new RelaxedElement(grammar).decode(decoder, name, types);
  decoder.reader.bits(grammar.fragmentBits);
}
