import { expect, it } from 'vitest';
import { strengthOf } from './password-strength.ts';

it.each([
  ['', 'empty'],
  ['short', 'short'],
  ['passwordpassword', 'weak'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['annaannaanna1', 'weak'],
  ['kerbside1234', 'weak'],
  ['blue tram 47', 'fair'],
  ['seven quiet herons at dusk', 'good'],
] as const)('%j is %s', (password, strength) =>
  expect(strengthOf(password, 'Anna')).toBe(strength),
);
