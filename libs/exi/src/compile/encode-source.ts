import { codingOf } from '../codec/coding.ts';
import type { FacetMode } from '../codec/facets.ts';
import { LIMITS } from '../codec/limits.ts';
import type { State, TypeGrammar } from '../grammar/state.ts';
import { SCRATCH } from './bail.ts';
import { FunctionSource, quoted } from './function-source.ts';
import { inlined, takesIn } from './inlined.ts';
import { AGAIN, END, type Plan, planOf, pureChoice, type Step } from './plan.ts';
import { WriteRun } from './write-run.ts';
import { writeValue } from './write-value.ts';

/** The states that a value may have led to when a field is looked at; `s` tells them apart where there are several. */
type States = readonly State[];

/**
 * Writes the function that writes the content of elements of one type. It goes on from the bit `R[0]` of the shared
 * output, and throws `X` for every value that is not plainly right.
 */
export class EncodeSource {
  readonly source = new FunctionSource();
  readonly #run = new WriteRun(this.source);
  readonly #mode: FacetMode;
  readonly #takesIn: boolean;

  constructor(grammar: TypeGrammar, mode: FacetMode) {
    this.#mode = mode;
    this.#takesIn = takesIn(grammar);
    const { source } = this;
    source.line('let p = R[0], A = R[1], w = 0, b = 0;');
    this.#complex(planOf(grammar), 'o');
    this.#run.flush();
    source.line('R[0] = p; R[1] = A;');
  }

  #element(grammar: TypeGrammar, value: string): void {
    const run = this.#run;
    if (grammar.simple) {
      run.fixed(0, grammar.start.bits);
      writeValue(codingOf(grammar.simple), value, this.#mode, this.source, run);
      run.fixed(0, 1);
    } else if (this.#takesIn && inlined(grammar)) this.#complex(planOf(grammar), value);
    else {
      run.flush();
      this.source.line('R[0] = p; R[1] = A;');
      this.source.line(`${this.source.child(grammar)}(${value});`);
      this.source.line('p = R[0]; A = R[1];');
    }
  }

  #complex(plan: Plan, value: string): void {
    const { source } = this;
    source.line(
      `if (typeof ${value} !== 'object' || ${value} === null || Array.isArray(${value})) throw X;`,
    );
    const choice = pureChoice(plan);
    if (choice) this.#choice(plan, choice, value);
    else this.#fields(plan, value);
  }

  /** One of many children and nothing else: the one key that is there says which. */
  #choice(plan: Plan, steps: readonly Step[], value: string): void {
    const { source } = this;
    const run = this.#run;
    const { start, fields } = plan.grammar;
    const targets = plan.targets(start);
    const key = source.fresh('k');
    const child = source.fresh('x');
    const count = source.fresh('n');
    source.line(`if (Object.getPrototypeOf(${value}) !== Object.prototype) throw X;`);
    source.line(`let ${key}, ${child}, ${count} = 0;`);
    source.line(`for (const k in ${value}) {`);
    source.line(`const x = ${value}[k]; ${count}++;`);
    source.line(
      `if (x !== undefined) { if (${key} !== undefined) throw X; ${key} = k; ${child} = x; } }`,
    );
    // a key that is not enumerable counts as well
    source.line(`if (Object.getOwnPropertyNames(${value}).length !== ${count}) throw X;`);
    run.flush();
    const keys = new Map<string | undefined, number>(
      steps.map((step) => [fields[step.field]?.key ?? '', step.index]),
    );
    if (targets.includes(END)) keys.set(undefined, END);
    source.line(`switch (${source.constant(keys)}.get(${key})) {`);
    targets.forEach((target, code) => {
      const step = steps[target];
      if (target !== END && !step) return;
      source.line(`case ${target}: {`);
      run.fixed(code, start.bits);
      if (step?.production.event === 'element') {
        const [exit] = step.exits;
        this.#element(step.production.content, child);
        run.fixed(exit?.end ?? 0, exit?.bits ?? 0);
      }
      run.flush();
      source.line('break; }');
    });
    source.line('default: throw X; }');
  }

  #fields(plan: Plan, value: string): void {
    const { source } = this;
    const { fields } = plan.grammar;
    const i = source.fresh('i');
    const keys = source.constant([...fields.map(({ key }) => key), undefined]);
    source.line(`let ${i} = 0;`);
    source.line(
      `for (const k in ${value}) ${i} = k === ${keys}[${i}] ? ${i} + 1 : KEY(${keys}, k, ${i}, ${value});`,
    );
    const branches = new Branches(plan, source, this.#run);
    fields.forEach(({ key, list }, field) => {
      const content = source.fresh('f');
      source.line(`const ${content} = ${value}[${quoted(key)}];`);
      if (list) this.#list(plan, field, content, branches);
      else this.#single(plan, field, content, branches);
    });
    branches.end();
  }

  #single(plan: Plan, field: number, value: string, branches: Branches): void {
    const { source } = this;
    const found = branches.of(field);
    const [first] = found;
    if (!first || !found.every((step) => alike(step, first)))
      return source.line(`if (${value} !== undefined) throw X;`);
    const sure = branches.must(field);
    if (!sure) {
      this.#run.flush();
      source.line(`if (${value} !== undefined) {`);
    }
    branches.take(field);
    const { production } = first;
    if (production.event === 'element') this.#element(production.content, value);
    else {
      const type = production.type as NonNullable<typeof production.type>;
      writeValue(codingOf(type), value, this.#mode, source, this.#run);
    }
    branches.leave(field);
    if (!sure) {
      this.#run.flush();
      source.line('}');
    }
    branches.join(sure);
  }

  #list(plan: Plan, field: number, value: string, branches: Branches): void {
    const { source } = this;
    const run = this.#run;
    const [step, ...others] = branches.of(field);
    const count = source.fresh('n');
    source.line(`if (${value} !== undefined && !Array.isArray(${value})) throw X;`);
    source.line(`const ${count} = ${value} === undefined ? 0 : ${value}.length;`);
    if (!step?.list || others.length > 0 || step.production.event !== 'element')
      return source.line(`if (${count} > 0) throw X;`);
    const { min, max, loop, full } = step.list;
    const sure = branches.must(field);
    run.flush();
    if (!sure) source.line(`if (${count} > 0) {`);
    source.line(`if (${count} < ${min}) throw X;`);
    const most = step.production.unbounded ? Math.min(max, LIMITS.unboundedList) : max;
    source.line(`if (${count} > ${most}) throw X;`);
    branches.take(field);
    run.flush();
    const index = source.fresh('i');
    const item = source.fresh('x');
    source.line(`for (let ${index} = 0;;) {`);
    source.line(`const ${item} = ${value}[${index}];`);
    this.#element(step.production.content, item);
    run.flush();
    source.line(`if (++${index} === ${count}) break;`);
    source.line(`if (p > ${SCRATCH * 8}) throw X;`);
    const again = loop ? plan.targets(loop).indexOf(AGAIN) : -1;
    if (min > 1) {
      source.line(`if (${index} < ${min}) {`);
      run.fixed(0, 1);
      run.flush();
      source.line('} else {');
    }
    if (loop) run.fixed(again, loop.bits);
    run.flush();
    source.line(min > 1 ? '} }' : '}');
    branches.leaveList(step, `${count} === ${max}`, loop, full);
    run.flush();
    if (!sure) source.line('}');
    branches.join(sure);
  }
}

/** Whether two places of one key take the same values. */
function alike(a: Step, b: Step): boolean {
  const [one, other] = [a.production, b.production];
  if (one.event === 'element') return other.event === 'element' && one.content === other.content;
  return one.event === other.event && one.type === other.type;
}

/** What goes on from a state. */
interface Ways {
  /** By field, in the order of the event codes. */
  readonly steps: ReadonlyMap<number, readonly Step[]>;
  /** By field, the first event code that leads to it. */
  readonly codes: ReadonlyMap<number, number>;
  /** Whether the element may end. */
  readonly ends: boolean;
}

function waysOf(plan: Plan, state: State): Ways {
  const steps = new Map<number, Step[]>();
  const codes = new Map<number, number>();
  const targets = plan.targets(state);
  targets.forEach((target, code) => {
    const step = plan.steps[target];
    if (!step) return;
    const known = steps.get(step.field);
    if (known) known.push(step);
    else {
      steps.set(step.field, [step]);
      codes.set(step.field, code);
    }
  });
  return { steps, codes, ends: targets.includes(END) };
}

/** Keeps, while the fields of a type are gone through, what state each way through them leads to. */
class Branches {
  readonly #plan: Plan;
  readonly #source: FunctionSource;
  readonly #run: WriteRun;
  readonly #ordinals = new Map<State, number>();
  readonly #ways = new Map<State, Ways>();
  readonly #s: string;
  #states: States;
  #next: State[] = [];

  constructor(plan: Plan, source: FunctionSource, run: WriteRun) {
    this.#plan = plan;
    this.#source = source;
    this.#run = run;
    this.#s = source.fresh('s');
    this.#states = [plan.grammar.start];
    source.line(`let ${this.#s} = 0;`);
    this.#ordinal(plan.grammar.start);
  }

  #ordinal(state: State): number {
    const known = this.#ordinals.get(state);
    if (known !== undefined) return known;
    this.#ordinals.set(state, this.#ordinals.size);
    return this.#ordinals.size - 1;
  }

  #waysOf(state: State): Ways {
    let ways = this.#ways.get(state);
    if (!ways) this.#ways.set(state, (ways = waysOf(this.#plan, state)));
    return ways;
  }

  /** The steps that a field may take, one at most from each state. */
  of(field: number): Step[] {
    return [
      ...new Set(this.#states.flatMap((state) => this.#waysOf(state).steps.get(field) ?? [])),
    ];
  }

  /** Whether nothing but this field can go on from here. */
  must(field: number): boolean {
    return this.#states.every((state) => {
      const { steps, ends } = this.#waysOf(state);
      return !ends && (steps.size === 0 || (steps.size === 1 && steps.has(field)));
    });
  }

  /** Writes the event code of the field. */
  take(field: number): void {
    this.#code((state) => this.#waysOf(state).codes.get(field) ?? -1);
  }

  #code(codeIn: (state: State) => number): void {
    const states = this.#states;
    const [first] = states;
    const codes = states.map((state) => ({ code: codeIn(state), bits: state.bits }));
    const [one] = codes;
    if (!first || !one) return;
    if (codes.every(({ code, bits }) => code >= 0 && code === one.code && bits === one.bits))
      return this.#run.fixed(one.code, one.bits);
    const table = Array.from({ length: this.#ordinals.size }, () => -1);
    states.forEach((state, i) => {
      const { code, bits } = codes[i] ?? one;
      if (code >= 0) table[this.#ordinal(state)] = (bits << 16) | code;
    });
    const c = this.#source.fresh('y');
    this.#run.flush();
    const ordinal = states.length === 1 ? String(this.#ordinal(first)) : this.#s;
    this.#source.line(`const ${c} = ${this.#source.constant(table)}[${ordinal}];`);
    this.#source.line(`if (${c} < 0) throw X;`);
    this.#run.dynamic(`${c}`, `(${c} >>> 16)`);
  }

  /** After the field: one state, or one for each of the states before. */
  leave(field: number): void {
    const exits = this.#states.map((state) => this.#waysOf(state).steps.get(field)?.[0]?.exits[0]);
    this.#next = [...new Set(exits)].filter((state) => state !== undefined);
    const ordinals = this.#next.map((state) => this.#ordinal(state));
    if (ordinals.length === 1) return this.#source.line(`${this.#s} = ${ordinals[0]};`);
    const table: number[] = [];
    this.#states.forEach((state, i) => {
      const exit = exits[i];
      if (exit) table[this.#ordinal(state)] = this.#ordinal(exit);
    });
    this.#source.line(`${this.#s} = ${this.#source.constant(table)}[${this.#s}];`);
  }

  leaveList(step: Step, isFull: string, loop: State | undefined, full: State | undefined): void {
    const [first, second] = [loop ?? full, full ?? loop] as [State, State];
    this.#source.line(
      loop && full && Number.isFinite(step.list?.max)
        ? `${this.#s} = ${isFull} ? ${this.#ordinal(second)} : ${this.#ordinal(first)};`
        : `${this.#s} = ${this.#ordinal(first)};`,
    );
    this.#next = loop && full && Number.isFinite(step.list?.max) ? [first, second] : [first];
  }

  /** Where the ways with and without the field meet. */
  join(sure: boolean): void {
    this.#states = sure ? this.#next : [...new Set([...this.#states, ...this.#next])];
  }

  end(): void {
    this.#code((state) => (this.#waysOf(state).ends ? state.end : -1));
  }
}
