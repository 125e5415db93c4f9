/**
 * The string values of one stream, for peers that refer back to them although the profile of V2G switches that off
 * (`valuePartitionCapacity` 0). EXI 1.0, 7.3.3
 */
export class StringValues {
  readonly #all: string[] = [];
  readonly #byName = new Map<string, string[]>();

  add(qname: string, value: string): void {
    if (value === '') return;
    this.#all.push(value);
    const own = this.#byName.get(qname);
    if (own) own.push(value);
    else this.#byName.set(qname, [value]);
  }

  /** All so far, by number. */
  get all(): readonly string[] {
    return this.#all;
  }

  /** Those of one element or attribute, by number. */
  of(qname: string): readonly string[] {
    return this.#byName.get(qname) ?? [];
  }
}
