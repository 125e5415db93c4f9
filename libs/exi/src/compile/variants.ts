import type { State } from '../grammar/state.ts';
import { compiled, type FunctionSource, quoted } from './function-source.ts';
import { END, type Plan, type Step } from './plan.ts';

/** As many sets of keys are written out; where there may be more, one is made for each that occurs. */
const WRITTEN = 8;
/** As many fields have a bit each in a number; an object that may have more is made key by key. */
const BITS = 53;

/** The fields of a type that may be there together, for objects whose absent keys are absent. */
export class Variants {
  readonly #plan: Plan;
  readonly #always = new Set<Step>();
  /** Each a set of fields; `undefined` where there are too many. */
  readonly #sets: readonly ReadonlySet<number>[] | undefined;
  /** The same for every function of the type, whatever its facet mode. */
  #makers: Makers | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    for (const step of plan.steps) if (!endsWithout(plan, step)) this.#always.add(step);
    this.#sets = setsOf(plan);
  }

  /** Whether no value of the type can do without. */
  always(step: Step): boolean {
    return this.#always.has(step);
  }

  /** An expression that makes the object; `value` gives that of a field, `undefined` where it is absent. */
  literal(source: FunctionSource, value: (field: number) => string): string {
    const fields = [...new Set(this.#plan.steps.map((step) => step.field))];
    const sure = new Set([...this.#always].map((step) => step.field));
    const { fields: all } = this.#plan.grammar;
    const key = (field: number): string => quoted(all[field]?.key ?? '');
    const object = (set: ReadonlySet<number>): string =>
      `{${fields
        .filter((field) => set.has(field))
        .map((field) => `${key(field)}: ${value(field)}`)
        .join(', ')}}`;
    if (this.#sets) {
      const written = (sets: readonly ReadonlySet<number>[]): string => {
        const [first] = sets;
        if (!first) return '{}';
        const by = fields.find((field) => sets.some((set) => set.has(field) !== first.has(field)));
        if (by === undefined) return object(first);
        const [having, lacking] = [
          sets.filter((set) => set.has(by)),
          sets.filter((set) => !set.has(by)),
        ];
        return `(${value(by)} !== undefined ? ${written(having)} : ${written(lacking)})`;
      };
      return written(this.#sets);
    }
    const maybe = fields.map((field) => !sure.has(field));
    this.#makers ??= new Makers(fields.map((field) => all[field]?.key ?? ''));
    const makers = source.constant(this.#makers);
    if (fields.length > BITS) return `${makers}.any(${fields.map(value).join(', ')})`;
    const bits = fields.map((field, i) =>
      maybe[i] ? `(${value(field)} === undefined ? 0 : ${2 ** i})` : `${2 ** i}`,
    );
    return `${makers}.of(${bits.join(' + ')})(${fields.map(value).join(', ')})`;
  }
}

/** Whether the end is reached without the step. */
function endsWithout(plan: Plan, step: Step): boolean {
  const seen = new Set<State>();
  const ends = (state: State): boolean => {
    if (seen.has(state)) return false;
    seen.add(state);
    return plan
      .targets(state)
      .some(
        (target) =>
          target === END ||
          (target >= 0 && target !== step.index && (plan.steps[target] as Step).exits.some(ends)),
      );
  };
  return ends(plan.grammar.start);
}

/** All sets of fields that may be there together, if they are few. */
function setsOf(plan: Plan): readonly ReadonlySet<number>[] | undefined {
  const known = new Map<State, readonly (readonly number[])[] | undefined>();
  /** What may follow a state. Each is part of another whole set: where these are too many, those are. */
  const following = (state: State): readonly (readonly number[])[] | undefined => {
    if (known.has(state)) return known.get(state);
    const found = new Map<string, readonly number[]>();
    const few = plan.targets(state).every((target) => {
      if (target === END) found.set('', []);
      if (target < 0) return true;
      const step = plan.steps[target] as Step;
      return step.exits.every((exit) => {
        const rests = following(exit);
        for (const rest of rests ?? []) {
          const set = [step.field, ...rest];
          found.set(set.join(), set);
        }
        return rests && found.size <= WRITTEN;
      });
    });
    const sets = few && found.size <= WRITTEN ? [...found.values()] : undefined;
    known.set(state, sets);
    return sets;
  };
  return following(plan.grammar.start)?.map((set) => new Set(set));
}

type Maker = (...values: readonly unknown[]) => object;

/** Functions that make objects of one type, one for each set of keys that occurs. */
export class Makers {
  readonly #keys: readonly string[];
  readonly #made = new Map<number, Maker>();

  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  /** By a bit for each key. */
  of(bits: number): Maker {
    return this.#made.get(bits) ?? this.#make(bits);
  }

  #make(bits: number): Maker {
    if (this.#made.size >= MADE) return this.any;
    const names = this.#keys.map((_, i) => `v${i}`);
    const held = this.#keys.flatMap((key, i) =>
      Math.floor(bits / 2 ** i) % 2 === 1 ? [`${quoted(key)}: v${i}`] : [],
    );
    compiled.functions++;
    const maker = new Function(...names, `return {${held.join(', ')}};`) as Maker;
    this.#made.set(bits, maker);
    return maker;
  }

  /** Makes an object with whatever keys it has. */
  readonly any: Maker = (...values) => {
    const object: Record<string, unknown> = {};
    this.#keys.forEach((key, i) => {
      if (values[i] !== undefined) object[key] = values[i];
    });
    return object;
  };
}

/** No stream makes more functions than so many for a type. */
const MADE = 16;

const known = new WeakMap<Plan, Variants>();

export function variantsOf(plan: Plan): Variants {
  let variants = known.get(plan);
  if (!variants) known.set(plan, (variants = new Variants(plan)));
  return variants;
}
