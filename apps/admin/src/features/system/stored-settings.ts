import type { Setting, SlacSettings } from '@kerbside/contracts';

type Value = NonNullable<Setting['value']>;

/** What was set through the API, in force or not. */
const storedValue = ({ source, value, overridden }: Setting): Value | undefined =>
  source === 'store' ? value : overridden.find((one) => one.source === 'store')?.value;

/** The settings of an EVSE as they stand in the store, with one of them replaced, or taken back. */
export function withSetting(
  settings: readonly Setting[],
  name: string,
  value: Value | undefined,
): SlacSettings {
  const document: Record<string, unknown> = {};
  for (const setting of settings) {
    const kept = setting.name === name ? value : storedValue(setting);
    if (kept === undefined) continue;
    const [outer = '', inner] = setting.name.split('.');
    document[outer] =
      inner === undefined ? kept : { ...(document[outer] as object | undefined), [inner]: kept };
  }
  return document as SlacSettings;
}

/** Whether something was set through the API that can be taken back. */
export const isStored = (setting: Setting): boolean => storedValue(setting) !== undefined;
