import { millis, Secret, seconds } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { type EvseTimerName, evseTimers, pevTimers, SlacConfigError } from '../timings.ts';
import { type EvseSlacConfig, evseSettings } from './config.ts';

const errorOf = (config: Partial<EvseSlacConfig>): SlacConfigError => {
  try {
    evseSettings(config);
  } catch (error) {
    if (error instanceof SlacConfigError) return error;
    throw error;
  }
  throw new Error('accepted');
};

describe('the configuration of the charger', () => {
  it('every default lies within its own range', () => {
    for (const [name, { value, least, most }] of [
      ...Object.entries(evseTimers),
      ...Object.entries(pevTimers),
    ]) {
      expect(value, name).toBeGreaterThanOrEqual(least);
      expect(value, name).toBeLessThanOrEqual(most);
    }
    expect(evseSettings({}).timers.TT_EVSE_SLAC_init).toBe(40_000);
  });

  it.each(Object.keys(evseTimers) as EvseTimerName[])(
    '%s: both ends are taken, one past them is an error with timer, value, range and clause',
    (name) => {
      const { least, most, standard } = evseTimers[name];
      // A shorter poll lets more polls into a second, so it never bars the default.
      for (const value of [least, most]) {
        const linkLostAfter = 1;
        expect(evseSettings({ timers: { [name]: value }, linkLostAfter }).timers[name]).toBe(value);
      }
      for (const value of [least - 1, most + 1, Number.NaN]) {
        const error = errorOf({ timers: { [name]: millis(value) } });
        expect(error.setting).toBe(name);
        expect(error.message).toContain(name);
        expect(error.message).toContain(standard);
        expect(error.message).toMatch(/ is .* from .* to /);
      }
    },
  );

  it('says it in one sentence', () => {
    expect(errorOf({ timers: { TT_EVSE_SLAC_init: seconds(5) } }).message).toBe(
      'TT_EVSE_SLAC_init is 5 s: it may be from 20 s to 50 s (20 to 50 s, ISO 15118-3, Table A.1)',
    );
    expect(errorOf({ timers: { TT_nonsense: seconds(5) } as never }).message).toBe(
      'TT_nonsense is not a timer of SLAC',
    );
  });

  it('a fast start is a choice of its own', () => {
    expect(evseSettings({ fastTimeout: true }).timers.TT_EVSE_SLAC_init).toBe(10_000);
    const timers = { TT_EVSE_SLAC_init: seconds(15) };
    expect(evseSettings({ fastTimeout: true, timers }).timers.TT_EVSE_SLAC_init).toBe(15_000);
    expect(errorOf({ timers }).setting).toBe('TT_EVSE_SLAC_init');
    expect(errorOf({ fastTimeout: true, timers: { TT_EVSE_SLAC_init: seconds(9) } }).setting).toBe(
      'TT_EVSE_SLAC_init',
    );
  });

  it.each([
    [{ maxSessions: 0 }, 'maxSessions'],
    [{ maxMatches: 2 }, 'maxMatches'],
    [{ linkLostAfter: 5 }, 'linkLostAfter'],
    [{ setKeyAttempts: 1.5 }, 'setKeyAttempts'],
    [{ soundingAdjustmentDb: 300 }, 'soundingAdjustmentDb'],
    [{ ampMap: { send: [16], answer: 'modem', mmv: 1 } }, 'ampMap'],
    [{ ampMap: { send: [], answer: 'modem', mmv: 1 } }, 'ampMap'],
    [{ fixedKey: new Secret(new Uint8Array(15)) }, 'fixedKey'],
  ] satisfies [Partial<EvseSlacConfig>, string][])(
    '%o is an error naming %s',
    (config, setting) => {
      const error = errorOf(config);
      expect(error).toMatchObject({ code: 'slac.config', setting });
      expect(error.message).toContain(setting);
    },
  );
});
