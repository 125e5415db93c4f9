import { type Production, type State, type TypeGrammar } from '../grammar/state.ts';
import { grammarOf } from '../grammar/type-grammar.ts';
import type { AnyType } from '../schema/complex-type.ts';

/**
 * Counts which productions of the grammars of given types the encoding of values takes, and which lists were filled
 * to their ends. Productions that no value has (untyped text, foreign elements, abstract heads, and what leads to
 * nothing but these) do not count.
 */
export class GrammarCoverage {
  readonly #all = new Map<object, string>();
  readonly #taken = new Set<object>();
  readonly #seen = new Set<TypeGrammar>();
  readonly #within = new Map<AnyType, readonly object[]>();

  constructor(types: Iterable<AnyType>) {
    for (const type of types) this.#census(grammarOf(type));
  }

  get all(): number {
    return this.#all.size;
  }

  get taken(): number {
    return this.#taken.size;
  }

  /** Productions and full lists that no value took yet: `type, what, in the state before`. */
  missed(): string[] {
    return [...this.#all].flatMap(([key, name]) => (this.#taken.has(key) ? [] : [name]));
  }

  /** Whether values of this type might take what none did so far. */
  mightAdd(type: AnyType): boolean {
    let keys = this.#within.get(type);
    if (!keys) this.#within.set(type, (keys = [...new GrammarCoverage([type]).#all.keys()]));
    return keys.some((key) => this.#all.has(key) && !this.#taken.has(key));
  }

  /** Counts what writing `value` takes. */
  visit(type: AnyType, value: unknown): void {
    const grammar = grammarOf(type);
    if (grammar.simple) {
      const [text] = grammar.start.productions;
      this.#take(text);
      if (text && 'next' in text) this.#take(text.next.productions[text.next.end]);
      return;
    }
    const fields = value as Readonly<Record<string, unknown>>;
    let state = grammar.start;
    let count = 0;
    const step = (key: string): Production | undefined => {
      const production = state.productions[state.codes.get(key) ?? -1];
      this.#take(production);
      if (production && 'next' in production) state = production.next;
      return production;
    };
    for (const { key, kind, list, type: of } of grammar.fields) {
      const content = fields[key];
      if (content === undefined) continue;
      if (kind === 'attribute') step(`@${key}`);
      else if (kind === 'text') step('#text');
      else
        for (const one of list ? (content as unknown[]) : [content]) {
          const production = step(key);
          if (production?.event !== 'element')
            throw new Error(`${type.name}: ${key} has no place here`);
          this.visit(of, one);
          if (production.full) {
            if (++count === production.limit) {
              state = production.full;
              this.#take(full(production));
            }
          } else if (production.count > 0) ({ count } = production);
        }
    }
    this.#take(state.productions[state.end]);
  }

  #take(key: object | undefined): void {
    if (key && this.#all.has(key)) this.#taken.add(key);
  }

  #census(grammar: TypeGrammar): void {
    if (this.#seen.has(grammar)) return;
    this.#seen.add(grammar);
    const { type } = grammar;
    const states = new Set<State>([grammar.start]);
    for (const state of states)
      for (const production of state.productions) {
        if (!writable(production)) continue;
        const name = production.event === 'element' ? production.key : '';
        const at = state.productions.map((one) => ('key' in one ? one.key : one.event)).join('|');
        this.#all.set(production, `${type.name}, ${production.event} ${name}, in ${at}`);
        if (production.event === 'element') {
          this.#census(production.content);
          if (production.full && production.limit < Infinity) {
            this.#all.set(full(production), `${type.name}, ${name} full`);
            states.add(production.full);
          }
        }
        if ('next' in production) states.add(production.next);
      }
  }
}

const fulls = new WeakMap<Production, object>();
function full(production: Production): object {
  let key = fulls.get(production);
  if (!key) fulls.set(production, (key = {}));
  return key;
}

/** Whether a value may end from this state on. */
function endable(from: State): boolean {
  const reached = new Set<State>([from]);
  for (const state of reached)
    for (const production of state.productions) {
      if (production.event === 'end') return true;
      if (fits(production)) reached.add(production.next);
    }
  return false;
}

const writables = new WeakMap<Production, boolean>();

function writable(production: Production): boolean {
  if (production.event === 'end') return true;
  let known = writables.get(production);
  if (known === undefined)
    writables.set(production, (known = fits(production) && endable(production.next)));
  return known;
}

const contents = new WeakMap<TypeGrammar, boolean>();

/** Whether values have what this production stands for. */
function fits(production: Exclude<Production, { event: 'end' }>): boolean {
  if (production.event === 'any' || (production.event === 'text' && !production.type)) return false;
  if (production.event !== 'element') return true;
  if (production.dropped) return false;
  const { content } = production;
  let known = contents.get(content);
  if (known === undefined) {
    contents.set(content, false); // a type within itself is no way to its end
    contents.set(content, (known = endable(content.start)));
  }
  return known;
}
