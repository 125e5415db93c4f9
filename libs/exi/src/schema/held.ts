import type { AnyType, Content } from './complex-type.ts';
import type { Occurrence, Particle } from './particle.ts';

/** A key that children stand under, and what all children of that name must share. */
interface Child {
  readonly namespace: string | undefined;
  readonly type: AnyType;
  readonly list: boolean;
}
type Children = ReadonlyMap<string, Child>;

/**
 * Refuses content that values can't hold exactly, or the grammar would take for another: a value has one key per name,
 * and no place for which child of one name stood beside which of another. Throws `TypeError`; `name` is the type's.
 */
export function refuseUnheld(name: string, content: Content<unknown>): void {
  const refuse = (why: string): never => {
    throw new TypeError(`type ${name}: ${why}`);
  };
  const attributes = new Set<string>();
  for (const { name: key } of content.attributes) {
    if (key in Object.prototype) refuse(`every object has ${key} already`);
    if (attributes.has(key)) refuse(`attribute ${key} is declared twice`);
    attributes.add(key);
  }
  if (content.text && attributes.has('value'))
    refuse('attribute value has the key that the text stands under');
  if (!content.particle || isPlain(content.particle, new Set(attributes))) return;
  const children = childrenOf(content.particle, false, refuse);
  for (const key of children.keys()) {
    if (key in Object.prototype) refuse(`every object has ${key} already`);
    if (attributes.has(key)) refuse(`${key} names a child and an attribute`);
  }
  refuseBranches(content.particle, [...children.keys()], refuse);
}

type Refuse = (why: string) => never;

/** Whether all children stand in one sequence, each under a name of its own: as nearly all types have them. */
function isPlain(particle: Particle, taken: Set<string>): boolean {
  if (!isOccurrence(particle)) return false;
  switch (particle.kind) {
    case 'any':
      return true;
    case 'element':
      return take(particle.name, taken);
    case 'substitution':
      return particle.alternatives.every(({ name }) => take(name, taken));
    case 'sequence':
      return particle.max === 1 && particle.items.every((item) => isPlain(item, taken));
    case 'choice':
      return false;
  }
}

function take(name: string, taken: Set<string>): boolean {
  if (taken.has(name) || name in Object.prototype) return false;
  taken.add(name);
  return true;
}

/** The children of a particle in the order of the schema, if a value can hold them. */
function childrenOf(particle: Particle, repeated: boolean, refuse: Refuse): Children {
  if (!isOccurrence(particle)) refuse(`${told(particle)} is no number of occurrences`);
  if (particle.kind === 'any') return new Map();
  const list = repeated || particle.max > 1;
  const children = new Map<string, Child>();
  if (particle.kind === 'element' || particle.kind === 'substitution') {
    for (const one of particle.kind === 'element' ? [particle] : particle.alternatives)
      children.set(one.name, { namespace: one.namespace, type: one.type, list });
    return children;
  }
  if (particle.max > 1) refuseRepetition(particle, refuse);
  for (const item of particle.items)
    for (const [name, child] of childrenOf(item, list, refuse)) {
      const other = children.get(name);
      if (other && (particle.kind === 'sequence' || list))
        refuse(`${told(particle)} has ${name} in two places`);
      if (other && !alike(other, child))
        refuse(`${told(particle)} has ${name} in two places that differ`);
      if (!other) children.set(name, child);
    }
  return children;
}

const alike = (a: Child, b: Child): boolean =>
  a.namespace === b.namespace && a.type === b.type && a.list === b.list;

function isOccurrence({ min, max }: Occurrence): boolean {
  const counts = Number.isSafeInteger(min) && (max === Infinity || Number.isSafeInteger(max));
  return counts && min >= 0 && max >= Math.max(1, min);
}

/** A group that repeats is held where each round is one child, and nothing but one round must come. */
function refuseRepetition(group: Particle, refuse: Refuse): void {
  if (group.max !== Infinity || group.min > 1)
    refuse(`${told(group)} repeats within limits: only 0 or 1 to unbounded is held`);
  const parts = 'items' in group ? group.items : [];
  if (!isRound(group.kind, parts))
    refuse(
      `${told(group)} repeats, and a round of it is not always one element: pairs are not held`,
    );
}

/** Whether each way through is one child, or one of a foreign schema, which no value has. */
function isRound(kind: Particle['kind'], parts: readonly Particle[]): boolean {
  if (kind === 'choice') return parts.length > 0 && parts.every(isOneChild);
  const own = parts.filter((part) => part.kind !== 'any');
  if (own.length === 0) return parts.length === 1 && parts.every(isOneChild);
  return own.length === 1 && own.every(isOneChild) && parts.every(isOptionalOr(own));
}

const isOptionalOr =
  (own: readonly Particle[]) =>
  (part: Particle): boolean =>
    own.includes(part) || part.min === 0;

function isOneChild(particle: Particle): boolean {
  if (particle.min !== 1 || particle.max !== 1) return false;
  return 'items' in particle ? isRound(particle.kind, particle.items) : true;
}

/** Children are written in the order in which their names are first declared, and the first tells the branch. */
function refuseBranches(particle: Particle, order: readonly string[], refuse: Refuse): void {
  if (!('items' in particle)) return;
  for (const item of particle.items) refuseBranches(item, order, refuse);
  if (particle.kind !== 'choice') return;
  const begun = new Set<string>();
  for (const item of particle.items) {
    for (const name of firstsOf(item).names) {
      if (begun.has(name)) refuse(`${told(particle)} has two branches that begin with ${name}`);
      begun.add(name);
    }
    const names = [...childrenOf(item, false, refuse).keys()];
    names.forEach((name, i) => {
      const before = names[i - 1];
      if (before !== undefined && order.indexOf(before) > order.indexOf(name))
        refuse(`${told(particle)} has ${name} before ${before} and after it`);
    });
  }
}

/** The names that a particle may begin with, and whether it may be nothing. */
function firstsOf(particle: Particle): {
  readonly names: readonly string[];
  readonly empty: boolean;
} {
  const { kind, min } = particle;
  if (kind === 'any') return { names: [], empty: min === 0 };
  if (kind === 'element') return { names: [particle.name], empty: min === 0 };
  if (kind === 'substitution')
    return { names: particle.alternatives.map(({ name }) => name), empty: min === 0 };
  const names: string[] = [];
  let empty = kind === 'sequence';
  for (const item of particle.items) {
    const first = firstsOf(item);
    if (kind === 'choice' || empty) names.push(...first.names);
    empty = kind === 'choice' ? empty || first.empty : empty && first.empty;
  }
  return { names: [...new Set(names)], empty: empty || min === 0 };
}

/** A particle in words: `sequence(A, B 0..1) 0..unbounded`. */
function told(particle: Particle): string {
  const { kind, min, max } = particle;
  const [only, ...others] = 'items' in particle ? particle.items : [];
  if (kind === 'sequence' && only && 'items' in only && only.max === 1 && only.min === 1)
    if (others.length === 0) return told({ ...only, min, max }); // a group under a label of its own
  const name =
    kind === 'element'
      ? particle.name
      : kind === 'substitution'
        ? particle.head
        : kind === 'any'
          ? 'any'
          : `${kind}(${particle.items.map(told).join(', ')})`;
  if (min === 1 && max === 1) return name;
  return `${name} ${min}..${max === Infinity ? 'unbounded' : max}`;
}
