import { PortError } from '@kerbside/kernel';
import * as storeErrors from '@kerbside/store';
import { expect, it } from 'vitest';
import { exitCodeOf } from './exit-code.ts';

const ofStore = Object.entries(storeErrors).flatMap(([name, made]) =>
  typeof made === 'function' && made.prototype instanceof PortError
    ? [[name, new (made as new (...args: unknown[]) => PortError)('/data/kerbside.db', ['x'], {})]]
    : [],
) as [string, PortError][];

it.each(ofStore)('%s: starting again is tried only where it may help', (_, error) => {
  const person = /^store\.(newer|damaged|foreign|locked|migration-\w+)$/.test(error.code);
  expect(exitCodeOf(error), error.code).toBe(person ? 78 : 1);
});

it('knows the errors of the store', () => {
  const codes = ofStore.map(([, { code }]) => code);
  expect(codes).toEqual(expect.arrayContaining(['store.migration-edited', 'store.disk-full']));
});
