/** The names from the root to the present element; put into words only for an error. */
export class Path {
  readonly #names: string[] = [];
  readonly #indexes: number[] = [];

  /** `index` is the place in a list, or -1. Returns the depth. */
  push(name: string, index: number): number {
    this.#indexes.push(index);
    return this.#names.push(name);
  }

  pop(): void {
    this.#names.pop();
    this.#indexes.pop();
  }

  toString(): string {
    return this.#names.map((name, i) => placeName(name, this.#indexes[i] ?? -1)).join('/');
  }
}

export const placeName = (name: string, index: number): string =>
  index < 0 ? name : `${name}[${index}]`;
