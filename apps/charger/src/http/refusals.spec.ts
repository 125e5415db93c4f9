import type { Fact } from '@kerbside/charging';
import { minutes, seconds } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { journalRefusals, type Refusal, type Refusals } from './refusals.ts';

let clock: ManualClock;
let notes: Fact[];
let refusals: Refusals;
beforeEach(() => {
  clock = new ManualClock();
  notes = [];
  refusals = journalRefusals({ note: (facts) => void notes.push(...facts) }, clock);
});

const junk = (count: number, more: Partial<Refusal> = { from: '10.0.0.66' }) => {
  for (let at = 0; at < count; at++) refusals.tell({ on: 'http', code: 'bad-request', ...more });
};
const noted = (type: string) => notes.filter((note) => note.type === type);
const address = (n: number) => ({ from: `10.0.${n >> 8}.${n & 255}` });

describe('refusals in the journal', () => {
  it('of one peer suppress none of another', () => {
    junk(1000);
    notes.length = 0;
    junk(1, { from: '10.0.0.7' });
    junk(1, { from: '10.0.0.66', by: 'owner' });
    expect(notes.map(({ source, data }) => [source, data])).toEqual([
      ['system', { code: 'bad-request', from: '10.0.0.7' }],
      ['operator', { code: 'bad-request', from: '10.0.0.66', by: 'owner' }],
    ]);
  });

  it('of one kind suppress none of another', () => {
    junk(1000);
    junk(1, { on: 'control' });
    junk(1, { on: 'stream', by: 'owner' });
    expect(noted('control.refused')).toHaveLength(1);
    expect(noted('stream.refused')).toHaveLength(1);
  });

  it('of a peer that goes on for days are few, and each is counted', () => {
    const days = 3;
    for (let second = 0; second < days * 86_400; second++) {
      junk(2);
      clock.advance(seconds(1));
    }
    refusals.close();
    expect(noted('http.refused').length).toBeLessThanOrEqual(days * 100);
    expect(notes.length).toBeLessThan(days * 140);
    const counted = noted('http.suppressed').reduce(
      (sum, { data }) => sum + Number((data as { refusals: number }).refusals),
      0,
    );
    expect(noted('http.refused').length + counted).toBe(2 * days * 86_400);
    expect(noted('http.suppressed')[0]).toMatchObject({
      source: 'system',
      data: { from: '10.0.0.66' },
    });
  });

  it('of ever new addresses share one limit beyond the first 32', () => {
    for (let n = 0; n < 5000; n++) junk(1, address(n));
    expect(noted('http.refused')).toHaveLength(32 + 10);
    clock.advance(seconds(1));
    expect(noted('http.suppressed').map(({ data }) => data)).toEqual([{ refusals: 5000 - 42 }]);
  });

  it('make room for other addresses after a day', () => {
    for (let n = 0; n < 100; n++) junk(1, address(n));
    clock.advance(minutes(24 * 60));
    notes.length = 0;
    junk(11, { from: '10.9.9.9' });
    clock.advance(seconds(1));
    expect(noted('http.refused')).toHaveLength(10);
    expect(noted('http.suppressed')[0]?.data).toEqual({ refusals: 1, from: '10.9.9.9' });
  });

  it('that wait to be counted are written at the end, and no timer is left', () => {
    junk(15);
    refusals.close();
    expect(noted('http.suppressed').map(({ data }) => data)).toEqual([
      { refusals: 5, from: '10.0.0.66' },
    ]);
    expect(clock.pending).toBe(0);
  });
});
