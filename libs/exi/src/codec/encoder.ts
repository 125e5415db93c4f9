import type { State, TypeGrammar } from '../grammar/state.ts';
import { ExiValueError } from '../errors.ts';
import type { SimpleType } from '../schema/simple-type.ts';
import { BitWriter } from '../wire/bit-writer.ts';
import { type Coding, codingOf } from './coding.ts';
import { codePoints, describe, type FacetMode, simpleIssue } from './facets.ts';
import { LIMITS } from './limits.ts';
import { missing } from './missing.ts';
import { Path, placeName } from './path.ts';

/** Writes the content of elements; what the schema does not allow is an `ExiValueError`. */
export class Encoder {
  readonly writer = new BitWriter();
  readonly #mode: FacetMode;
  readonly #path = new Path();

  constructor(mode: FacetMode) {
    this.#mode = mode;
  }

  fail(reason: string): never {
    throw new ExiValueError(this.#path.toString(), reason);
  }

  enter(name: string, index = -1): void {
    this.#path.push(name, index);
  }

  leave(): void {
    this.#path.pop();
  }

  /** What follows the start of an element. */
  element(name: string, grammar: TypeGrammar, value: unknown, index = -1): void {
    this.enter(name, index);
    if (grammar.simple) {
      this.writer.bits(0, 1);
      this.value(grammar.simple, value);
      this.writer.bits(0, 1);
    } else this.#complex(grammar, value);
    this.leave();
  }

  #complex(grammar: TypeGrammar, value: unknown): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.fail(`${describe(value)} is not an object`);
    const fields = value as Record<string, unknown>;
    const known = grammar.fieldByKey;
    for (const key in fields)
      if (!known.has(key) && fields[key] !== undefined) this.fail(`${key} is not a field`);
    const cursor = new Cursor(grammar.start, this);
    for (const field of grammar.fields) {
      const content = fields[field.key];
      if (content === undefined) continue;
      if (field.kind === 'attribute') cursor.attribute(field.key, content);
      else if (field.kind === 'text') cursor.text(content);
      else if (!field.list) cursor.child(field.key, content);
      else {
        if (!Array.isArray(content)) this.fail(`${field.key} is not an array`);
        const { length } = content;
        for (let i = 0; i < length; i++) cursor.child(field.key, content[i] as unknown, i);
      }
    }
    cursor.end();
  }

  value(type: SimpleType<unknown>, value: unknown): void {
    const coding = codingOf(type);
    const issue = simpleIssue(coding, value, this.#mode);
    if (issue !== undefined) this.fail(issue);
    this.#raw(coding, value);
  }

  #raw(coding: Coding, value: unknown): void {
    const { writer } = this;
    switch (coding.form) {
      case 'boolean':
        return writer.bits(value === true ? 1 : 0, 1);
      case 'enumeration':
        return writer.bits(coding.codes.get(value as string) as number, coding.bits);
      case 'n-bit':
        return writer.bits((value as number) - coding.min, coding.bits);
      case 'number': {
        const number = value as number;
        if (coding.signed) writer.bits(number < 0 ? 1 : 0, 1);
        return writer.unsigned(number < 0 ? -number - 1 : number);
      }
      case 'bigint': {
        const number = value as bigint;
        if (coding.signed) writer.bits(number < 0n ? 1 : 0, 1);
        return writer.unsignedBig(number < 0n ? -number - 1n : number);
      }
      case 'string':
        return this.string(value as string);
      case 'binary':
        writer.unsigned((value as Uint8Array).length);
        return writer.octets(value as Uint8Array);
    }
  }

  /** [V2G2-600] never by reference to an earlier value: `valuePartitionCapacity` is 0 */
  string(text: string): void {
    const { writer } = this;
    writer.unsigned(codePoints(text) + 2);
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit < 128) writer.bits(unit, 8);
      else {
        const point = text.codePointAt(at) as number;
        writer.unsigned(point);
        if (point > 0xffff) at++;
      }
    }
  }
}

/** Walks the states of one type while its value is written. */
class Cursor {
  readonly #encoder: Encoder;
  #state: State;
  #count = 0;

  constructor(start: State, encoder: Encoder) {
    this.#state = start;
    this.#encoder = encoder;
  }

  #step(key: string, name: string, index = -1) {
    const code = this.#state.codes.get(key);
    if (code === undefined) return this.#encoder.fail(this.#refusal(placeName(name, index)));
    this.#encoder.writer.bits(code, this.#state.bits);
    return this.#state.productions[code];
  }

  #refusal(name: string): string {
    return this.#state.end < 0
      ? `${missing(this.#state)} before ${name}`
      : `${name} is too many, or excluded by what stands before it`;
  }

  attribute(key: string, value: unknown): void {
    const production = this.#step(`@${key}`, `@${key}`);
    if (production?.event !== 'attribute') return;
    this.#encoder.enter(`@${key}`);
    this.#encoder.value(production.type, value);
    this.#encoder.leave();
    this.#state = production.next;
  }

  text(value: unknown): void {
    const production = this.#step('#text', 'the value');
    if (production?.event !== 'text' || !production.type) return;
    this.#encoder.value(production.type, value);
    this.#state = production.next;
  }

  child(key: string, value: unknown, index = -1): void {
    const production = this.#step(key, key, index);
    if (production?.event !== 'element') return;
    if (production.unbounded && index >= LIMITS.unboundedList)
      this.#encoder.fail(`over ${LIMITS.unboundedList} ${key}`);
    this.#encoder.element(key, production.content, value, index);
    this.#state = production.next;
    if (production.full) {
      if (++this.#count === production.limit) this.#state = production.full;
    } else if (production.count > 0) this.#count = production.count;
  }

  end(): void {
    if (this.#state.end < 0) this.#encoder.fail(missing(this.#state));
    this.#encoder.writer.bits(this.#state.end, this.#state.bits);
  }
}
