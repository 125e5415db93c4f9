import type { TypeGrammar } from '../grammar/state.ts';

/** What was compiled so far, in all. */
export const compiled = { functions: 0, characters: 0 };

/** The text of a function under construction, with the objects that it refers to. */
export class FunctionSource {
  readonly #lines: string[] = [];
  readonly constants: unknown[] = [];
  /** Variables that hold the functions of other types. */
  readonly children = new Set<string>();
  readonly #names = new Map<unknown, string>();
  #fresh = 0;

  line(text: string): void {
    this.#lines.push(text);
  }

  /** A name that nothing else has. */
  fresh(prefix: string): string {
    return `${prefix}${this.#fresh++}`;
  }

  /** The name of an object outside the function. */
  constant(value: unknown): string {
    let name = this.#names.get(value);
    if (name === undefined) {
      name = `c${this.constants.length}`;
      this.#names.set(value, name);
      this.constants.push(value);
    }
    return name;
  }

  /** The function of another type, made when it is first called. */
  child(grammar: TypeGrammar): string {
    const of = this.constant(grammar);
    this.children.add(`f${of}`);
    return `(f${of} || (f${of} = T(${of})))`;
  }

  /** The function, with `shared` and the constants in its scope. */
  build(shared: Readonly<Record<string, unknown>>, parameters: string): unknown {
    const body = this.#lines.join('\n');
    const head = [
      "'use strict';",
      ...this.constants.map((_, i) => `const c${i} = C[${i}];`),
      ...[...this.children].map((name) => `let ${name};`),
    ].join('\n');
    const text = `${head}\nreturn (function (${parameters}) {\n${body}\n});`;
    compiled.functions++;
    compiled.characters += text.length;
    return new Function('C', ...Object.keys(shared), text)(
      this.constants,
      ...Object.values(shared),
    );
  }
}

/** A name out of a schema as a literal: never as bare source text. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A left-aligned word with these bits, as a signed literal. */
export const aligned = (value: number, width: number, offset: number): number =>
  width === 0 ? 0 : (value << (32 - width)) >>> offset;
