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
});
