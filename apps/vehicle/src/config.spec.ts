import { describe, expect, it } from 'vitest';
import { misbehaviours } from '@kerbside/slac';
import { readConfig } from './config.ts';

const plan = (...args: string[]) => {
  const config = readConfig(['--interface', 'eth0', ...args], {});
  return config === 'help' ? undefined : config.stay;
};

describe('the command line of the vehicle', () => {
  it('--misbehave takes every named misbehaviour, and nothing else', () => {
    expect(plan()?.misbehaviour).toBeUndefined();
    for (const name of Object.keys(misbehaviours))
      expect(plan('--misbehave', name)?.misbehaviour).toBe(name);
    expect(() => plan('--misbehave', 'nicely')).toThrow('lost-rsp');
    expect(() => plan('--misbehave', 'toString')).toThrow('--misbehave takes one of');
  });

  it('--pause-at takes an energy, --wake-after the time of that pause', () => {
    expect(plan()?.nap).toBeUndefined();
    expect(plan('--pause-at', '500')?.nap).toEqual({ at: 500, lasts: 30_000 });
    expect(plan('--pause-at', '500', '--wake-after', '2')?.nap).toEqual({ at: 500, lasts: 2000 });
    expect(() => plan('--wake-after', '2')).toThrow('--wake-after needs a pause: --pause-at');
    expect(() => plan('--pause-at', 'soon')).toThrow('--pause-at takes a number');
    expect(() => plan('--protocol', 'basic', '--rig', '/x', '--pause-at', '5')).toThrow('V2G');
  });

  it('--validate takes when to validate', () => {
    expect(plan()?.validate).toBe('never');
    expect(plan('--validate', 'always')?.validate).toBe('always');
    expect(() => plan('--validate', 'now')).toThrow('never, ambiguous, always');
  });
});
