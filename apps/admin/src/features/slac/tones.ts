import type { SlacAttemptSummary, SlacState } from '@kerbside/contracts';
import type { Tone } from '@kerbside/ui';

const states: Readonly<Record<SlacState, Tone>> = {
  off: 'idle',
  'interface-missing': 'bad',
  unmatched: 'idle',
  waiting: 'info',
  matching: 'info',
  joining: 'info',
  matched: 'ok',
  failed: 'bad',
  paused: 'warn',
};
export const slacStateTone = (state: SlacState): Tone => states[state];

/** Matched, yet with something to check. */
const doubts = /^matched-(after-retries|attenuation|link-not)/;

export function attemptTone({
  result,
  verdict,
}: Pick<SlacAttemptSummary, 'result' | 'verdict'>): Tone {
  if (verdict.code === 'link-lost') return 'bad';
  if (result === 'matched') return doubts.test(verdict.code) ? 'warn' : 'ok';
  return ({ running: 'info', failed: 'bad', ended: 'idle' } as const)[result];
}
