import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './index.ts';

it('a secret shows nothing of itself in a log, in JSON or in an error text', () => {
  const secret = new Secret('nmk-0123');
  const shown = [
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }),
    `${secret}`,
  ].join();
  expect(shown).not.toContain('nmk');
  expect(secret.reveal()).toBe('nmk-0123');
});
