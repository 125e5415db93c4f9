import { codingOf, type Limits } from '../codec/coding.ts';
import type { AnyType } from '../schema/complex-type.ts';
import type { Particle } from '../schema/particle.ts';
import type { SimpleType } from '../schema/simple-type.ts';

/** What `SeededRandom` of the kernel has. */
export interface RandomSource {
  next(): number;
  int(below: number): number;
  bytes(length: number): Uint8Array;
}

const NOTHING: Particle = { kind: 'sequence', items: [], min: 1, max: 1 };

type Value = Record<string, unknown>;

/** A random value that the type allows, edges of ranges and lengths included. */
export function randomValue(type: AnyType, random: RandomSource): unknown {
  if (type.kind === 'simple') return randomSimple(type, random);
  const value: Value = {};
  for (const { name, type: of, required } of type.content.attributes)
    if (required || random.next() < 0.5) value[name] = randomSimple(of, random);
  if (type.content.text) value['value'] = randomSimple(type.content.text, random);
  if (type.content.particle) fill(value, type.content.particle, random, false);
  return value;
}

function fill(value: Value, particle: Particle, random: RandomSource, repeated: boolean): void {
  if (particle.kind === 'any') return;
  const list = repeated || particle.max > 1;
  for (let left = times(particle.min, particle.max, random); left > 0; left--) {
    if (particle.kind !== 'element' && particle.kind !== 'substitution') {
      const items = particle.items.filter((item) => item.kind !== 'any');
      const chosen = particle.kind === 'choice' ? [random.int(items.length)] : items.keys();
      for (const i of chosen) fill(value, items[i] ?? NOTHING, random, list);
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

/** Mostly few, sometimes all that are allowed. */
function times(min: number, max: number, random: RandomSource): number {
  const most = Math.min(max, min + 4);
  if (max <= 20 && random.next() < 0.1) return max;
  return min + random.int(most - min + 1);
}

function randomSimple(type: SimpleType<unknown>, random: RandomSource): unknown {
  const coding = codingOf(type);
  switch (coding.form) {
    case 'boolean':
      return random.next() < 0.5;
    case 'enumeration':
      return coding.values[random.int(coding.values.length)];
    case 'n-bit':
    case 'number': {
      const edge = random.int(8);
      if (edge === 0) return coding.min;
      if (edge === 1) return coding.max;
      const size = coding.max - coding.min;
      return coding.min + Math.floor(random.next() * (edge < 5 ? Math.min(size, 300) : size));
    }
    case 'bigint':
      return randomBig(coding.min, coding.max, random);
    case 'string':
      return randomText(lengthWithin(coding.limits, random), random);
    case 'binary':
      return random.bytes(lengthWithin(coding.limits, random));
  }
}

function randomBig(min: bigint | undefined, max: bigint | undefined, random: RandomSource): bigint {
  const edge = random.int(6);
  if (edge === 0 && min !== undefined) return min;
  if (edge === 1 && max !== undefined) return max;
  let size = 0n;
  for (const byte of random.bytes(1 + random.int(max === undefined ? 20 : 7)))
    size = size * 256n + BigInt(byte);
  return min === undefined || (min < 0n && random.next() < 0.5) ? -size : size;
}

function lengthWithin({ min, max }: Limits, random: RandomSource): number {
  const edge = random.int(8);
  if (edge === 0) return min;
  if (edge === 1 && max !== Infinity) return max;
  return min + random.int(Math.min(max, min + 40) - min + 1);
}

/** Mostly ASCII, with characters of two, three and four UTF-8 bytes among it. */
function randomText(length: number, random: RandomSource): string {
  const plain = random.next() < 0.7;
  let text = '';
  for (let i = 0; i < length; i++) {
    const kind = plain ? 0 : random.int(6);
    if (kind < 3) text += String.fromCharCode(32 + random.int(95));
    else if (kind === 3) text += String.fromCharCode(0xa0 + random.int(0x500));
    else if (kind === 4) text += String.fromCharCode(0x2000 + random.int(0x8000));
    else text += String.fromCodePoint(0x10000 + random.int(0x100000));
  }
  return text;
}
