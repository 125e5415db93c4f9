import { expect, it } from 'vitest';
import { variablesOf } from './program.ts';

const options = {
  listen: { value: 'HOST:PORT', help: 'where it is served', variable: 'X_LISTEN' },
  bench: { help: 'for the bench', variable: 'X_BENCH' },
};

it('options stand for variables, and only those that were given', () => {
  expect(variablesOf('csms', options, ['--listen', '[::1]:9000', '--bench'])).toEqual({
    given: { X_LISTEN: '[::1]:9000', X_BENCH: '1' },
  });
  expect(variablesOf('csms', options, [])).toEqual({ given: {} });
});

it('the help names options and variables, and starts nothing', () => {
  const read = variablesOf('csms', options, ['--help']);
  expect(read).toMatchObject({
    help: expect.stringMatching(/--listen HOST:PORT[^]*X_BENCH/) as unknown,
  });
});

it('a word or an option that is not known is wrong use', () => {
  expect(() => variablesOf('csms', options, ['now'])).toThrow(/takes no words, not now/);
  expect(() => variablesOf('csms', options, ['--lisen', 'x'])).toThrow(/did you mean --listen/);
});
