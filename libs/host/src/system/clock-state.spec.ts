import { expect, it } from 'vitest';
import { libc } from '../frame-link/libc.ts';
import { clockIsSynchronised, sinceBoot } from './clock-state.ts';

it('asks the kernel whether its clock is kept', (context) => {
  if (libc().adjtimex(new Uint8Array(256)) < 0) context.skip('adjtimex is refused here');
  expect(typeof clockIsSynchronised()).toBe('boolean');
});

it('the machine has been running for at least as long as this process', () => {
  const ofProcess = Math.floor(process.uptime() * 1000);
  // the machine's is told less finely than that
  expect(sinceBoot()).toBeGreaterThanOrEqual(ofProcess - 1000);
});
