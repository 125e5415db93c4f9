import { Button } from '@mantine/core';
import type { Setting } from '@kerbside/contracts';
import { useText } from '../../i18n/use-text.ts';

/** One setting: its value, where that comes from, and what it overrides. */
export function SettingRow({ setting, change }: { setting: Setting; change?: () => void }) {
  const { t, f, term } = useText();
  const { name, source, variable, unit, overridden, meaning } = setting;
  const show = (value: Setting['value']): string => {
    if (value === undefined) return '—';
    if (Array.isArray(value)) return t('settings.values', { count: value.length });
    const text = typeof value === 'number' ? f.number(value) : String(value);
    return unit === undefined ? text : `${text} ${unit}`;
  };
  const from =
    variable === undefined
      ? term('settings.source', source)
      : t('settings.fromVariable', { variable });
  return (
    <li>
      <div>
        <strong className="kb-mono">{name}</strong>
        <span>
          {show(setting.value)} · <span className="kb-quiet">{from}</span>
        </span>
        {overridden.map((one) => (
          <span key={one.source} className="kb-quiet">
            {t('settings.overrides', {
              value: show(one.value),
              source: term('settings.source', one.source),
            })}
          </span>
        ))}
        <span className="kb-quiet">{meaning}</span>
      </div>
      {change && !Array.isArray(setting.value) ? (
        <Button
          variant="subtle"
          px="sm"
          onClick={change}
          aria-label={t('settings.changeName', { name })}
        >
          {t('settings.change')}
        </Button>
      ) : null}
    </li>
  );
}
