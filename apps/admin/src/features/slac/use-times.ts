import { useText } from '../../i18n/use-text.ts';

/** A time between frames: below 10 ms a tenth matters. */
export function useTimes(): (ms: number) => string {
  const { f } = useText();
  return (ms) => (ms > 0 && ms < 9.95 ? `${f.number(ms, 1)} ms` : f.milliseconds(ms));
}
