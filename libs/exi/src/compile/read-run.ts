import { aligned, type FunctionSource } from './function-source.ts';

/** A load of 32 bits begins at a byte: so many are sure to be there from any bit of that byte on. */
const WINDOW = 25;

interface Field {
  readonly name: string;
  readonly offset: number;
  readonly width: number;
}

/** Adjacent fields of fixed width, read by one load; event codes that must be so are compared all at once. */
export class ReadRun {
  readonly #source: FunctionSource;
  #bits = 0;
  #mask = 0;
  #expected = 0;
  #fields: Field[] = [];
  #after: string[] = [];

  constructor(source: FunctionSource) {
    this.#source = source;
  }

  #room(width: number): number {
    if (this.#bits + width > WINDOW) this.flush();
    const offset = this.#bits;
    this.#bits += width;
    return offset;
  }

  /** These bits must be so. */
  fixed(value: number, width: number): void {
    if (width === 0) return;
    const offset = this.#room(width);
    this.#mask |= aligned(2 ** width - 1, width, offset);
    this.#expected |= aligned(value, width, offset);
  }

  /** The name of a variable that holds these bits after the next flush. */
  field(width: number): string {
    const name = this.#source.fresh('v');
    const offset = this.#room(width); // may flush
    this.#fields.push({ name, offset, width });
    return name;
  }

  /** A statement on the fields so far. */
  after(line: string): void {
    this.#after.push(line);
  }

  flush(): void {
    const line = (text: string): void => this.#source.line(text);
    if (this.#bits > 0) {
      line('w = V.getInt32(p >>> 3) << (p & 7);');
      line(`p += ${this.#bits};`);
      if (this.#mask !== 0) line(`if ((w & ${this.#mask}) !== ${this.#expected | 0}) throw X;`);
    }
    for (const { name, offset, width } of this.#fields)
      if (width === 0) line(`let ${name} = 0;`);
      else if (offset === 0) line(`let ${name} = w >>> ${32 - width};`);
      else line(`let ${name} = w >>> ${32 - width - offset} & ${2 ** width - 1};`);
    this.#after.forEach(line);
    this.#bits = this.#mask = this.#expected = 0;
    this.#fields = [];
    this.#after = [];
  }
}
