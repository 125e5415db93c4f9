import { Stack, Switch } from '@mantine/core';
import type { EvseConfiguration, Setting } from '@kerbside/contracts';
import { Panel } from '@kerbside/ui';
import { useState } from 'react';
import { useAccess } from '../../access/use-access.tsx';
import { useApi, useCommand } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useErrorText } from '../../app/use-error-text.ts';
import { useText } from '../../i18n/use-text.ts';
import { SettingDialog } from './setting-dialog.tsx';
import { SettingRow } from './setting-row.tsx';
import { withSetting } from './stored-settings.ts';

function Rows({
  settings,
  all,
  change,
}: {
  settings: readonly Setting[];
  all: boolean;
  change?: (setting: Setting) => void;
}) {
  const { t } = useText();
  const shown = settings.filter(({ source }) => all || source !== 'default');
  if (shown.length === 0)
    return <p className="kb-quiet kb-empty-line">{t('settings.allDefault')}</p>;
  return (
    <ul className="kb-rows">
      {shown.map((setting) => (
        <SettingRow
          key={setting.name}
          setting={setting}
          {...(change ? { change: () => change(setting) } : {})}
        />
      ))}
    </ul>
  );
}

function EvseSettings({ configuration, all }: { configuration: EvseConfiguration; all: boolean }) {
  const { t } = useText();
  const access = useAccess('config.write');
  const errorText = useErrorText();
  const put = useCommand('putSlacSettings', ['getConfiguration']);
  const [changing, setChanging] = useState<Setting>();
  const { evse: id, evseId, interface: name, settings } = configuration;
  const close = () => {
    put.reset();
    setChanging(undefined);
  };
  return (
    <Panel
      title={t('settings.evse', { id })}
      flush
      aside={<span className="kb-quiet">{[evseId, name].filter(Boolean).join(' · ')}</span>}
    >
      <Rows settings={settings} all={all} {...(access.allowed ? { change: setChanging } : {})} />
      <SettingDialog
        setting={changing}
        close={close}
        pending={put.isPending}
        error={put.error ? errorText(put.error) : undefined}
        apply={(value) =>
          put.mutate(
            { params: { id }, body: withSetting(settings, changing?.name ?? '', value) },
            { onSuccess: close },
          )
        }
      />
    </Panel>
  );
}

/** Every setting, its value, and whether the environment overrides what was set. */
export function SettingsPage() {
  const { t } = useText();
  const [all, setAll] = useState(false);
  const query = useApi('getConfiguration', {});
  if (query.error && !query.data)
    return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <LoadingRows rows={4} height={56} />;
  const { unit, evses } = query.data;
  return (
    <Stack gap="md">
      <Switch
        label={t('settings.showAll')}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      <Panel title={t('settings.unit')} flush>
        <Rows settings={unit} all={all} />
      </Panel>
      {evses.map((configuration) => (
        <EvseSettings key={configuration.evse} configuration={configuration} all={all} />
      ))}
    </Stack>
  );
}
