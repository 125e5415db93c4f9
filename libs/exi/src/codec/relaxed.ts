import { grammarOf } from '../grammar/type-grammar.ts';
import { codeBits } from '../grammar/state.ts';
import type { SetGrammar } from '../grammar/set-grammar.ts';
import { elementsOf } from '../grammar/fields.ts';
import type { AnyType } from '../schema/complex-type.ts';
import { type SimpleType, xs } from '../schema/simple-type.ts';
import { ExiValueError } from '../errors.ts';
import { fromJson } from '../json/from-json.ts';
import { textOf } from '../json/text.ts';
import { codingOf } from './coding.ts';
import type { Decoder } from './decoder.ts';
import type { Encoder } from './encoder.ts';
import { describe, simpleIssue } from './facets.ts';
import { LIMITS } from './limits.ts';

/**
 * The content of an element in a fragment whose name has several types: any attribute, any element, untyped text.
 * EXI 1.0, 8.5.3
 */
export class RelaxedElement {
  readonly #set: SetGrammar;
  /** Code of AT(*) in the first state; the attributes before it are `xsi:nil`, `xsi:type`, then those of the set. */
  readonly #anyAttribute: number;
  readonly #elements: number;

  constructor(set: SetGrammar) {
    this.#set = set;
    this.#anyAttribute = XSI_ATTRIBUTES + set.attributes.length;
    this.#elements = set.fragments.length;
  }

  /** Codes of a state, counted from that of its first element. */
  #codes(first: number) {
    const any = first + this.#elements;
    return { any, end: any + 1, text: any + 2, bits: codeBits(any + 4) };
  }

  /** Reads an element whose name has these types: the value is one of one of them. */
  decode(from: Decoder, name: string, types: readonly AnyType[]): unknown {
    from.enter(name);
    const value: Record<string, unknown> = {};
    let first = this.#anyAttribute + 1;
    for (;;) {
      const codes = this.#codes(first);
      const code = from.reader.bits(codes.bits);
      if (code === codes.end) break;
      if (code === codes.text) put(from, value, 'value', from.value(xs.string, name));
      else if (code >= first && code < codes.any)
        this.#decodeChild(from, code - first, value, types);
      else if (first > 0 && code >= XSI_ATTRIBUTES && code < this.#anyAttribute) {
        const { name: key, type } = this.#set.attributes[code - XSI_ATTRIBUTES] as {
          name: string;
          type: SimpleType<unknown>;
        };
        from.enter(`@${key}`);
        put(from, value, key, from.value(type, `:${key}`));
        from.leave();
        continue;
      } else from.fail('exi.undeclared', `event code ${code} is not read here`);
      first = 0;
    }
    const fitted = fittedValue(types, value);
    if (fitted === undefined) from.fail('exi.undeclared', `no type of ${name} has this content`);
    from.leave();
    return fitted;
  }

  #decodeChild(
    from: Decoder,
    index: number,
    into: Record<string, unknown>,
    parents: readonly AnyType[],
  ): void {
    const element = this.#set.fragments[index];
    if (!element) return from.fail('exi.code', `no element ${index}`);
    const { name, namespace, types } = element;
    const child =
      types.length === 1
        ? from.element(name, `${namespace}:${name}`, grammarOf(types[0] as AnyType))
        : this.decode(from, name, types);
    if (!parents.some((parent) => listOf(parent, name))) return put(from, into, name, child);
    if (!Object.hasOwn(into, name)) into[name] = new Children();
    const items = into[name] as Children;
    if (items.length >= LIMITS.unboundedList)
      from.fail('exi.occurs', `over ${LIMITS.unboundedList} ${name}`);
    items.push(child);
  }

  /**
   * Writes a value of `type`, which is one of those that the element's name has. What the type does not allow must
   * have been refused before.
   */
  encode(into: Encoder, name: string, type: AnyType, value: unknown): void {
    into.enter(name);
    const afterText =
      type.kind === 'simple'
        ? this.#text(into, type, value, false)
        : this.#complex(into, type, value);
    const { end, bits } = this.#codes(afterText ? 0 : this.#anyAttribute + 1);
    into.writer.bits(end, bits);
    into.leave();
  }

  #text(into: Encoder, type: SimpleType<unknown>, value: unknown, inside: boolean): boolean {
    const { text, bits } = this.#codes(inside ? 0 : this.#anyAttribute + 1);
    into.writer.bits(text, bits);
    into.string(textOf(type, value));
    return true;
  }

  /** Whether anything but attributes was written. */
  #complex(into: Encoder, type: Extract<AnyType, { kind: 'complex' }>, value: unknown): boolean {
    if (typeof value !== 'object' || value === null)
      return into.fail(`${describe(value)} is not an object`);
    const fields = value as Record<string, unknown>;
    let inside = false;
    for (const { key, kind, type: of, list } of grammarOf(type).fields) {
      const content = fields[key];
      if (content === undefined) continue;
      if (kind === 'attribute') {
        const { bits } = this.#codes(this.#anyAttribute + 1);
        const index = this.#set.attributes.findIndex((attribute) => attribute.name === key);
        into.writer.bits(XSI_ATTRIBUTES + index, bits);
        into.value(of as SimpleType<unknown>, content);
      } else if (kind === 'text')
        inside = this.#text(into, of as SimpleType<unknown>, content, inside);
      else
        for (const one of list ? (content as unknown[]) : [content]) {
          this.#encodeChild(into, type, key, one, inside);
          inside = true;
        }
    }
    return inside;
  }

  #encodeChild(
    into: Encoder,
    parent: Extract<AnyType, { kind: 'complex' }>,
    key: string,
    value: unknown,
    inside: boolean,
  ): void {
    const particle = [...elementsOf(parent.content.particle)].find(
      ({ element }) => element.name === key,
    );
    const namespace = particle?.element.namespace;
    const index = this.#set.fragments.findIndex(
      (element) => element.name === key && element.namespace === namespace,
    );
    const element = this.#set.fragments[index];
    if (!element || !particle) return into.fail(`${key} is not a field`);
    const first = inside ? 0 : this.#anyAttribute + 1;
    into.writer.bits(first + index, this.#codes(first).bits);
    const { type } = particle.element;
    if (element.types.length === 1) into.element(key, grammarOf(type), value);
    else this.encode(into, key, type, value);
  }
}

/** What was read under a name that is a list in one of the types, if perhaps not in the one that will fit. */
class Children extends Array<unknown> {}

const listOf = (type: AnyType, key: string): boolean =>
  type.kind === 'complex' && grammarOf(type).fieldByKey.get(key)?.list === true;

/** What comes twice and is no list would be lost. */
function put(from: Decoder, into: Record<string, unknown>, key: string, value: unknown): void {
  if (Object.hasOwn(into, key)) from.fail('exi.occurs', `${key} is there twice`);
  into[key] = value;
}

/** What was read as the value of the first type that may have it; `undefined` where none may. */
function fittedValue(types: readonly AnyType[], read: Record<string, unknown>): unknown {
  const keys = Object.keys(read);
  const text = keys.length === 0 ? '' : read['value'];
  const plain = keys.length === 0 || (keys.length === 1 && typeof text === 'string');
  if (plain && types.some((type) => type.kind === 'simple' && isTextOf(type, text as string)))
    return text;
  const type = types.find(
    (one) => one.kind === 'complex' && keys.every((key) => fits(one, key, read[key])),
  );
  if (!type) return undefined;
  return Object.fromEntries(
    Object.entries(read).map(([key, value]) => [
      key,
      value instanceof Children ? (listOf(type, key) ? Array.from(value) : value[0]) : value,
    ]),
  );
}

function fits(type: AnyType, key: string, value: unknown): boolean {
  if (!grammarOf(type).fieldByKey.has(key)) return false;
  return !(value instanceof Children) || value.length === 1 || listOf(type, key);
}

/** Whether a value of the type is written as this text. */
function isTextOf(type: SimpleType<unknown>, text: string): boolean {
  try {
    const { kind } = type.datatype;
    const json = kind === 'boolean' ? text === 'true' : text;
    const value = fromJson(type, json);
    return (
      simpleIssue(codingOf(type), value, 'ignored') === undefined && textOf(type, value) === text
    );
  } catch (error) {
    if (error instanceof ExiValueError) return false;
    throw error;
  }
}

/** `xsi:nil` and `xsi:type` take the first codes. */
const XSI_ATTRIBUTES = 2;
