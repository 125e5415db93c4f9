import {
  Button,
  Group,
  Modal,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import type { Setting } from '@kerbside/contracts';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { isStored } from './stored-settings.ts';

type Value = string | number | boolean;

export interface SettingFormProps {
  readonly setting: Setting;
  readonly close: () => void;
  readonly pending: boolean;
  readonly error: string | undefined;
  /** `undefined` takes back what was set. */
  readonly apply: (value: Value | undefined) => void;
}

function Field({
  setting,
  value,
  change,
}: {
  setting: Setting;
  value: Value;
  change: (value: Value) => void;
}) {
  const { t } = useText();
  const label = setting.name;
  const { choices, least, most, unit } = setting;
  if (choices)
    return (
      <NativeSelect
        label={label}
        data={choices.map(String)}
        value={String(value)}
        onChange={({ currentTarget: { value: text } }) =>
          change(choices.find((one) => String(one) === text) ?? value)
        }
      />
    );
  if (typeof value === 'number')
    return (
      <NumberInput
        label={label}
        description={t('settings.range', { least, most, unit: unit ?? '' })}
        value={value}
        onChange={(next) => typeof next === 'number' && change(next)}
        allowDecimal={false}
        inputMode="numeric"
        hideControls
        data-autofocus
      />
    );
  return (
    <TextInput
      label={label}
      value={String(value)}
      onChange={(event) => change(event.currentTarget.value)}
      data-autofocus
    />
  );
}

function SettingForm({ setting, close, pending, error, apply }: SettingFormProps) {
  const { t, term } = useText();
  const [value, setValue] = useState<Value>(
    Array.isArray(setting.value) ? '' : (setting.value ?? ''),
  );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    apply(value);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{setting.meaning}</Text>
        {setting.source === 'environment' ? (
          <Text c="dimmed">{t('settings.overriddenBy', { variable: setting.variable })}</Text>
        ) : null}
        <Field setting={setting} value={value} change={setValue} />
        {error === undefined ? null : (
          <Text c="danger" role="alert">
            {error}
          </Text>
        )}
        <Text c="dimmed">{term('settings.applies', setting.applies)}</Text>
        <Group justify="flex-end">
          {isStored(setting) ? (
            <Button variant="subtle" loading={pending} onClick={() => apply(undefined)}>
              {t('settings.takeBack')}
            </Button>
          ) : null}
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {t('settings.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Changes one setting. */
export function SettingDialog({
  setting,
  ...form
}: Omit<SettingFormProps, 'setting'> & { setting: Setting | undefined }) {
  const { t } = useText();
  return (
    <Modal
      opened={setting !== undefined}
      onClose={form.close}
      title={t('settings.change')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {setting ? <SettingForm key={setting.name} setting={setting} {...form} /> : null}
    </Modal>
  );
}
