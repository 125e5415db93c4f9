import { expect, it } from 'vitest';
import { bytesText } from './bytes-text.ts';

const number = (value: number, digits = 0) => value.toFixed(digits);

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_402_118, '12.4 MB'],
  [5_000_000_000_000, '5000.0 GB'],
])('%i bytes read %s', (bytes, text) => expect(bytesText(bytes, number)).toBe(text));
