import { formatters, type Formatters } from '@kerbside/ui';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from './i18n.ts';

export type Text = TFunction;

/** `waiting-for-the-csms` or `SuspendedEV` as words, for keys that have no text yet. */
export function humanise(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_.]+/g, ' ')
    .trim();
  return words === '' ? key : words;
}

/** The text of a stable key of the API, or the key itself as words. */
export function term(t: Text, family: string, key: string): string {
  const path = `${family}.${key}`;
  const text: unknown = t(path, { defaultValue: '' });
  return typeof text === 'string' && text !== '' && text !== path ? text : humanise(key);
}

export const sentence = (text: string): string =>
  text.charAt(0).toLocaleUpperCase() + text.slice(1);

export function useText(): {
  t: Text;
  f: Formatters;
  term: (family: string, key: string) => string;
} {
  const { t, i18n } = useTranslation();
  const f = useMemo(() => formatters(localeOf(i18n.language)), [i18n.language]);
  return useMemo(() => ({ t, f, term: (family, key) => term(t, family, key) }), [t, f]);
}
