import type { SlacFrame } from '@kerbside/contracts';

/** A message, or the sounds and profiles that follow one another. */
export type LadderRow =
  | { readonly kind: 'frame'; readonly frame: SlacFrame }
  | {
      readonly kind: 'sounds';
      readonly id: number;
      readonly frames: readonly SlacFrame[];
      readonly sounds: number;
      readonly profiles: number;
    };

const SOUND = 'CM_MNBC_SOUND.IND';
const PROFILE = 'CM_ATTEN_PROFILE.IND';
const isSounding = ({ name }: SlacFrame) => name === SOUND || name === PROFILE;

/** Frames as rows: three or more sounds and profiles in a row become one. */
export function ladderRows(frames: readonly SlacFrame[]): LadderRow[] {
  const rows: LadderRow[] = [];
  for (let at = 0; at < frames.length;) {
    const first = frames[at];
    if (!first) break;
    let end = at;
    while (end < frames.length && isSounding(frames[end] as SlacFrame)) end++;
    if (end - at < 3) {
      rows.push({ kind: 'frame', frame: first });
      at++;
      continue;
    }
    const run = frames.slice(at, end);
    rows.push({
      kind: 'sounds',
      id: first.n,
      frames: run,
      sounds: run.filter(({ name }) => name === SOUND).length,
      profiles: run.filter(({ name }) => name === PROFILE).length,
    });
    at = end;
  }
  return rows;
}

/** The closest call among the frames of a row. */
export function worstTiming(frames: readonly SlacFrame[]): SlacFrame['timing'] {
  return frames
    .flatMap(({ timing }) => timing ?? [])
    .toSorted((a, b) => b.elapsedMs / b.limitMs - a.elapsedMs / a.limitMs)[0];
}
