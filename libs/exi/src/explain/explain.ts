import type { WireError } from '@kerbside/kernel';
import type { CodecOptions, UntypedCodec } from '../codec/codec.ts';
import { type Json, toJson } from '../json/to-json.ts';
import { describeSimple, type SimpleDescription } from './describe.ts';
import { type Span, spansOf } from './spans.ts';
import { trace } from './trace.ts';
import type { TracedNode } from './tracing-decoder.ts';
import { typeName } from './type-words.ts';

/** An element or attribute of a stream: which bits made it, and what it holds. It is plain JSON. */
export interface ExplainedNode {
  readonly kind: 'element' | 'attribute';
  readonly name: string;
  /** Place in its list; absent where it is in none. */
  readonly index?: number;
  /** The type in the words of the schema; empty where the stream alone says what is there. */
  readonly type: string;
  /** From its event code on to the code that ends it. */
  readonly bitOffset: number;
  readonly bitLength: number;
  /** Whether its JSON form is the value alone, or an object of its children, with the text as `value`. */
  readonly form: 'simple' | 'complex';
  /** The text or value, and its own bits; an element that ends before its text has no bits of it. */
  readonly value?: Json;
  readonly valueOffset?: number;
  readonly valueLength?: number;
  readonly simple?: SimpleDescription;
  /** An abstract head, which is no part of the message's value. */
  readonly dropped?: true;
  readonly children: readonly ExplainedNode[];
}

export interface Explanation {
  /** As far as the stream could be read; absent where not even its root could. */
  readonly root?: ExplainedNode;
  /** All bits of the stream, from the first to the last. */
  readonly spans: readonly Span[];
  readonly error?: WireError;
}

/**
 * Reads a document or a fragment and says which bits made which field. It throws nothing: what can't be read is in
 * `error`, and the tree goes as far as that.
 */
export function explain(
  codec: UntypedCodec,
  form: 'document' | 'fragment',
  bytes: Uint8Array,
  options: CodecOptions = {},
): Explanation {
  const traced = trace(codec, form, bytes, options);
  return {
    ...(traced.root && { root: explained(traced.root) }),
    spans: spansOf(traced),
    ...(traced.error && { error: traced.error }),
  };
}

function explained(node: TracedNode): ExplainedNode {
  const { kind, name, index, type, bitOffset, bitEnd, children } = node;
  return {
    kind,
    name,
    ...(index >= 0 && { index }),
    type: type ? typeName(type) : '',
    bitOffset,
    bitLength: bitEnd - bitOffset,
    form: (type ? type.kind === 'complex' : children.length > 0) ? 'complex' : 'simple',
    ...textOf(node),
    ...(type?.kind === 'complex' && type.abstract && { dropped: true as const }),
    children: children.map(explained),
  };
}

function textOf({ type, values, children, closed }: TracedNode): Partial<ExplainedNode> {
  const [first] = values;
  if (first)
    return {
      value: toJson(first.type, first.value),
      valueOffset: first.bitOffset,
      valueLength: first.bitEnd - first.bitOffset,
      simple: describeSimple(first.type),
    };
  const text = type?.kind === 'complex' ? type.content.text : type;
  if (!closed || (type && !text) || (!type && children.length > 0)) return {};
  return { value: '', ...(text && { simple: describeSimple(text) }) };
}
