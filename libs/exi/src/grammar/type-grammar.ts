import type { AnyType, Content } from '../schema/complex-type.ts';
import type { ElementParticle, GroupParticle } from '../schema/particle.ts';
import type { SimpleType } from '../schema/simple-type.ts';
import { fieldsOf } from './fields.ts';
import { type Continuation, Continuations, type Item } from './continuation.ts';
import {
  codeBits,
  type ElementProduction,
  type FieldInfo,
  type Production,
  type State,
  type TypeGrammar,
  type Undeclared,
} from './state.ts';

/** Where in an element a state lies; decides which undeclared productions its escape leads to. */
type Region = 'start' | 'attributes' | 'content';
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Order of productions: attributes, elements, wildcards, end, text. EXI 1.0, 8.5.4.3 */
const RANK = { attribute: 0, element: 1, any: 2, end: 3, text: 4 } as const;

const UNDECLARED: Readonly<Record<Region, readonly Undeclared[]>> = {
  start: ['xsi:type', 'xsi:nil', 'attribute', 'untyped attribute', 'element', 'text'],
  attributes: ['attribute', 'untyped attribute', 'element', 'text'],
  content: ['element', 'text'],
};

type ParticleItem = Extract<Item, { kind: 'particle' }>;

/** How often it was asked what something may begin with. */
export const derived = { steps: 0 };

/** Turns the content of one type into states. EXI 1.0, 8.5.4.1 */
class Builder {
  readonly #continuations = new Continuations();
  readonly #states = new Map<string, State>();
  readonly #mixed: boolean;

  constructor(mixed: boolean) {
    this.#mixed = mixed;
  }

  start(content: Content<unknown>): State {
    const of = this.#continuations;
    let rest: Continuation | null = null;
    if (content.text) rest = of.of({ kind: 'text', type: content.text }, null);
    else if (content.particle) rest = of.chain([content.particle], false, null);
    // [EXI 8.5.4.1.3.2] attributes by local name, whatever order the schema gives
    const sorted = content.attributes.toSorted((a, b) => (a.name < b.name ? 1 : -1));
    for (const use of sorted) rest = of.of({ kind: 'attribute', use }, rest);
    return this.#state(rest, 'start');
  }

  #state(at: Continuation | null, region: Region): State {
    const key = `${at?.id ?? ''}${region}`;
    const known = this.#states.get(key);
    if (known) return known;
    const state: Mutable<State> = {
      productions: [],
      bits: 0,
      undeclared: [],
      undeclaredBits: 0,
      codes: new Map(),
      end: -1,
    };
    this.#states.set(key, state);
    const productions = this.#productions(at);
    state.productions = productions;
    state.end = productions.findIndex((production) => production.event === 'end');
    state.undeclared = state.end < 0 ? ['end', ...UNDECLARED[region]] : UNDECLARED[region];
    state.bits = codeBits(productions.length + 1);
    state.undeclaredBits = codeBits(state.undeclared.length);
    state.codes = codesOf(productions);
    return state;
  }

  #productions(at: Continuation | null): Production[] {
    const found: Production[] = [];
    let rest = at;
    while (rest && this.#first(rest.item, rest.next, found)) rest = rest.next;
    if (!rest) found.push({ event: 'end' });
    // text may stand wherever all attributes may be done
    if (this.#mixed && rest?.item.kind !== 'attribute') {
      let children = at;
      while (children?.item.kind === 'attribute') children = children.next;
      found.push({ event: 'text', type: undefined, next: this.#state(children, 'content') });
    }
    const seen = new Set<string>();
    return found
      .filter((one) => {
        const what = one.event === 'element' || one.event === 'attribute' ? one.qname : one.event;
        return !seen.has(what) && seen.add(what);
      })
      .toSorted((a, b) => RANK[a.event] - RANK[b.event]);
  }

  /** Adds what `item` may begin with; true if it may also be empty. */
  #first(item: Item, rest: Continuation | null, into: Production[]): boolean {
    derived.steps++;
    if (item.kind === 'attribute') {
      const { name, type, required } = item.use;
      const next = this.#state(rest, 'attributes');
      into.push({ event: 'attribute', key: name, qname: `:${name}`, type, next });
      return !required;
    }
    if (item.kind === 'text') {
      into.push({ event: 'text', type: item.type, next: this.#state(null, 'content') });
      return false;
    }
    const { particle, seen } = item;
    const optional = seen === 'loop' || seen >= particle.min;
    if (particle.kind === 'element') into.push(this.#element(particle, item, rest));
    else if (particle.kind === 'any')
      into.push({ event: 'any', next: this.#after(item, rest).next });
    else if (particle.kind === 'substitution')
      for (const one of particle.alternatives) into.push(this.#element(one, item, rest));
    else return this.#group(particle, item, rest, into) || optional;
    return optional;
  }

  #group(
    group: GroupParticle,
    item: ParticleItem,
    rest: Continuation | null,
    into: Production[],
  ): boolean {
    const repeated = item.repeated || group.max > 1;
    // a group that repeats has no upper bound (`refuseUnheld`): its loop needs no counter
    const next = group.max > 1 ? this.#continuations.of({ ...item, seen: 'loop' }, rest) : rest;
    const alternatives = group.kind === 'choice' ? group.items.map((one) => [one]) : [group.items];
    let empty = false;
    for (const items of alternatives) {
      let at: Continuation | null = this.#continuations.chain(items, repeated, next);
      let left = items.length;
      while (left > 0 && at && this.#first(at.item, at.next, into)) {
        at = at.next;
        left--;
      }
      empty ||= left === 0;
    }
    return empty;
  }

  #element(of: ElementParticle, item: ParticleItem, rest: Continuation | null): ElementProduction {
    return {
      event: 'element',
      key: of.name,
      qname: `${of.namespace ?? ''}:${of.name}`,
      content: grammarOf(of.type),
      list: item.repeated || item.particle.max > 1,
      unbounded: item.repeated || item.particle.max === Infinity,
      dropped: of.dropped,
      ...this.#after(item, rest),
    };
  }

  /** The state after one more occurrence, and how the loop counter moves. */
  #after(item: ParticleItem, rest: Continuation | null) {
    const { min, max } = item.particle;
    const content = (at: Continuation | null): State => this.#state(at, 'content');
    const again = (seen: number | 'loop'): State =>
      content(this.#continuations.of({ ...item, seen }, rest));
    if (item.seen === 'loop')
      return { next: again('loop'), count: 0, limit: max, full: content(rest) };
    const seen = item.seen + 1;
    const none = { count: 0, limit: 0, full: undefined };
    if (seen === max) return { next: content(rest), ...none };
    if (seen < min) return { next: again(seen), ...none };
    return { next: again('loop'), count: seen, limit: 0, full: undefined };
  }
}

function codesOf(productions: readonly Production[]): Map<string, number> {
  const codes = new Map<string, number>();
  productions.forEach((production, code) => {
    if (production.event === 'element' && !production.dropped) codes.set(production.key, code);
    if (production.event === 'attribute') codes.set(`@${production.key}`, code);
    if (production.event === 'text' && production.type) codes.set('#text', code);
  });
  return codes;
}

const TEXT_ONLY = { kind: 'content', attributes: [], particle: undefined, mixed: false } as const;

/** The states of a type are made when they are first asked for, those of its children likewise. */
class LazyGrammar implements TypeGrammar {
  readonly type: AnyType;
  readonly simple: SimpleType<unknown> | undefined;
  #start: State | undefined;
  #fields: readonly FieldInfo[] | undefined;
  #fieldByKey: ReadonlyMap<string, FieldInfo> | undefined;

  constructor(type: AnyType) {
    this.type = type;
    this.simple = type.kind === 'simple' ? type : undefined;
  }

  get start(): State {
    if (!this.#start) {
      const { type } = this;
      const content = type.kind === 'complex' ? type.content : { ...TEXT_ONLY, text: type };
      this.#start = new Builder(content.mixed).start(content);
    }
    return this.#start;
  }

  get fields(): readonly FieldInfo[] {
    return (this.#fields ??= this.type.kind === 'complex' ? fieldsOf(this.type.content) : []);
  }

  get fieldByKey(): ReadonlyMap<string, FieldInfo> {
    return (this.#fieldByKey ??= new Map(this.fields.map((field) => [field.key, field])));
  }
}

const grammars = new WeakMap<AnyType, TypeGrammar>();

/** The grammar of the content of a type, one for each. */
export function grammarOf(type: AnyType): TypeGrammar {
  let grammar = grammars.get(type);
  if (!grammar) grammars.set(type, (grammar = new LazyGrammar(type)));
  return grammar;
}
