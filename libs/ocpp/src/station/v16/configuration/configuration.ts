import type {
  ConfigurationKey,
  GetConfigurationResponse,
} from '../../../messages/v16/get-configuration.ts';
import type { KeyRule } from './keys.ts';

/** The device model: rules by key, and the values that differ from their defaults. */
export interface Configuration {
  readonly rules: ReadonlyMap<string, KeyRule>;
  readonly values: ReadonlyMap<string, string>;
}

/** A valid value in its stored form, or undefined when it breaks the rule. */
function normalized(rule: KeyRule, value: string): string | undefined {
  const text = value.trim();
  switch (rule.type) {
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;
    case 'integer': {
      if (!/^[+-]?\d{1,9}$/.test(text)) return undefined;
      const number = Number(text);
      return number >= rule.minimum && number <= rule.maximum ? String(number) : undefined;
    }
    case 'list': {
      const items = text === '' ? [] : text.split(',').map((item) => item.trim());
      return items.every(rule.item) ? [...new Set(items)].join(',') : undefined;
    }
  }
}

/** Takes stored values that are still valid; what an older version stored and is not, is left out. */
export function configurationOf(
  rules: ReadonlyMap<string, KeyRule>,
  stored: Readonly<Record<string, string>>,
): Configuration {
  const values = new Map<string, string>();
  for (const [key, rule] of rules) {
    const value = Object.hasOwn(stored, key) ? stored[key] : undefined;
    const valid = value === undefined || rule.access === 'R' ? undefined : normalized(rule, value);
    if (valid !== undefined) values.set(key, valid);
  }
  return { rules, values };
}

export function textOf(configuration: Configuration, key: string): string {
  return configuration.values.get(key) ?? configuration.rules.get(key)?.value ?? '';
}
export const isSet = (configuration: Configuration, key: string): boolean =>
  textOf(configuration, key) === 'true';
export const numberOf = (configuration: Configuration, key: string): number =>
  Number(textOf(configuration, key));
export const itemsOf = (configuration: Configuration, key: string): readonly string[] =>
  textOf(configuration, key).split(',').filter(Boolean);

export type Change =
  | { readonly status: 'NotSupported' | 'Rejected' }
  | { readonly status: 'Accepted'; readonly value: string; readonly configuration: Configuration };

/** What ChangeConfiguration does: unknown key NotSupported, a value against the rule Rejected. */
export function changed(configuration: Configuration, key: string, value: string): Change {
  const rule = configuration.rules.get(key);
  if (!rule) return { status: 'NotSupported' };
  const valid = rule.access === 'R' ? undefined : normalized(rule, value);
  if (valid === undefined) return { status: 'Rejected' };
  const values = new Map([...configuration.values, [key, valid]]);
  return { status: 'Accepted', value: valid, configuration: { ...configuration, values } };
}

/** The answer to GetConfiguration; keys are found in any case, and named as they are spelt. */
export function readKeys(
  configuration: Configuration,
  keys: readonly string[] | undefined,
): GetConfigurationResponse {
  const entry = (key: string): ConfigurationKey => ({
    key,
    readonly: configuration.rules.get(key)?.access === 'R',
    value: textOf(configuration, key),
  });
  if (!keys || keys.length === 0)
    return { configurationKey: [...configuration.rules.keys()].map(entry) };
  const byLowerCase = new Map(
    [...configuration.rules.keys()].map((key) => [key.toLowerCase(), key] as const),
  );
  const configurationKey: ConfigurationKey[] = [];
  const unknownKey: string[] = [];
  for (const key of new Set(keys)) {
    const known = byLowerCase.get(key.toLowerCase());
    if (known === undefined) unknownKey.push(key);
    else configurationKey.push(entry(known));
  }
  return {
    ...(configurationKey.length > 0 ? { configurationKey } : {}),
    ...(unknownKey.length > 0 ? { unknownKey } : {}),
  };
}
