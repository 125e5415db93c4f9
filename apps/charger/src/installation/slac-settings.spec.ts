import { pilotTimers } from '@kerbside/charging';
import { slacSettings } from '@kerbside/contracts';
import { millis, seconds } from '@kerbside/kernel';
import { evseSettings, evseTimers } from '@kerbside/slac';
import { describe, expect, it } from 'vitest';
import {
  describeSlac,
  pilotConfigOf,
  slacConfigOf,
  slacFaults,
  type SlacLayers,
} from './slac-settings.ts';

const layers = (more: Partial<SlacLayers> = {}): SlacLayers => ({
  installation: undefined,
  store: undefined,
  slacInitTimeout: undefined,
  ...more,
});
const INIT = 'timers.TT_EVSE_SLAC_init';
const named = (name: string, of: SlacLayers) =>
  describeSlac(of).find((setting) => setting.name === name);

describe('settings of SLAC', () => {
  it('every timer of SLAC and of the pilot is one, by its standard name', () => {
    const names = describeSlac(layers()).map(({ name }) => name);
    for (const name of [...Object.keys(evseTimers), ...Object.keys(pilotTimers)])
      expect(names).toContain(`timers.${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('every setting of the contract is described, and every default is one that may be set', () => {
    const names = new Set(describeSlac(layers()).map(({ name }) => name.split('.')[0]));
    expect([...names].sort()).toEqual(Object.keys(slacSettings.shape).sort());
    const document: Record<string, Record<string, unknown> | unknown> = {};
    for (const { name, default: value } of describeSlac(layers())) {
      if (value === undefined) continue;
      const [outer, inner] = name.split('.') as [string, string | undefined];
      if (inner === undefined) document[outer] = value;
      else document[outer] = { ...(document[outer] as object), [inner]: value };
    }
    const installation = slacSettings.parse(document);
    expect(slacFaults(layers({ installation }))).toEqual([]);
    // setting every default changes nothing
    const set = evseSettings(slacConfigOf(layers({ installation }), false));
    expect(set).toEqual(evseSettings(slacConfigOf(layers(), false)));
  });

  it('the store overrides the document, the environment both, and each says so', () => {
    const of = layers({
      installation: { timers: { TT_EVSE_SLAC_init: 30_000, T_step_EF: 5000 } },
      store: { timers: { TT_EVSE_SLAC_init: 35_000 }, validation: 'strict' },
      slacInitTimeout: seconds(50),
    });
    expect(named(INIT, of)).toMatchObject({
      value: 50_000,
      source: 'environment',
      variable: 'SLAC_INIT_TIMEOUT',
      default: 40_000,
      overridden: [
        { source: 'installation', value: 30_000 },
        { source: 'store', value: 35_000 },
      ],
    });
    expect(named('timers.T_step_EF', of)).toMatchObject({ value: 5000, source: 'installation' });
    expect(named('validation', of)).toMatchObject({ value: 'strict', source: 'store' });
    expect(named('C_sequ_retry', of)).toMatchObject({ value: 2, source: 'default' });
    const made = slacConfigOf(of, true);
    expect(made.timers).toEqual({ TT_EVSE_SLAC_init: 50_000 });
    expect(made).toMatchObject({ validation: 'strict', pilotEdges: true });
    expect(pilotConfigOf(of)).toEqual({
      fastFallback: false,
      enforceHighLevelComm: false,
      matchAtNominalDuty: false,
      sequenceRetries: 2,
      timers: { T_step_EF: 5000 },
    });
  });

  it('the fast path is one try of 10 s, or of what is set', () => {
    const fast = layers({ installation: { fastTimeout: true } });
    expect(named(INIT, fast)).toMatchObject({ value: 10_000, least: 10_000, source: 'default' });
    expect(pilotConfigOf(fast).fastFallback).toBe(true);
    expect(evseSettings(slacConfigOf(fast, false)).timers.TT_EVSE_SLAC_init).toBe(10_000);
    const longer = { ...fast, store: { timers: { TT_EVSE_SLAC_init: 15_000 } } };
    expect(slacFaults(longer)).toEqual([]);
    expect(evseSettings(slacConfigOf(longer, false)).timers.TT_EVSE_SLAC_init).toBe(15_000);
  });

  it.each([
    [
      { timers: { TT_EVSE_SLAC_init: 60_000 } },
      'timers.TT_EVSE_SLAC_init is 60000: it may be from 20000 to 50000 ms (20 to 50 s, ISO 15118-3, Table A.1)',
    ],
    [
      { timers: { TT_EVSE_SLAC_init: 19_999 } },
      'timers.TT_EVSE_SLAC_init is 19999: it may be from 20000 to 50000 ms (20 to 50 s, ISO 15118-3, Table A.1)',
    ],
    [
      { timers: { T_step_EF: 3999 } },
      'timers.T_step_EF is 3999: it may be from 4000 to 8000 ms (at least 4 s)',
    ],
    [
      { timers: { TP_match_leave: 1001 } },
      'timers.TP_match_leave is 1001: it may be from 0 to 1000 ms (at most 1 s)',
    ],
    [{ timers: { TT_nothing: 1 } }, 'timers.TT_nothing is not a setting of SLAC'],
    [
      { C_conn_max_match: 2 },
      'C_conn_max_match is 2: it may be from 3 to 20 (at least 3, ISO 15118-3, Table 3)',
    ],
    [{ C_sequ_retry: -1 }, 'C_sequ_retry is -1: it may be from 0 to 10 (2, ISO 15118-3, Table 3)'],
    [
      { link: { lostAfter: 5 } },
      'link.lostAfter is 5: it may be a whole number from 1 to 4 (times link_poll_matched less than 1 s)',
    ],
  ])('%o is refused, naming setting, value and range', (store, message) => {
    expect(slacFaults(layers({ store })).map((fault) => fault.message)).toEqual([message]);
  });

  it('SLAC_INIT_TIMEOUT out of the range of an EVSE is refused by its name', () => {
    const [fault] = slacFaults(layers({ slacInitTimeout: seconds(15) }));
    expect(fault?.message).toMatch(
      /^SLAC_INIT_TIMEOUT .*is 15000: it may be from 20000 to 50000 ms/,
    );
    const fast = layers({ installation: { fastTimeout: true }, slacInitTimeout: seconds(15) });
    expect(slacFaults(fast)).toEqual([]);
    expect(slacConfigOf(fast, false).timers).toEqual({ TT_EVSE_SLAC_init: millis(15_000) });
  });
});
