import type { AttributeUse } from '../schema/complex-type.ts';
import type { Particle } from '../schema/particle.ts';
import type { SimpleType } from '../schema/simple-type.ts';

/** One thing that may still come. */
export type Item =
  | { readonly kind: 'attribute'; readonly use: AttributeUse }
  | { readonly kind: 'text'; readonly type: SimpleType<unknown> }
  | {
      readonly kind: 'particle';
      readonly particle: Particle;
      /** Occurrences seen: a number below `min`, or in the loop from `min` to `max`. */
      readonly seen: number | 'loop';
      /** Whether an enclosing group repeats. */
      readonly repeated: boolean;
    };

/** All that may still come, front first; `null` is the end of the element. Equal ones are one object. */
export interface Continuation {
  readonly item: Item;
  readonly next: Continuation | null;
  readonly id: number;
}

/** Makes continuations; equal ones are the same object, so that states can be found by them. */
export class Continuations {
  readonly #made = new Map<string, Continuation>();
  readonly #ids = new Map<object, number>();

  #idOf(thing: object): number {
    let id = this.#ids.get(thing);
    if (id === undefined) this.#ids.set(thing, (id = this.#ids.size));
    return id;
  }

  of(item: Item, next: Continuation | null): Continuation {
    const thing =
      item.kind === 'attribute' ? item.use : item.kind === 'text' ? item.type : item.particle;
    const seen = item.kind === 'particle' ? item.seen : '';
    const key = `${this.#idOf(thing)}:${seen}/${next?.id ?? ''}`;
    let made = this.#made.get(key);
    if (!made) this.#made.set(key, (made = { item, next, id: this.#made.size }));
    return made;
  }

  /** These particles one after the other, then `next`. */
  chain(particles: readonly Particle[], repeated: boolean, next: Continuation | null) {
    return particles.reduceRight<Continuation | null>(
      (rest, particle) => this.of({ kind: 'particle', particle, seen: 0, repeated }, rest),
      next,
    );
  }
}
