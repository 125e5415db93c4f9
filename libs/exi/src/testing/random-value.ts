import type { AnyType } from '../schema/complex-type.ts';
import type { Occurrence, Particle } from '../schema/particle.ts';
import { randomSimple, type RandomSource } from './random-simple.ts';

const NOTHING: Particle = { kind: 'sequence', items: [], min: 1, max: 1 };
/** A list that its schema leaves unbounded is filled to this at most; the decoder takes 1,024. */
const LONG_LIST = 40;

/** Of the optional parts of a type few, half or most are there. */
const SHARES = [0.15, 0.5, 0.85];

type Value = Record<string, unknown>;

/**
 * A random value that the type allows: any optional part, branch or member of a group, lists from empty to full, and
 * simple values with the edges of their ranges among them.
 */
export function randomValue(type: AnyType, random: RandomSource): unknown {
  if (type.kind === 'simple') return randomSimple(type, random);
  const value: Value = {};
  const share = SHARES[random.int(SHARES.length)] ?? 0;
  for (const { name, type: of, required } of type.content.attributes)
    if (required || random.next() < share) value[name] = randomSimple(of, random);
  if (type.content.text) value['value'] = randomSimple(type.content.text, random);
  if (type.content.particle) fill(value, type.content.particle, { random, share, repeated: false });
  return value;
}

interface Filling {
  readonly random: RandomSource;
  /** How likely an optional part is. */
  readonly share: number;
  /** Whether the particle stands in a group that repeats. */
  readonly repeated: boolean;
}

function fill(value: Value, particle: Particle, filling: Filling): void {
  if (particle.kind === 'any') return;
  const { random } = filling;
  const list = filling.repeated || particle.max > 1;
  for (let left = times(particle, filling); left > 0; left--) {
    if (particle.kind !== 'element' && particle.kind !== 'substitution') {
      const items = particle.items.filter((item) => item.kind !== 'any');
      const chosen = particle.kind === 'choice' ? [random.int(items.length)] : items.keys();
      for (const i of chosen) fill(value, items[i] ?? NOTHING, { ...filling, repeated: list });
    } else {
      const elements = particle.kind === 'element' ? [particle] : particle.alternatives;
      const open = elements.filter((one) => !one.dropped);
      const element = open[random.int(open.length)];
      if (!element) continue;
      const child = randomValue(element.type, random);
      if (list) ((value[element.name] ??= []) as unknown[]).push(child);
      else value[element.name] = child;
    }
  }
}

/** Mostly few, sometimes all that are allowed; a list of a thousand seldom, for it takes its time. */
function times({ min, max }: Occurrence, { random, share }: Filling): number {
  if (min === 0 && max === 1) return random.next() < share ? 1 : 0;
  if (max > 20 && random.next() < 0.01) return Math.min(max, max === Infinity ? LONG_LIST : max);
  if (max <= 20 && max > 1 && random.next() < 0.1) return max;
  const most = Math.min(max, min + 4);
  return min + random.int(most - min + 1);
}
