import type { CodecOptions, UntypedCodec } from '../codec/codec.ts';
import { setGrammarOf } from '../grammar/set-grammar.ts';
import type { AnyType } from '../schema/complex-type.ts';
import { BitReader } from '../wire/bit-reader.ts';
import { BitWriter } from '../wire/bit-writer.ts';
import { trace } from './trace.ts';
import type { TracedNode } from './tracing-decoder.ts';

/** An element of a received document. */
export interface ReceivedElement {
  readonly name: string;
  readonly namespace: string;
  readonly type: AnyType;
  readonly value: unknown;
  /** Local names from the root down to the element. */
  readonly path: readonly string[];
  /**
   * The element as a fragment of the codec's schema set, its content bit for bit as the peer wrote it: what the peer
   * made its digest over, also where it writes an empty value otherwise than we do. `undefined` where that can't be:
   * strings are given by reference to what stands before the element, or its name has several types in the set.
   */
  fragment(codec: UntypedCodec): Uint8Array | undefined;
}

/** All elements of a document, outermost first. Throws `WireError`. */
export function receivedElements(
  codec: UntypedCodec,
  bytes: Uint8Array,
  options?: CodecOptions,
): ReceivedElement[] {
  const { root, error } = trace(codec, 'document', bytes, options);
  if (error) throw error;
  const found: ReceivedElement[] = [];
  const visit = (node: TracedNode, above: readonly string[]): void => {
    const { kind, name, namespace, type, value } = node;
    if (kind === 'attribute' || type === undefined || namespace === undefined) return;
    const path = [...above, name];
    const fragment = (into: UntypedCodec) => fragmentOf(into, bytes, node);
    found.push({ name, namespace, type, value, path, fragment });
    for (const child of node.children) visit(child, path);
  };
  if (root) visit(root, []);
  return found;
}

const HEADER = 0x80;

function fragmentOf(
  codec: UntypedCodec,
  bytes: Uint8Array,
  node: TracedNode,
): Uint8Array | undefined {
  const { fragments, fragmentBits } = setGrammarOf(codec.set);
  const { name, namespace, type, contentOffset, bitEnd } = node;
  const code = fragments.findIndex((one) => one.name === name && one.namespace === namespace);
  const types = fragments[code]?.types ?? [];
  if (types.length !== 1 || types[0] !== type || refers(node)) return undefined;
  const writer = new BitWriter();
  writer.bits(HEADER, 8);
  writer.bits(code, fragmentBits);
  copy(bytes, contentOffset, bitEnd, writer);
  writer.bits(fragments.length + 1, fragmentBits);
  return writer.done();
}

const refers = ({ values, children }: TracedNode): boolean =>
  values.some(({ reference }) => reference) || children.some(refers);

function copy(bytes: Uint8Array, from: number, to: number, into: BitWriter): void {
  const reader = new BitReader(bytes, (_code, reason) => {
    throw new RangeError(reason); // not reachable: the bits were read before
  });
  reader.rewind(from);
  into.octets(reader.octets((to - from) >>> 3));
  const rest = (to - from) & 7;
  into.bits(reader.bits(rest), rest);
}
