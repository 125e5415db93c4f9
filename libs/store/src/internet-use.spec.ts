import type { Fact } from '@kerbside/charging';
import { describe, expect, it } from 'vitest';
import { rowsOf } from './ops-of.ts';

const ended = (data: object, session: string | undefined = 's-1') =>
  rowsOf({
    at: 1,
    source: 'vas',
    type: 'vas.ended',
    data,
    ...(session ? { session } : {}),
  } as Fact);
const use = { bytesUp: 5, bytesDown: 900, seconds: 2.5, ports: [443], reason: 'unplugged' };

describe('what a car used of the internet service', () => {
  it('is added to its session', () => {
    expect(ended(use)).toEqual([
      {
        op: 'session.internet',
        session: 's-1',
        bytesUp: 5,
        bytesDown: 900,
        seconds: 2.5,
        ports: '[443]',
      },
    ]);
  });

  it.each([
    ['no session', use, ''],
    ['no number', { ...use, bytesUp: '5' }, 's-1'],
    ['no whole number', { ...use, bytesDown: 1.5 }, 's-1'],
    ['no time', { ...use, seconds: Number.NaN }, 's-1'],
    ['no ports', { ...use, ports: undefined }, 's-1'],
  ])('is not written where there is %s', (_, data, session) => {
    expect(ended(data, session)).toEqual([]);
  });
});
