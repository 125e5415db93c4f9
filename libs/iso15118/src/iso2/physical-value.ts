import type { PhysicalValueType, unitSymbolType } from '../messages/iso2/iso2.ts';

const MAX = 32767;

/**
 * A number as the wire carries it: a short times a power of ten from -3 to 3. Integers stay as they are, fractions keep
 * as many digits as fit; what does not fit at all is cut to the nearest end. ISO 15118-2 8.5.2.7
 */
export function physicalValue(Unit: unitSymbolType, value: number): PhysicalValueType {
  const finite = Number.isFinite(value) ? value : 0;
  let Multiplier = 0;
  const fits = (multiplier: number) => Math.abs(Math.round(finite / 10 ** multiplier)) <= MAX;
  const exact = (multiplier: number) =>
    Math.abs(Math.round(finite * 10 ** -multiplier) - finite * 10 ** -multiplier) < 1e-6;
  while (Multiplier < 3 && !fits(Multiplier)) Multiplier++;
  while (Multiplier > -3 && !exact(Multiplier) && fits(Multiplier - 1)) Multiplier--;
  const scaled = Multiplier < 0 ? finite * 10 ** -Multiplier : finite / 10 ** Multiplier;
  return { Multiplier, Unit, Value: Math.max(-MAX, Math.min(MAX, Math.round(scaled))) };
}

/** The number; undefined where the car names another unit than the field is defined in. */
export function valueIn(unit: unitSymbolType, value: PhysicalValueType): number | undefined {
  if (value.Unit !== unit) return undefined;
  // Dividing keeps decimal fractions exact where multiplying by 0.1 does not.
  return value.Multiplier < 0
    ? value.Value / 10 ** -value.Multiplier
    : value.Value * 10 ** value.Multiplier;
}
