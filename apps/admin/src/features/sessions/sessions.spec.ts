import type { Session } from '@kerbside/contracts';
import { describe, expect, it } from 'vitest';
import { mergeSessions } from './merge-sessions.ts';
import { meterSamples } from './meter-samples.ts';

const session = (id: string, began: string, evse = 1, energy = 0): Session => ({
  id,
  evse,
  began,
  energy,
  transactions: [],
});

describe('mergeSessions', () => {
  it('the stream overrules what was read, and adds what is new', () => {
    const merged = mergeSessions(
      [session('a', '2026-01-01T00:00:00.000Z')],
      [session('a', '2026-01-01T00:00:00.000Z', 1, 5), session('b', '2026-01-02T00:00:00.000Z')],
    );
    expect(merged.map(({ id, energy }) => [id, energy])).toEqual([
      ['b', 0],
      ['a', 5],
    ]);
  });

  it('a filter by EVSE holds for the stream too', () => {
    expect(mergeSessions([], [session('a', '2026-01-01T00:00:00.000Z', 2)], 1)).toEqual([]);
  });
});

describe('meterSamples', () => {
  const entry = (type: string, data: object) => ({
    id: 1,
    at: '2026-01-01T00:00:00.000Z',
    source: 'energy' as const,
    type,
    data: { ...data },
  });

  it('reads power, offered power and state of charge', () => {
    const meter = { power: 11_000, voltage: [230, 230, 230] };
    expect(meterSamples([entry('meter.sampled', { meter, offered: 16, soc: 40 })])).toEqual([
      { at: Date.parse('2026-01-01T00:00:00.000Z'), power: 11_000, offered: 11_040, soc: 40 },
    ]);
  });

  it('leaves out what carries no reading', () => {
    expect(
      meterSamples([entry('meter.sampled', { meter: 'broken' }), entry('contactor.changed', {})]),
    ).toEqual([]);
  });
});
