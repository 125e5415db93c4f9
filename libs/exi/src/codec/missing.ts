import type { State } from '../grammar/state.ts';

/** What a state still waits for. */
export function missing(state: State): string {
  const names = state.productions.flatMap((one) =>
    one.event === 'attribute' || (one.event === 'element' && !one.dropped) ? [one.key] : [],
  );
  if (names.length === 0) return 'the value is missing';
  return names.length === 1 ? `${names[0]} is missing` : `one of ${names.join(', ')} is missing`;
}
