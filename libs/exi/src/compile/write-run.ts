import { aligned, type FunctionSource } from './function-source.ts';

/** With the up to 7 bits that do not fill a byte yet, a run fits into one store of 32 bits. */
const WINDOW = 24;

/** Adjacent fields of fixed width, written by one store; what is the same in every message is one constant. */
export class WriteRun {
  readonly #source: FunctionSource;
  #bits = 0;
  #fixed = 0;
  #fields: string[] = [];

  constructor(source: FunctionSource) {
    this.#source = source;
  }

  #room(width: number): number {
    if (this.#bits + width > WINDOW) this.flush();
    const offset = this.#bits;
    this.#bits += width;
    return offset;
  }

  fixed(value: number, width: number): void {
    if (width > 0) this.#fixed |= aligned(value, width, this.#room(width));
  }

  /** `value` is an expression with no more bits than `width`. */
  field(value: string, width: number): void {
    if (width === 0) return;
    const offset = this.#room(width);
    this.#fields.push(`${value} << ${32 - width - offset}`);
  }

  flush(): void {
    if (this.#bits === 0) return;
    const fixed = this.#fixed === 0 && this.#fields.length > 0 ? [] : [String(this.#fixed)];
    this.#store([...fixed, ...this.#fields].join(' | '), String(this.#bits));
    this.#bits = this.#fixed = 0;
    this.#fields = [];
  }

  /** `width` bits of `value`, both known only then; `width` is at most 16. */
  dynamic(value: string, width: string): void {
    this.flush();
    this.#store(`${value} << 32 - ${width}`, width);
  }

  #store(word: string, width: string): void {
    const line = (text: string): void => this.#source.line(text);
    line('b = p & 7;');
    line(`w = A | (${word}) >>> b;`);
    line('V.setInt32(p >>> 3, w);');
    line(`A = w << (b + ${width} & 24);`);
    line(`p += ${width};`);
  }
}
