import { codingOf, type Limits } from '../codec/coding.ts';
import type { SimpleType } from '../schema/simple-type.ts';

/** What `SeededRandom` of the kernel has. */
export interface RandomSource {
  next(): number;
  int(below: number): number;
  bytes(length: number): Uint8Array;
}

/** A random value of a simple type, the edges of its range or length among them. */
export function randomSimple(type: SimpleType<unknown>, random: RandomSource): unknown {
  const coding = codingOf(type);
  switch (coding.form) {
    case 'boolean':
      return random.next() < 0.5;
    case 'enumeration':
      return coding.values[random.int(coding.values.length)];
    case 'n-bit':
    case 'number':
      return randomNumber(coding.min, coding.max, random);
    case 'bigint':
      return randomBig(coding.min, coding.max, random);
    case 'string':
      return randomText(lengthWithin(coding.limits, random), random);
    case 'binary':
      return random.bytes(lengthWithin(coding.limits, random));
  }
}

/** An edge, or around zero, or at a border of the 7-bit groups, or anywhere. */
function randomNumber(min: number, max: number, random: RandomSource): number {
  const edge = random.int(8);
  if (edge === 0) return min;
  if (edge === 1) return max;
  if (edge === 2) return clamp(2 ** (7 * (1 + random.int(4))) - random.int(2), min, max);
  const size = max - min + 1;
  return min + Math.floor(random.next() * (edge < 5 ? Math.min(size, 300) : size));
}

const clamp = (value: number, min: number, max: number): number =>
  Math.max(min, Math.min(max, value));

/** Where one JSON form, or one native type, ends and another begins. */
const BORDERS = [0n, 127n, 128n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n];

function randomBig(min: bigint | undefined, max: bigint | undefined, random: RandomSource): bigint {
  const edge = random.int(8);
  if (edge === 0 && min !== undefined) return min;
  if (edge === 1 && max !== undefined) return max;
  let size = edge === 2 ? (BORDERS[random.int(BORDERS.length)] ?? 0n) : 0n;
  if (edge > 2)
    for (const byte of random.bytes(1 + random.int(max === undefined ? 20 : 8)))
      size = size * 256n + BigInt(byte);
  const value = (min === undefined || min < 0n) && random.next() < 0.5 ? -size : size;
  if (max !== undefined && value > max) return max - (value % 1000n);
  return min !== undefined && value < min ? min - (value % 1000n) : value;
}

function lengthWithin({ min, max }: Limits, random: RandomSource): number {
  const edge = random.int(8);
  if (edge === 0) return min;
  if (edge === 1 && max !== Infinity) return max;
  return min + random.int(Math.min(max, min + 40) - min + 1);
}

/** First and last of each length in UTF-16 and in 7-bit groups, and those beside the surrogates. */
const EDGE_CHARACTERS = [
  0, 0x1f, 0x7f, 0x80, 0x3fff, 0x4000, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1fffff,
].map((point) => Math.min(point, 0x10ffff));

/** Mostly ASCII, with characters of two, three and four UTF-8 bytes among it. */
function randomText(length: number, random: RandomSource): string {
  const plain = random.next() < 0.7;
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCodePoint(randomPoint(plain, random));
  return text;
}

function randomPoint(plain: boolean, random: RandomSource): number {
  const kind = plain ? 0 : random.int(7);
  if (kind < 3) return 32 + random.int(95);
  if (kind === 3) return 0xa0 + random.int(0x500);
  if (kind === 4) return 0x2000 + random.int(0x8000);
  if (kind === 5) return 0x10000 + random.int(0x100000);
  return EDGE_CHARACTERS[random.int(EDGE_CHARACTERS.length)] ?? 0;
}
