import type { VasSettings } from '@kerbside/contracts';
import { vasSettings } from '@kerbside/contracts';
import { systemRandom } from '@kerbside/host';
import { toHex } from '@kerbside/kernel';
import type { Store } from '@kerbside/store';
import { DEFAULT_INTERNET_SETTINGS, type InternetSettings } from '@kerbside/vas';

const KEY = 'vas';
const ULA = 'vas.ula';

export interface VasSettingsStore {
  get(): VasSettings;
  /** On disk when it resolves. */
  put(settings: VasSettings, by: string): Promise<void>;
  /** As the network part takes them. */
  internet(): InternetSettings;
}

const orNull = <T>(value: T | undefined): T | null => value ?? null;

export function defaultVasSettings(given: Partial<VasSettings>): VasSettings {
  const { uplink, delegatedPrefix, rate, quota, resolvers, allow, ...rest } =
    DEFAULT_INTERNET_SETTINGS;
  return {
    ...rest,
    resolvers: [...resolvers],
    allow: [...allow],
    uplink: orNull(uplink),
    delegatedPrefix: orNull(delegatedPrefix),
    rate: orNull(rate),
    quota: orNull(quota),
    ...given,
  };
}

/** 40 random bits, once for this unit. RFC 4193 3.2 */
function newUla(): string {
  const [a = '', b = '', c = ''] =
    toHex(systemRandom.bytes(5))
      .match(/^(..)(....)(....)$/)
      ?.slice(1) ?? [];
  return `fd${a}:${b}:${c}::/48`;
}

/** The settings of the store, or else those of the installation. */
export function openVasSettings(
  store: Pick<Store, 'start' | 'commit' | 'note'>,
  given: Partial<VasSettings>,
  now: () => number,
): VasSettingsStore {
  const kept = (key: string) => store.start.settings.find((setting) => setting.key === key)?.value;
  const put = (key: string, value: unknown, source: string, changedBy: string) =>
    ({
      op: 'setting.put',
      key,
      value: JSON.stringify(value),
      source,
      changedAt: now(),
      changedBy,
    }) as const;

  const text = kept(KEY);
  const parsed = text === undefined ? undefined : vasSettings.safeParse(JSON.parse(text));
  let settings = parsed?.success ? parsed.data : defaultVasSettings(given);
  const before = kept(ULA);
  const ula = before === undefined ? newUla() : (JSON.parse(before) as string);
  if (before === undefined) store.note([put(ULA, ula, 'default', 'kerbside')]);

  return {
    get: () => settings,
    async put(next, by) {
      await store.commit([put(KEY, next, 'operator', by)]);
      settings = next;
    },
    internet() {
      const { uplink, delegatedPrefix, rate, quota, ...rest } = settings;
      return {
        ...rest,
        ula,
        uplink: uplink ?? undefined,
        delegatedPrefix: delegatedPrefix ?? undefined,
        rate: rate ?? undefined,
        quota: quota ?? undefined,
      };
    },
  };
}
