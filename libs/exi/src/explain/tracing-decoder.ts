import { codingOf } from '../codec/coding.ts';
import { Decoder } from '../codec/decoder.ts';
import type { TypeGrammar } from '../grammar/state.ts';
import type { AnyType } from '../schema/complex-type.ts';
import type { SimpleType } from '../schema/simple-type.ts';

/** An element or attribute of a stream, with the bits that made it. */
export interface TracedNode {
  readonly kind: 'element' | 'attribute';
  readonly name: string;
  /** Of an element with a known type; attributes of V2G have none. */
  readonly namespace: string | undefined;
  /** Place in its list; -1 where it is in none. */
  readonly index: number;
  /** `undefined`: read by the relaxed grammar. */
  type: AnyType | undefined;
  /** Of its event code, the first thing that it takes. */
  readonly bitOffset: number;
  /** After its event code. */
  readonly contentOffset: number;
  /** After its last bit. */
  bitEnd: number;
  /** Whether it was read to its end. */
  closed: boolean;
  /** Of an element, once it is closed. */
  value: unknown;
  readonly values: TracedValue[];
  readonly children: TracedNode[];
}

/** A value of a simple type where it stands in a stream. */
export interface TracedValue {
  readonly type: SimpleType<unknown>;
  readonly value: unknown;
  readonly bitOffset: number;
  readonly bitEnd: number;
  /** Whether it was written as the number of an earlier string. */
  readonly reference: boolean;
}

/** Reads as `Decoder` does, and keeps which bits made what. */
export class TracingDecoder extends Decoder {
  readonly #open: TracedNode[] = [];
  #root: TracedNode | undefined;
  #closed: TracedNode | undefined;
  /** The end of the last thing that was kept: what follows up to the next one is event codes. */
  #kept = 8;
  #next: { readonly namespace: string; readonly type: AnyType } | undefined;

  /** The root element, as far as it was read. */
  get root(): TracedNode | undefined {
    return this.#root;
  }

  override element(name: string, qname: string, grammar: TypeGrammar, index = -1): unknown {
    this.#next = { namespace: qname.slice(0, -name.length - 1), type: grammar.type };
    const value = super.element(name, qname, grammar, index);
    if (this.#closed) this.#closed.value = value;
    return value;
  }

  override enter(name: string, index = -1): void {
    super.enter(name, index);
    const attribute = name.startsWith('@');
    const node: TracedNode = {
      kind: attribute ? 'attribute' : 'element',
      name: attribute ? name.slice(1) : name,
      namespace: this.#next?.namespace,
      index,
      type: this.#next?.type,
      bitOffset: this.#kept,
      contentOffset: this.reader.position,
      bitEnd: this.reader.position,
      closed: false,
      value: undefined,
      values: [],
      children: [],
    };
    this.#next = undefined;
    this.#root ??= node;
    this.#open.at(-1)?.children.push(node);
    this.#open.push(node);
    this.#kept = node.contentOffset;
  }

  override leave(): void {
    this.#close(this.reader.position, true);
    super.leave();
  }

  override value(type: SimpleType<unknown>, qname: string): unknown {
    const { reader } = this;
    const bitOffset = reader.position;
    const value = super.value(type, qname);
    const bitEnd = reader.position;
    const node = this.#open.at(-1);
    node?.values.push({
      type,
      value,
      bitOffset,
      bitEnd,
      reference: this.#reference(type, bitOffset),
    });
    if (node?.kind === 'attribute') node.type = type;
    reader.rewind(bitEnd);
    this.#kept = bitEnd;
    return value;
  }

  #reference(type: SimpleType<unknown>, at: number): boolean {
    if (codingOf(type).form !== 'string') return false;
    this.reader.rewind(at);
    return this.reader.unsigned() < 2;
  }

  /** Closes what an error left open: it ends where reading ended. */
  abandon(bitOffset: number): void {
    while (this.#open.length > 0) this.#close(Math.max(this.#kept, bitOffset), false);
  }

  #close(bitEnd: number, closed: boolean): void {
    const node = this.#open.pop();
    if (!node) return;
    node.bitEnd = bitEnd;
    node.closed = closed;
    this.#closed = node;
    this.#kept = bitEnd;
  }
}
