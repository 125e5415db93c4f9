import type { SlacFrame } from '@kerbside/contracts';
import { describe, expect, it } from 'vitest';
import { ladderRows, worstTiming } from './ladder-rows.ts';

const frame = (n: number, name: string, elapsedMs?: number, limitMs = 100): SlacFrame =>
  ({
    n,
    name,
    ...(elapsedMs === undefined ? {} : { timing: { elapsedMs, limitMs, level: 'ok' } }),
  }) as SlacFrame;
const sound = (n: number) => frame(n, 'CM_MNBC_SOUND.IND');
const profile = (n: number) => frame(n, 'CM_ATTEN_PROFILE.IND');
const shape = (frames: readonly SlacFrame[]) =>
  ladderRows(frames).map((row) =>
    row.kind === 'frame' ? row.frame.n : `${row.id}: ${row.sounds}+${row.profiles}`,
  );

describe('rows of the ladder', () => {
  it('sounds and profiles in a row are one, whatever their order and number', () => {
    const before = frame(1, 'CM_START_ATTEN_CHAR.IND');
    const after = frame(6, 'CM_ATTEN_CHAR.IND');
    expect(shape([before, sound(2), profile(3), sound(4), sound(5), after])).toEqual([
      1,
      '2: 3+1',
      6,
    ]);
    expect(shape([profile(1), profile(2), profile(3)])).toEqual(['1: 0+3']);
  });

  it('two are no crowd, and another message parts them', () => {
    expect(shape([sound(1), profile(2)])).toEqual([1, 2]);
    const parted = [sound(1), sound(2), frame(3, 'CM_SLAC_PARM.REQ'), sound(4), sound(5)];
    expect(shape(parted)).toEqual([1, 2, 3, 4, 5]);
    expect(shape([])).toEqual([]);
  });

  it('the closest call of a row is by its share of the limit', () => {
    const calls = [frame(1, 'a', 90, 100), frame(2, 'b', 300, 600), frame(3, 'c')];
    expect(worstTiming(calls)?.elapsedMs).toBe(90);
    expect(worstTiming([frame(1, 'a')])).toBeUndefined();
  });
});
