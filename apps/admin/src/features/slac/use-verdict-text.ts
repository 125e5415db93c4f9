import type { SlacVerdict } from '@kerbside/contracts';
import { useText } from '../../i18n/use-text.ts';

/** A verdict in the reader's language; one that has no text yet in the charger's own words. */
export function useVerdictText(): (verdict: SlacVerdict) => {
  readonly what: string;
  readonly next: readonly string[];
} {
  const { t, f } = useText();
  return ({ code, what, next, facts }) => {
    const shown = Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [
        name,
        typeof value === 'number' && !Number.isInteger(value) ? f.number(value, 1) : value,
      ]),
    );
    const steps: unknown = t(`slac.verdict.${code}.next`, {
      returnObjects: true,
      defaultValue: [],
    });
    return {
      what: t(`slac.verdict.${code}.what`, { ...shown, defaultValue: what }),
      next: Array.isArray(steps) && steps.length === next.length ? (steps as string[]) : next,
    };
  };
}
