import { type Text, term } from './use-text.ts';

/** Keys that end in a word of another list: `stopped-EVDisconnected`, `fault-lock-failed`. */
const PREFIXES = {
  'stopped-': 'stopReason',
  'stopping-': 'stopReason',
  'token-refused-': 'tokenStatus',
  'fault-': 'bench.fault',
  'resolve-': 'bench.fault',
} as const;

/** The text of a reason, of what is waited for, or of the next step of an EVSE. */
export function stateTerm(t: Text, family: 'reason' | 'waiting' | 'next', key: string): string {
  for (const [prefix, words] of Object.entries(PREFIXES))
    if (key.startsWith(prefix))
      return t(`prefixed.${prefix}`, { what: term(t, words, key.slice(prefix.length)) });
  if (family === 'reason' && key.startsWith('pilot-'))
    return term(t, 'timeline.pilotState', key.slice('pilot-'.length));
  return term(t, family, key);
}
