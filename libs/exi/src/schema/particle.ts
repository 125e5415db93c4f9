import type { AnyType } from './complex-type.ts';

/** How often; `max` may be Infinity. */
export interface Occurrence {
  readonly min: number;
  readonly max: number;
}

export interface ElementParticle extends Occurrence {
  readonly kind: 'element';
  readonly name: string;
  /** `undefined`: the namespace of the complex type that holds it. */
  readonly namespace: string | undefined;
  readonly type: AnyType;
  /** An abstract head: peers send it, nobody should; its content is read and dropped. */
  readonly dropped: boolean;
}

/** Alternatives that count as one term: a substitution group, sorted by name. */
export interface SubstitutionParticle extends Occurrence {
  readonly kind: 'substitution';
  readonly head: string;
  readonly alternatives: readonly ElementParticle[];
}

export interface GroupParticle extends Occurrence {
  readonly kind: 'sequence' | 'choice';
  readonly items: readonly Particle[];
}

export interface WildcardParticle extends Occurrence {
  readonly kind: 'any';
  readonly namespace: '##any' | '##other';
}

export type Particle = ElementParticle | SubstitutionParticle | GroupParticle | WildcardParticle;
