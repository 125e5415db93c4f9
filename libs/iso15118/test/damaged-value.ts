import type { SeededRandom } from '@kerbside/kernel/testing';

type Fields = Record<string, unknown>;

const ODD: readonly unknown[] = [
  undefined,
  null,
  0,
  -0,
  -1,
  1.5,
  Number.NaN,
  127,
  128,
  16_384,
  65_536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 31) - 1,
  0n,
  -1n,
  2n ** 63n,
  2n ** 64n,
  -(2n ** 70n),
  2n ** 500n,
  '',
  'x',
  'OK',
  'none of the words',
  '\u00e9',
  '\u{1F50C}',
  '\ud800',
  'long '.repeat(60),
  true,
  [],
  [undefined],
  {},
  { Value: 1 },
  new Uint8Array(0),
  new Uint8Array(700),
];

/** Every object and array within a value, with the value itself. */
function* containers(value: unknown): Generator<Fields> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  yield value as Fields;
  for (const child of Object.values(value)) yield* containers(child);
}

/** A value with one thing about it changed, which may leave it right or wrong. */
export function damaged(value: unknown, random: SeededRandom): unknown {
  const copy: unknown = structuredClone(value);
  const all = [...containers(copy)];
  const target = all[random.int(all.length)];
  if (!target) return random.pick(ODD);
  const keys = Object.keys(target);
  const key = keys.length > 0 ? random.pick(keys) : 'Id';
  if (Array.isArray(target)) return damagedList(copy, target, random);
  switch (random.int(8)) {
    case 0:
      delete target[key];
      break;
    case 1:
      target[random.pick(['Unknown', 'toString', 'Id', 'value', '', '0'])] = random.pick(ODD);
      break;
    case 2: {
      // the same keys in another order
      const entries = Object.entries(target);
      for (const [name] of entries) delete target[name];
      for (const [name, child] of entries.toReversed()) target[name] = child;
      break;
    }
    case 3: {
      const child = target[key];
      Object.defineProperty(target, key, { get: () => child, enumerable: random.next() < 0.5 });
      break;
    }
    case 4: {
      const { [key]: child } = target;
      delete target[key];
      Object.setPrototypeOf(target, { [key]: child });
      break;
    }
    case 5: {
      // a field of another object beside those of this one
      const other = random.pick(all);
      const [name] = Object.keys(other);
      if (name !== undefined) target[name] ??= other[name];
      break;
    }
    default:
      target[key] = random.pick(ODD);
  }
  return copy;
}

function damagedList(copy: unknown, target: unknown[], random: SeededRandom): unknown {
  switch (random.int(4)) {
    case 0:
      target.pop();
      break;
    case 1:
      target.push(...target, ...target);
      break;
    case 2:
      delete target[random.int(target.length + 1)];
      break;
    default:
      target[random.int(target.length + 1)] = random.pick(ODD);
  }
  return copy;
}
