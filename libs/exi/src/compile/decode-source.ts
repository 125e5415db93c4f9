import { type Coding, codingOf } from '../codec/coding.ts';
import type { FacetMode } from '../codec/facets.ts';
import { LIMITS } from '../codec/limits.ts';
import type { State, TypeGrammar } from '../grammar/state.ts';
import { FunctionSource, quoted } from './function-source.ts';
import { inlined, takesIn } from './inlined.ts';
import { AGAIN, END, type Plan, planOf, pureChoice, REFUSED, type Step } from './plan.ts';
import { ReadRun } from './read-run.ts';
import { readValue } from './read-value.ts';
import { variantsOf } from './variants.ts';

/**
 * Writes the function that reads the content of elements of one type. It works on the shared input, from the bit
 * `R[0]` on, and throws `X` at any surprise; reading beyond the end is found by its caller.
 */
export class DecodeSource {
  readonly source = new FunctionSource();
  readonly #run = new ReadRun(this.source);
  readonly #mode: FacetMode;
  readonly #takesIn: boolean;

  constructor(grammar: TypeGrammar, mode: FacetMode) {
    this.#mode = mode;
    this.#takesIn = takesIn(grammar);
    const { source } = this;
    source.line('let p = R[0], w = 0;');
    const result = this.#complex(planOf(grammar));
    this.#run.flush();
    source.line(`const r = ${result};`);
    source.line('R[0] = p;');
    source.line('return r;');
  }

  /** The content of an element after its start; an expression for its value, good after the next flush. */
  #element(grammar: TypeGrammar): string {
    const run = this.#run;
    if (grammar.simple) {
      run.fixed(0, grammar.start.bits);
      const value = this.#value(codingOf(grammar.simple));
      run.fixed(0, 1);
      return value;
    }
    if (this.#takesIn && inlined(grammar)) return this.#complex(planOf(grammar));
    run.flush();
    const { source } = this;
    const name = source.fresh('x');
    source.line('R[0] = p;');
    source.line(`const ${name} = ${source.child(grammar)}();`);
    source.line('p = R[0];');
    return name;
  }

  #value(coding: Coding): string {
    return readValue(coding, this.#mode, this.source, this.#run);
  }

  #complex(plan: Plan): string {
    const choice = pureChoice(plan);
    return choice ? this.#choice(plan, choice) : this.#fields(plan);
  }

  /** One of many children and nothing else, such as the body of a message: its value is made on the spot. */
  #choice(plan: Plan, steps: readonly Step[]): string {
    const { source } = this;
    const run = this.#run;
    const { start, fields } = plan.grammar;
    const result = source.fresh('r');
    const code = run.field(start.bits);
    run.flush();
    source.line(`let ${result};`);
    source.line(`switch (${code}) {`);
    plan.targets(start).forEach((target, of) => {
      const step = steps[target];
      if (target !== END && !step) return;
      source.line(`case ${of}: {`);
      if (step) {
        const value = this.#step(plan, step);
        run.fixed((step.exits[0] as State).end, (step.exits[0] as State).bits);
        run.flush();
        source.line(`${result} = {${quoted(fields[step.field]?.key ?? '')}: ${value}};`);
      } else source.line(`${result} = {};`);
      source.line('break; }');
    });
    source.line('default: throw X;');
    source.line('}');
    return result;
  }

  /** Field after field: `t` holds the step that the last event code leads to, wherever several may follow. */
  #fields(plan: Plan): string {
    const { source } = this;
    const run = this.#run;
    const { steps, grammar } = plan;
    const variants = variantsOf(plan);
    const locals = grammar.fields.map(() => source.fresh('f'));
    const exact = new Map<number, string>();
    const conditional = steps.filter((step) => !variants.always(step));
    const t = source.fresh('t');
    if (conditional.length > 0) {
      run.flush();
      source.line(`let ${t} = 0;`);
      const mutable = [...new Set(conditional.map((step) => locals[step.field] as string))];
      source.line(`let ${mutable.join(', ')};`);
    }
    let ahead = this.#dispatch(plan, grammar.start, t);
    for (const group of groupsOf(plan)) {
      const [only] = group;
      if (only && group.length === 1 && variants.always(only)) {
        exact.set(only.field, this.#step(plan, only, t));
        ahead = this.#after(plan, only, t);
        continue;
      }
      run.flush();
      const reachable = group.filter((step) => ahead.has(step.index));
      if (reachable.length > 1) source.line(`switch (${t}) {`);
      for (const step of reachable) {
        source.line(
          reachable.length > 1 ? `case ${step.index}: {` : `if (${t} === ${step.index}) {`,
        );
        const value = this.#step(plan, step, t);
        const exits = this.#after(plan, step, t);
        run.flush();
        source.line(`${locals[step.field]} = ${value};`);
        source.line(reachable.length > 1 ? 'break; }' : '}');
        for (const one of exits) ahead.add(one);
      }
      if (reachable.length > 1) source.line('}');
      for (const step of group) ahead.delete(step.index);
    }
    return variants.literal(source, (field) => exact.get(field) ?? (locals[field] as string));
  }

  /** The value of one field; a list up to the point where its last state is known. */
  #step(plan: Plan, step: Step, t = ''): string {
    const { production } = step;
    if (production.event === 'attribute') return this.#value(codingOf(production.type));
    if (production.event === 'text')
      return this.#value(codingOf(production.type as NonNullable<typeof production.type>));
    return step.list ? this.#list(plan, step, t) : this.#element(production.content);
  }

  #list(plan: Plan, step: Step, t: string): string {
    const { source } = this;
    const run = this.#run;
    const { production, list } = step;
    if (production.event !== 'element' || !list) return 'undefined';
    run.flush();
    const values = source.fresh('a');
    source.line(`const ${values} = [];`);
    source.line('for (;;) {');
    const value = this.#element(production.content);
    run.flush();
    source.line(`${values}.push(${value});`);
    if (list.min > 1) {
      source.line(`if (${values}.length < ${list.min}) {`);
      run.fixed(0, 1);
      run.flush();
      source.line('continue; }');
    }
    if (list.full && Number.isFinite(list.max)) {
      source.line(`if (${values}.length === ${list.max}) {`);
      this.#dispatch(plan, list.full, t);
      run.flush();
      source.line('break; }');
    }
    source.line('if (p > R[1]) throw X;');
    if (list.loop) {
      this.#dispatch(plan, list.loop, t, `${values}.length`, production.unbounded);
      run.flush();
    }
    source.line('break; }');
    return values;
  }

  /** What may follow a step: for a list that is settled already. */
  #after(plan: Plan, step: Step, t: string): Set<number> {
    if (!step.list) return this.#dispatch(plan, step.exits[0] as State, t);
    return new Set(step.exits.flatMap((exit) => plan.targets(exit)).filter((one) => one >= END));
  }

  /** Reads an event code and sets `t` to the step that it leads to, where there is more than one. */
  #dispatch(plan: Plan, state: State, t: string, count?: string, unbounded = false): Set<number> {
    const { source } = this;
    const run = this.#run;
    const targets = plan.targets(state);
    const known = new Set(targets.filter((one) => one >= END));
    if (count === undefined && known.size === 1) {
      const code = targets.findIndex((one) => one !== REFUSED);
      run.fixed(code, state.bits);
      if (this.#needsTarget(plan)) run.after(`${t} = ${targets[code]};`);
      return known;
    }
    if (known.size === 0) {
      run.after('throw X;');
      return known;
    }
    const code = run.field(state.bits);
    if (count !== undefined) {
      const limit = unbounded ? `if (${count} >= ${LIMITS.unboundedList}) throw X; ` : '';
      run.after(`if (${code} === ${targets.indexOf(AGAIN)}) { ${limit}continue; }`);
    }
    if (known.size === 1) {
      const only = targets.findIndex((one) => one >= END);
      run.after(`if (${code} !== ${only}) throw X;`);
      if (this.#needsTarget(plan)) run.after(`${t} = ${targets[only]};`);
      return known;
    }
    const table = source.constant(padded(targets, 2 ** state.bits));
    run.after(`${t} = ${table}[${code}];`);
    if (targets.length < 2 ** state.bits || targets.includes(REFUSED))
      run.after(`if (${t} === ${REFUSED}) throw X;`);
    return known;
  }

  #needsTarget(plan: Plan): boolean {
    const variants = variantsOf(plan);
    return plan.steps.some((step) => !variants.always(step));
  }
}

const padded = (targets: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, code) => targets[code] ?? REFUSED);

/** Steps in their order; those that exclude each other stand together. */
function groupsOf(plan: Plan): Step[][] {
  const after = new Map<Step, Set<number>>();
  for (const step of plan.steps.toReversed()) {
    const reach = new Set<number>();
    for (const exit of step.exits)
      for (const target of plan.targets(exit)) {
        if (target < 0 || reach.has(target)) continue; // with it, all that it leads to
        reach.add(target);
        for (const further of after.get(plan.steps[target] as Step) ?? []) reach.add(further);
      }
    after.set(step, reach);
  }
  const groups: Step[][] = [];
  for (const step of plan.steps) {
    const last = groups.at(-1);
    if (last && !last.some((one) => after.get(one)?.has(step.index))) last.push(step);
    else groups.push([step]);
  }
  return groups;
}
