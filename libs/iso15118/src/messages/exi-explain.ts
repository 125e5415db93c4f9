import {
  type CodecOptions,
  describeElement,
  type Description,
  explain,
  type ExplainedNode,
  type Explanation,
} from '@kerbside/exi';
import { exiProtocol } from './exi-protocol.ts';

/**
 * Says which bits of a stream made which field of the message. It throws nothing but `UnknownProtocolError`; where the
 * stream is broken, the tree goes as far as that.
 */
export function explainExi(
  protocol: string,
  bytes: Uint8Array,
  options: CodecOptions = { facets: 'ignored' },
): Explanation {
  const { codec, form } = exiProtocol(protocol);
  return explain(codec, form, bytes, options);
}

/** Describes the root elements of a protocol's documents: names, types, occurrence, facets. */
export function describeExi(protocol: string): Description[] {
  const { set } = exiProtocol(protocol).codec;
  return set.globals.filter(({ name }) => set.rootNames.includes(name)).map(describeElement);
}

/** What a physical value comes to. */
export interface Quantity {
  /** Exact decimal text, such as `-0.125` or `400`. */
  readonly text: string;
  /** Absent where the message names none. */
  readonly unit?: string;
}

/** The quantity that a PhysicalValue (DIN, -2) or a RationalNumber (-20) stands for; else `undefined`. */
export function quantityOf(node: ExplainedNode): Quantity | undefined {
  const at = EXPONENTS[node.type];
  if (at === undefined) return undefined;
  const child = (name: string) => node.children.find((one) => one.name === name)?.value;
  const [exponent, value, unit] = [child(at), child('Value'), child('Unit')];
  if (typeof exponent !== 'number' || typeof value !== 'number') return undefined;
  return { text: shifted(value, exponent), ...(typeof unit === 'string' && { unit }) };
}

/** The child that holds the power of ten. */
const EXPONENTS: Readonly<Record<string, string>> = {
  PhysicalValueType: 'Multiplier',
  RationalNumberType: 'Exponent',
};

/** Value times ten to the power of the exponent, in digits: floating point would show 0.30000000000000004. */
function shifted(value: number, exponent: number): string {
  const sign = value < 0 ? '-' : '';
  const digits = String(Math.abs(value));
  if (exponent >= 0) return value === 0 ? '0' : sign + digits + '0'.repeat(exponent);
  const padded = digits.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
