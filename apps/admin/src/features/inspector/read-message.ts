import type { ExplainedNode } from '@kerbside/exi';
import { explainExi, quantityOf, recogniseBareExi } from '@kerbside/iso15118';

/** A field of a V2G message as it is shown. */
export interface MessageField {
  readonly name: string;
  /** With its unit; absent where the field holds others. */
  readonly value?: string;
  /** In the words of the schema; the place is `byte.bit`. */
  readonly hint: string;
  readonly children: readonly MessageField[];
}

export interface ReadMessage {
  readonly protocol: string;
  readonly root?: MessageField;
  /** What is wrong with the bytes; the fields go as far as that. */
  readonly error?: string;
}

/** Reads the bytes of a V2G message, in hex; `undefined` where they tell no protocol. */
export function readMessage(hex: string): ReadMessage | undefined {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const protocol = recogniseBareExi(bytes);
  if (protocol === undefined) return undefined;
  const { root, error } = explainExi(protocol, bytes);
  return {
    protocol,
    ...(root && { root: fieldOf(root) }),
    ...(error && { error: error.message }),
  };
}

function fieldOf(node: ExplainedNode): MessageField {
  const { kind, name, index, type, bitOffset, bitLength } = node;
  const place = `${bitOffset >>> 3}.${bitOffset & 7} +${bitLength}`;
  const value = valueOf(node);
  return {
    name: `${kind === 'attribute' ? '@' : ''}${name}${index === undefined ? '' : `[${index}]`}`,
    ...(value !== undefined && { value }),
    hint: type === '' ? place : `${type}, ${place}`,
    children: node.children.map(fieldOf),
  };
}

function valueOf(node: ExplainedNode): string | undefined {
  const quantity = quantityOf(node);
  const [value, unit] = quantity ? [quantity.text, quantity.unit] : [node.value, node.simple?.unit];
  if (value === undefined) return undefined;
  const text = value === '' ? '""' : String(value);
  return unit === undefined ? text : `${text} ${unit}`;
}
