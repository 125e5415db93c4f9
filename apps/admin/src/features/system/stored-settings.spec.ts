import type { Setting } from '@kerbside/contracts';
import { describe, expect, it } from 'vitest';
import { isStored, withSetting } from './stored-settings.ts';

const setting = (name: string, more: Partial<Setting>): Setting => ({
  name,
  source: 'default',
  overridden: [],
  meaning: '',
  applies: 'next-matching',
  ...more,
});
const settings = [
  setting('timers.TT_EVSE_SLAC_init', {
    value: 50_000,
    source: 'environment',
    overridden: [
      { source: 'installation', value: 30_000 },
      { source: 'store', value: 45_000 },
    ],
  }),
  setting('timers.T_step_EF', { value: 5000, source: 'installation' }),
  setting('timers.T_step_X1', { value: 4000, source: 'store' }),
  setting('validation', { value: 'strict', source: 'store' }),
  setting('statistics', { value: true }),
];

describe('what is sent when one setting changes', () => {
  it('is what the store holds, also where the environment overrides it, with that one', () => {
    expect(withSetting(settings, 'timers.T_step_EF', 6000)).toEqual({
      timers: { TT_EVSE_SLAC_init: 45_000, T_step_EF: 6000, T_step_X1: 4000 },
      validation: 'strict',
    });
    expect(withSetting(settings, 'statistics', false)).toMatchObject({ statistics: false });
  });

  it('is without it where it is taken back', () => {
    expect(withSetting(settings, 'timers.T_step_X1', undefined)).toEqual({
      timers: { TT_EVSE_SLAC_init: 45_000 },
      validation: 'strict',
    });
    expect(settings.map(isStored)).toEqual([true, false, true, true, false]);
  });
});
