import { Button, Group, NumberInput, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { type VasSettings, vasSettings } from '@kerbside/contracts';
import { Panel } from '@kerbside/ui';
import { useState } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useAccess } from '../../access/use-access.tsx';
import { useApi } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useNotify } from '../../app/use-notify.ts';
import { useApiForm } from '../../forms/use-api-form.ts';
import { useText } from '../../i18n/use-text.ts';
import { PlanPreview } from './plan-preview.tsx';

type Form = UseFormReturn<VasSettings>;
const SWITCHES = ['enabled', 'http', 'https', 'ipv4', 'free', 'privateNetworks'] as const;
const LISTS = ['resolvers', 'allow'] as const;
const TEXTS = ['uplink', 'delegatedPrefix'] as const;
const NUMBERS = [
  ['rate', 'kbit/s', 64],
  ['quota', 'MB', 1],
] as const;
const BYTES_PER_MB = 1_000_000;

function Switches({ form }: { form: Form }) {
  const { t } = useText();
  return SWITCHES.map((name) => (
    <Controller
      key={name}
      control={form.control}
      name={name}
      render={({ field: { value, ...field } }) => (
        <Switch
          label={t(`vas.setting.${name}`)}
          description={t(`vas.settingHint.${name}`)}
          checked={value}
          {...field}
        />
      )}
    />
  ));
}

/** One entry a line. */
function Lists({ form }: { form: Form }) {
  const { t } = useText();
  return LISTS.map((name) => (
    <Controller
      key={name}
      control={form.control}
      name={name}
      render={({ field: { value, onChange, ...field }, fieldState }) => (
        <Textarea
          label={t(`vas.setting.${name}`)}
          description={t(`vas.settingHint.${name}`)}
          autosize
          minRows={2}
          error={fieldState.error?.message}
          defaultValue={value.join('\n')}
          onChange={(event) => onChange(event.currentTarget.value.split(/[\s,]+/).filter(Boolean))}
          {...field}
        />
      )}
    />
  ));
}

function Texts({ form }: { form: Form }) {
  const { t } = useText();
  return TEXTS.map((name) => (
    <Controller
      key={name}
      control={form.control}
      name={name}
      render={({ field: { value, onChange, ...field }, fieldState }) => (
        <TextInput
          label={t(`vas.setting.${name}`)}
          description={t(`vas.settingHint.${name}`)}
          autoComplete="off"
          error={fieldState.error?.message}
          value={value ?? ''}
          onChange={(event) => onChange(event.currentTarget.value.trim() || null)}
          {...field}
        />
      )}
    />
  ));
}

function Numbers({ form }: { form: Form }) {
  const { t } = useText();
  return NUMBERS.map(([name, unit, min]) => {
    const scale = name === 'quota' ? BYTES_PER_MB : 1;
    return (
      <Controller
        key={name}
        control={form.control}
        name={name}
        render={({ field: { value, onChange, ...field }, fieldState }) => (
          <NumberInput
            label={t(`vas.setting.${name}`)}
            description={t(`vas.settingHint.${name}`)}
            suffix={` ${unit}`}
            min={min}
            allowDecimal={false}
            hideControls
            error={fieldState.error?.message}
            value={value === null ? '' : value / scale}
            onChange={(next) => onChange(typeof next === 'number' ? next * scale : null)}
            {...field}
          />
        )}
      />
    );
  });
}

function SettingsForm({ settings }: { settings: VasSettings }) {
  const { t } = useText();
  const notify = useNotify();
  const access = useAccess('config.write');
  const { form, submit, pending, error } = useApiForm({
    route: 'putVasSettings',
    schema: vasSettings,
    defaults: settings,
    request: (body) => ({ body }),
    invalidates: ['getVasSettings', 'getVas'],
    done: () => notify.done(t('vas.saved')),
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <fieldset disabled={!access.allowed} className="kb-fieldset" aria-label={t('vas.settings')}>
        <Stack>
          {error ? <ErrorBox error={error} /> : null}
          <div className="kb-columns">
            <Stack>
              <Switches form={form} />
            </Stack>
            <Stack>
              <Texts form={form} />
              <Lists form={form} />
              <Numbers form={form} />
            </Stack>
          </div>
          <Group justify="flex-end">
            {access.reason ? <span className="kb-quiet">{access.reason}</span> : null}
            <Button type="submit" loading={pending}>
              {t('vas.save')}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}

/** How the service is set; who may not see it is told so. */
export function SettingsPanel() {
  const { t } = useText();
  const access = useAccess('config.read');
  const query = useApi('getVasSettings', {}, { enabled: access.allowed });
  const [planning, setPlanning] = useState(false);
  return (
    <Panel title={t('vas.settings')}>
      {access.reason ? (
        <p className="kb-quiet">{access.reason}</p>
      ) : query.data ? (
        <>
          <SettingsForm settings={query.data} />
          <Group mt="md">
            <Button variant="default" onClick={() => setPlanning(true)}>
              {t('vas.preview')}
            </Button>
          </Group>
          {planning ? <PlanPreview /> : null}
        </>
      ) : query.error ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={2} height={80} />
      )}
    </Panel>
  );
}
