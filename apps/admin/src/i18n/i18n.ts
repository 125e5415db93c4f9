import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import type { Texts } from './texts.ts';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
const STORED = 'kerbside-language';

/** A complete translation: the compiler finds a missing key. */
export type Translation = Texts<typeof en>;

const isLanguage = (value: string | null | undefined): value is Language =>
  value !== null && value !== undefined && Object.hasOwn(LANGUAGES, value);

function preferred(): Language {
  const choices = [
    localStorage.getItem(STORED),
    ...navigator.languages.map((tag) => tag.slice(0, 2)),
  ];
  return choices.find(isLanguage) ?? 'en';
}

async function load(language: Language): Promise<void> {
  if (language === 'de' && !i18next.hasResourceBundle('de', 'translation'))
    i18next.addResourceBundle('de', 'translation', (await import('./de.ts')).de);
}

/** Starts with the stored language or the browser's; English is always at hand. */
export async function startI18n(language: Language = preferred()): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    // React escapes; escaping twice would show entities
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await setLanguage(language);
}

export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await setLanguage(language);
}

/** The locale for numbers and dates: the browser's own region where it speaks the chosen language. */
export function localeOf(language: string): string {
  return navigator.languages.find((tag) => tag.slice(0, 2) === language) ?? language;
}
