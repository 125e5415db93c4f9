import { describe, expect, it } from 'vitest';
import { formatters } from './format.ts';

describe('formatters', () => {
  const en = formatters('en-GB');
  const de = formatters('de-DE');

  it.each([
    [0, '0 W'],
    [999.4, '999 W'],
    [999.6, '1.0 kW'],
    [46_180, '46.2 kW'],
    [-2300, '-2.3 kW'],
  ])('power of %d W is %s', (watts, text) => {
    const { value, unit } = en.power(watts);
    expect(`${value} ${unit}`).toBe(text);
  });

  it('writes energy with the locale’s separators', () => {
    expect(de.energy(1_219_530)).toEqual({ value: '1.219,53', unit: 'kWh' });
    expect(en.energy(12)).toEqual({ value: '12', unit: 'Wh' });
  });

  it('never writes a negative zero', () => {
    expect(en.number(-0.2)).toBe('0');
  });

  it.each([
    [-5, '0:00'],
    [59_999, '0:59'],
    [3_600_000, '1:00:00'],
    [3 * 86_400_000 + 7_200_000, '3 d 2 h'],
  ])('a duration of %d ms is %s', (ms, text) => expect(en.duration(ms)).toBe(text));

  it.each([
    [14, '14 ms'],
    [1420, '1.42 s'],
    [12_300, '12.3 s'],
  ])('%d ms is %s', (ms, text) => expect(en.milliseconds(ms)).toBe(text));
});
