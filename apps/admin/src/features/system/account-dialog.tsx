import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { accountName, role, ROLES } from '@kerbside/contracts';
import { useMemo } from 'react';
import { Controller } from 'react-hook-form';
import { z } from 'zod';
import { ErrorBox } from '../../app/error-box.tsx';
import { useApiForm } from '../../forms/use-api-form.ts';
import { useText } from '../../i18n/use-text.ts';
import { StrengthMeter } from '../access/strength-meter.tsx';

function AccountForm({ close }: { close: () => void }) {
  const { t } = useText();
  const schema = useMemo(
    () =>
      z.object({
        name: z
          .string()
          .trim()
          .min(1, t('claim.required'))
          .max(64)
          .refine((name) => accountName.safeParse(name).success, t('claim.badName')),
        role,
        password: z.string().min(12, t('claim.tooShort')).max(256),
      }),
    [t],
  );
  const { form, submit, pending, error } = useApiForm({
    route: 'createAccount',
    schema,
    defaults: { name: '', role: 'technician', password: '' },
    request: (body) => ({ body }),
    invalidates: ['listAccounts'],
    done: close,
  });
  const { errors } = form.formState;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {error ? <ErrorBox error={error} /> : null}
        <TextInput
          label={t('system.name')}
          autoComplete="off"
          error={errors.name?.message}
          {...form.register('name')}
        />
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Select
              label={t('system.role')}
              description={t(`system.roleText.${field.value}`)}
              data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
              allowDeselect={false}
              {...field}
              onChange={(value) => field.onChange(value ?? 'viewer')}
            />
          )}
        />
        <div>
          <PasswordInput
            label={t('login.password')}
            description={t('claim.passwordHint')}
            autoComplete="new-password"
            error={errors.password?.message}
            {...form.register('password')}
          />
          <StrengthMeter password={form.watch('password')} name={form.watch('name')} />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {t('system.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function AccountDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('system.add')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <AccountForm close={close} />
    </Modal>
  );
}
