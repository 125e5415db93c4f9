import { expect, it } from 'vitest';
import { warmUpIso2 } from './warm-up.ts';

it('walks through every message of a session without an error', () => {
  expect([...warmUpIso2()].length).toBeGreaterThan(600);
});
