import { WireError } from '@kerbside/kernel';
import { codeBits, type Production, type State, type TypeGrammar } from '../grammar/state.ts';
import type { SimpleType } from '../schema/simple-type.ts';
import { BitReader } from '../wire/bit-reader.ts';
import { type Coding, codingOf } from './coding.ts';
import { type FacetMode, simpleIssue, textIssue } from './facets.ts';
import { LIMITS } from './limits.ts';
import { missing } from './missing.ts';
import { Path } from './path.ts';
import { StringValues } from './string-values.ts';

type Value = Record<string, unknown>;

/** Reads the content of elements; every way out but a value is a `WireError`. */
export class Decoder {
  readonly reader: BitReader;
  readonly #mode: FacetMode;
  readonly #path = new Path();
  readonly #strings = new StringValues();
  /** Characters that references may still stand for. */
  #referred: number;

  constructor(bytes: Uint8Array, mode: FacetMode) {
    this.#referred = Math.max(LIMITS.referredText, LIMITS.referredGrowth * bytes.length);
    this.#mode = mode;
    this.reader = new BitReader(bytes, (code, reason) => this.fail(code, reason));
  }

  fail(code: string, reason: string): never {
    const bitOffset = this.reader.position;
    const path = this.#path.toString();
    throw new WireError(code, reason, { offset: bitOffset >>> 3, bitOffset, path });
  }

  /** What follows the start of an element. */
  element(name: string, qname: string, grammar: TypeGrammar, index = -1): unknown {
    this.enter(name, index);
    const value = grammar.simple
      ? this.#simple(grammar, grammar.simple, qname)
      : this.#complex(grammar, qname);
    this.leave();
    return value;
  }

  /** One more name in the path of errors. */
  enter(name: string, index = -1): void {
    if (this.#path.push(name, index) > LIMITS.depth)
      this.fail('exi.depth', 'too many elements within elements');
  }

  leave(): void {
    this.#path.pop();
  }

  #simple(grammar: TypeGrammar, type: SimpleType<unknown>, qname: string): unknown {
    const { start } = grammar;
    let value: unknown;
    if (this.reader.bits(start.bits) === 0) {
      value = this.value(type, qname);
      if (this.reader.bits(1) === 1)
        this.#undeclared((start.productions[0] as { next: State }).next);
    } else {
      this.#undeclared(start);
      value = this.#empty(type);
    }
    return value;
  }

  /** An element that ends before its text holds the empty value. */
  #empty(type: SimpleType<unknown>): unknown {
    const coding = codingOf(type);
    if (coding.form === 'string') return this.#checked(coding, '');
    if (coding.form === 'binary') return this.#checked(coding, new Uint8Array(0));
    return this.fail('exi.undeclared', 'the value is missing');
  }

  #complex(grammar: TypeGrammar, qname: string): Value {
    const { reader } = this;
    const value: Value = {};
    let state = grammar.start;
    let count = 0;
    for (;;) {
      const code = reader.bits(state.bits);
      const production = state.productions[code];
      if (!production) return this.#escape(state, code, value);
      if (production.event === 'end') return value;
      if (production.event === 'element') {
        this.#child(production, value);
        state = production.next;
        if (production.full) {
          if (++count === production.limit) state = production.full;
        } else if (production.count > 0) ({ count } = production);
      } else state = this.#other(production, value, qname);
    }
  }

  #child(production: Extract<Production, { event: 'element' }>, value: Value): void {
    const { key, qname, content } = production;
    if (!production.list || production.dropped) {
      const child = this.element(key, qname, content);
      if (!production.dropped) value[key] = child;
      return;
    }
    const values = (value[key] ??= []) as unknown[];
    if (production.unbounded && values.length >= LIMITS.unboundedList)
      this.fail('exi.occurs', `over ${LIMITS.unboundedList} ${key}`);
    values.push(this.element(key, qname, content, values.length));
  }

  #other(
    production: Exclude<Production, { event: 'element' } | { event: 'end' }>,
    value: Value,
    qname: string,
  ): State {
    if (production.event === 'any')
      return this.fail('exi.foreign', 'an element of a foreign schema is not read');
    if (production.event === 'attribute') {
      const { key, type } = production;
      this.enter(`@${key}`);
      value[key] = this.value(type, production.qname);
      this.leave();
    } else if (production.type) value['value'] = this.value(production.type, qname);
    else this.#string(qname); // text between children carries nothing here
    return production.next;
  }

  /** After the escape, or after a code that is neither: only the end of the element is taken. */
  #escape(state: State, code: number, value: Value): Value {
    if (code > state.productions.length) return this.#badCode(code, state.productions.length + 1);
    this.#undeclared(state);
    const text = state.productions.find((one) => one.event === 'text');
    if (text?.type) value['value'] = this.#empty(text.type);
    else if (state.end < 0) this.fail('exi.missing', missing(state));
    return value;
  }

  #undeclared(state: State): void {
    const code = this.reader.bits(state.undeclaredBits);
    const what = state.undeclared[code];
    if (what === undefined) return this.#badCode(code, state.undeclared.length);
    if (what !== 'end') this.fail('exi.undeclared', `no schema declares ${what} here`);
  }

  #badCode(code: number, count: number): never {
    return this.fail('exi.code', `event code ${code} of ${count}`);
  }

  value(type: SimpleType<unknown>, qname: string): unknown {
    const coding = codingOf(type);
    return this.#checked(coding, this.#raw(coding, qname));
  }

  #checked(coding: Coding, value: unknown): unknown {
    if (this.#mode === 'ignored') return value;
    const issue =
      coding.form === 'string'
        ? textIssue(value as string, coding.limits, this.#mode)
        : simpleIssue(coding, value, this.#mode);
    if (issue !== undefined) this.fail('exi.facet', issue);
    return value;
  }

  #raw(coding: Coding, qname: string): unknown {
    const { reader } = this;
    switch (coding.form) {
      case 'boolean':
        return reader.bits(1) === 1;
      case 'enumeration': {
        const code = reader.bits(coding.bits);
        return coding.values[code] ?? this.#badCode(code, coding.values.length);
      }
      case 'n-bit':
        return reader.bits(coding.bits) + coding.min;
      case 'number': {
        const negative = coding.signed && reader.bits(1) === 1;
        const magnitude = reader.unsigned();
        return this.#withinType(coding, negative ? -magnitude - 1 : magnitude);
      }
      case 'bigint': {
        const negative = coding.signed && reader.bits(1) === 1;
        const magnitude = reader.unsignedBig();
        return this.#withinType(coding, negative ? -magnitude - 1n : magnitude);
      }
      case 'string':
        return this.#string(qname);
      case 'binary':
        return reader.octets(this.#length(reader.unsigned()));
    }
  }

  /** A number outside its type is refused even where facets are ignored: nothing could write it back. */
  #withinType<T extends number | bigint>(coding: Coding, value: T): T {
    const issue = simpleIssue(coding, value, 'ignored');
    return issue === undefined ? value : this.fail('exi.range', issue);
  }

  /** Each unit takes at least one byte: so much must be left before anything is allocated. */
  #length(length: number): number {
    if (length * 8 > this.reader.bitsLeft)
      this.fail('exi.short', `length ${length}, ${this.reader.bitsLeft} bits left`);
    return length;
  }

  #string(qname: string): string {
    const head = this.reader.unsigned();
    if (head < 2) return this.#known(head === 0, qname);
    const value = this.#characters(this.#length(head - 2));
    this.#strings.add(qname, value);
    return value;
  }

  #known(local: boolean, qname: string): string {
    const values = local ? this.#strings.of(qname) : this.#strings.all;
    const bits = codeBits(values.length);
    const id = bits > 16 ? -1 : this.reader.bits(bits);
    const value = values[id];
    if (value === undefined)
      return this.fail('exi.string', `string number ${id} of ${values.length}`);
    this.#referred -= value.length;
    if (this.#referred < 0) this.fail('exi.string', 'references stand for too much text');
    return value;
  }

  #characters(length: number): string {
    const { reader } = this;
    const from = reader.position;
    const octets = reader.octets(length);
    if (octets.every((octet) => octet < 128)) return ascii(octets);
    reader.rewind(from);
    let text = '';
    for (let i = 0; i < length; i++) {
      const point = reader.unsigned();
      if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        this.fail('exi.string', `${point} is not a character`);
      text += String.fromCodePoint(point);
    }
    return text;
  }
}

const CHUNK = 4096;

function ascii(octets: Uint8Array): string {
  if (octets.length <= CHUNK) return String.fromCharCode(...octets);
  let text = '';
  for (let at = 0; at < octets.length; at += CHUNK)
    text += String.fromCharCode(...octets.subarray(at, at + CHUNK));
  return text;
}
