import { evseBench } from '@kerbside/charging/testing';
import { describe, expect, it } from 'vitest';
import { toEvse } from '../evses/evse-view.ts';
import { parseInstallation } from '../wiring/installation.ts';
import { evseConfigOf } from './evse-factory.ts';

const configured = (more: object) => {
  const [evse] = parseInstallation(
    { evses: [{ id: 1, board: { path: '/b' }, meter: { host: 'm' }, ...more }] },
    'test',
  ).evses;
  const layers = { installation: evse!.slac, store: undefined, slacInitTimeout: undefined };
  return evseConfigOf(evse!, false, layers);
};

describe('the EVSE of an installation', () => {
  it('IEC 61851-1 has no ventilation unless the installation says so', () => {
    const { evse } = evseBench();
    const shown = (more: object) => toEvse(evse.snapshot(), configured(more)).ventilation;
    expect([configured({}).ventilation, shown({})]).toEqual([false, false]);
    const ventilation = true;
    expect([configured({ ventilation }).ventilation, shown({ ventilation })]).toEqual([true, true]);
  });

  it('bounds the closings of its contactor', () => {
    expect(configured({}).closingsPerMinute).toBe(6);
    expect(configured({ closingsPerMinute: 2 }).closingsPerMinute).toBe(2);
    expect(() => configured({ closingsPerMinute: 0 })).toThrow('closingsPerMinute');
  });
});
