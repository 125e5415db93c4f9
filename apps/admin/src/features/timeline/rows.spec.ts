import type { TimelineEntry, TimelineSource } from '@kerbside/contracts';
import { describe, expect, it } from 'vitest';
import { rowsOf } from './rows.ts';

let id = 0;
const entry = (source: TimelineSource, type: string, data: object = {}): TimelineEntry => ({
  id: ++id,
  at: new Date(id * 1000).toISOString(),
  source,
  type,
  data: { ...data },
});
const v2g = (name: string, responseCode?: string) =>
  entry('v2g', 'v2g.message', { name, ...(responseCode ? { responseCode } : {}) });
const shape = (entries: TimelineEntry[]) =>
  rowsOf(entries).map(({ source, count, entries }) => [source, count, entries.length]);

describe('rowsOf', () => {
  it('a request and its response are one line', () => {
    expect(shape([v2g('SessionSetupReq'), v2g('SessionSetupRes', 'OK')])).toEqual([['v2g', 1, 2]]);
  });

  it('the same message twice, outside of a loop, is two lines', () => {
    const entries = [v2g('PowerDeliveryReq'), v2g('PowerDeliveryRes', 'OK')];
    expect(shape([...entries, ...entries])).toEqual([
      ['v2g', 1, 2],
      ['v2g', 1, 2],
    ]);
  });

  it('a loop is one line that counts exchanges, whatever other sources do meanwhile', () => {
    const loop = () => [v2g('CurrentDemandReq'), v2g('CurrentDemandRes', 'OK')];
    const meter = () => entry('energy', 'meter.sampled', { meter: {} });
    expect(shape([...loop(), meter(), ...loop(), ...loop(), meter()])).toEqual([
      ['v2g', 3, 6],
      ['energy', 2, 2],
    ]);
  });

  it('a failure in a loop stands alone and is never hidden', () => {
    const rows = rowsOf([
      v2g('CurrentDemandReq'),
      v2g('CurrentDemandRes', 'OK'),
      v2g('CurrentDemandReq'),
      v2g('CurrentDemandRes', 'FAILED'),
      v2g('CurrentDemandReq'),
    ]);
    expect(rows.map(({ last }) => last.data['responseCode'])).toEqual([
      undefined,
      'FAILED',
      undefined,
    ]);
  });

  it('another message of the same source ends the loop', () => {
    expect(
      shape([v2g('CurrentDemandReq'), v2g('PowerDeliveryReq'), v2g('CurrentDemandReq')]),
    ).toHaveLength(3);
  });

  it('SLAC sounds are one line', () => {
    const sound = (remaining: number) =>
      entry('slac', 'slac.message', { name: 'CM_MNBC_SOUND.IND', remaining });
    expect(shape([sound(2), sound(1), sound(0)])).toEqual([['slac', 3, 3]]);
  });

  it('an OCPP call and its result belong together by their id alone', () => {
    const call = (type: string, messageId: string) =>
      entry('ocpp', type, { action: 'StatusNotification', messageId });
    expect(
      shape([call('ocpp.call', 'a'), call('ocpp.result', 'a'), call('ocpp.call', 'b')]),
    ).toEqual([
      ['ocpp', 1, 2],
      ['ocpp', 1, 1],
    ]);
  });

  it('a thinned loop counts what each entry stands for, and a change of state does not break it', () => {
    const thinned = (repeated: number) =>
      entry('v2g', 'v2g.message', { name: 'CurrentDemandReq', direction: 'in', repeated });
    expect(
      shape([thinned(4), thinned(5), entry('v2g', 'v2g.state', { state: 'x' }), thinned(3)]),
    ).toEqual([
      ['v2g', 12, 3],
      ['v2g', 1, 1],
    ]);
  });

  it('entries without a name never merge', () => {
    expect(
      shape([entry('system', 'session.began'), entry('system', 'session.began')]),
    ).toHaveLength(2);
  });
});
