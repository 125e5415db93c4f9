import type {
  AttributeProduction,
  ElementProduction,
  Production,
  State,
  TextProduction,
  TypeGrammar,
} from '../grammar/state.ts';

/** The end of the element as the target of an event code. */
export const END = -1;
/** An event code that compiled code leaves to the interpreter. */
export const REFUSED = -2;
/** One more value of the list whose loop the state is. */
export const AGAIN = -3;

/** One field that an event code leads to, in one place of the grammar. */
export interface Step {
  /** Its place in `Plan.steps`. */
  index: number;
  /** The place of its key in `TypeGrammar.fields`. */
  readonly field: number;
  readonly production: ElementProduction | AttributeProduction | TextProduction;
  readonly list: ListStep | undefined;
  /** The states that may follow. */
  readonly exits: readonly State[];
}

/** A list: `min` values one after the other, then the loop until it is full. */
export interface ListStep {
  readonly min: number;
  readonly max: number;
  /** Where one more value or something else may come; none where `min` is `max`. */
  readonly loop: State | undefined;
  /** After `max` values. */
  readonly full: State | undefined;
}

/** The states of a type without cycles but those of lists: each step leads to later fields only. */
export interface Plan {
  readonly grammar: TypeGrammar;
  /** In the order of the wire. */
  readonly steps: readonly Step[];
  /** By event code: the index of a step, or one of the constants above. */
  targets(state: State): readonly number[];
}

/** A list from its first production on; what does not look like one is taken as a single value. */
function listFrom(first: ElementProduction): ListStep {
  let at = first;
  for (let seen = 1; ; seen++) {
    if (at.full) return { min: 0, max: 0, loop: undefined, full: at.next }; // inside a loop: not reached
    const again: Production | undefined =
      at.next.productions[at.next.codes.get(first.key) ?? REFUSED];
    const same =
      again?.event === 'element' && again.qname === first.qname && again.content === first.content;
    if (at.count > 0 && same && again.full && again.next === at.next)
      return { min: seen, max: again.limit, loop: at.next, full: again.full };
    if (at.count > 0 || !same || again.full || at.next.productions.length > 1)
      return { min: seen, max: seen, loop: undefined, full: at.next };
    at = again;
  }
}

class Planner {
  readonly #grammar: TypeGrammar;
  readonly #fields: ReadonlyMap<string, number>;
  readonly #found = new Map<State, (Step | typeof END | typeof REFUSED | typeof AGAIN)[]>();
  readonly #steps = new Map<State, Step[]>();
  /** The latest field that leads to a state. */
  readonly #rank = new Map<State, number>();

  readonly #ending = new Map<State, boolean>();
  /** The lists that a state is the loop of. */
  readonly #loops = new Map<State, Set<Step>>();

  constructor(grammar: TypeGrammar) {
    this.#grammar = grammar;
    this.#fields = new Map(grammar.fields.map(({ key }, i) => [key, i]));
  }

  plan(): Plan {
    const { start } = this.#grammar;
    this.#explore(start, undefined);
    const steps = this.#reached(start).toSorted((a, b) => a.field - b.field);
    steps.forEach((step, index) => (step.index = index));
    const targets = new Map<State, readonly number[]>();
    for (const [state, found] of this.#found)
      targets.set(
        state,
        found.map((one) =>
          typeof one === 'number' ? one : this.#leadsOn(state, one) ? one.index : REFUSED,
        ),
      );
    return { grammar: this.#grammar, steps, targets: (state) => targets.get(state) ?? [] };
  }

  #reached(start: State): Step[] {
    const steps = new Set<Step>();
    const seen = new Set<State>();
    const walk = (state: State): void => {
      if (seen.has(state)) return;
      seen.add(state);
      for (const one of this.#found.get(state) ?? [])
        if (typeof one === 'object' && this.#leadsOn(state, one)) {
          steps.add(one);
          one.exits.forEach(walk);
        }
    };
    walk(start);
    return [...steps];
  }

  /** A group that repeats leads back to earlier fields; the members of a group that does share one loop. */
  #leadsOn(state: State, step: Step): boolean {
    const loop = step.list?.loop;
    return (
      step.field > (this.#rank.get(state) ?? -1) &&
      (!loop || this.#loops.get(loop)?.size === 1) &&
      step.exits.some((exit) => this.#ends(exit))
    );
  }

  /** Whether the end of the element can be reached: the fields on the way only go up. */
  #ends(state: State): boolean {
    let ends = this.#ending.get(state);
    if (ends === undefined) {
      const found = this.#found.get(state) ?? [];
      ends = found.some((one) =>
        typeof one === 'object' ? this.#leadsOn(state, one) : one === END,
      );
      this.#ending.set(state, ends);
    }
    return ends;
  }

  #explore(state: State, from: Step | undefined): void {
    this.#rank.set(state, Math.max(this.#rank.get(state) ?? -1, from?.field ?? -1));
    if (this.#found.has(state)) return;
    const found: (Step | typeof END | typeof REFUSED | typeof AGAIN)[] = [];
    this.#found.set(state, found);
    for (const production of state.productions)
      found.push(this.#target(production, state, from?.list?.loop === state ? from : undefined));
    for (const one of found)
      if (typeof one === 'object') for (const exit of one.exits) this.#explore(exit, one);
  }

  #target(production: Production, state: State, loop: Step | undefined) {
    if (production.event === 'end') return END;
    if (production.event === 'any') return REFUSED;
    if (production.event === 'text' && !production.type) return REFUSED;
    if (production.event === 'element') {
      if (production.dropped) return REFUSED;
      if (loop && production.next === state && production.key === keyOf(loop.production))
        return AGAIN;
      if (production.full) return REFUSED;
    }
    return this.#step(production as Step['production']);
  }

  #step(production: Step['production']): Step {
    const known = this.#steps.get(production.next) ?? [];
    this.#steps.set(production.next, known);
    const key = keyOf(production);
    const same = known.find(
      ({ production: one }) =>
        one.event === production.event &&
        keyOf(one) === key &&
        (one.event !== 'element' ||
          (production.event === 'element' && one.qname === production.qname)),
    );
    if (same) return same;
    const list =
      production.event === 'element' && production.list ? listFrom(production) : undefined;
    const exits = list
      ? [list.loop, list.full].filter((state) => state !== undefined)
      : [production.next];
    const field = this.#fields.get(key) ?? REFUSED;
    const step: Step = { index: REFUSED, field, production, list, exits };
    known.push(step);
    if (list?.loop) this.#loops.set(list.loop, (this.#loops.get(list.loop) ?? new Set()).add(step));
    return step;
  }
}

/** The alternatives of a type that holds one child at most. */
export function pureChoice(plan: Plan): readonly Step[] | undefined {
  const { steps, grammar } = plan;
  const alone = steps.every(
    (step) =>
      step.production.event === 'element' &&
      !step.list &&
      plan.targets(step.exits[0] as State).every((target) => target === END),
  );
  const begun = plan.targets(grammar.start).filter((target) => target >= 0).length;
  return steps.length > 1 && alone && begun === steps.length ? steps : undefined;
}

/** The key under which the value of a production stands. */
export const keyOf = (production: Step['production']): string =>
  production.event === 'text' ? 'value' : production.key;

const plans = new WeakMap<TypeGrammar, Plan>();

/** What compiled code does for a type; made once. */
export function planOf(grammar: TypeGrammar): Plan {
  let plan = plans.get(grammar);
  if (!plan) plans.set(grammar, (plan = new Planner(grammar).plan()));
  return plan;
}
