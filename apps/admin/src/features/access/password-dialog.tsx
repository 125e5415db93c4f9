import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { z } from 'zod';
import { useMe } from '../../access/use-access.tsx';
import { ErrorBox } from '../../app/error-box.tsx';
import { useApiForm } from '../../forms/use-api-form.ts';
import { useNotify } from '../../app/use-notify.ts';
import { useText } from '../../i18n/use-text.ts';
import { StrengthMeter } from './strength-meter.tsx';

function PasswordForm({ close }: { close: () => void }) {
  const { t } = useText();
  const notify = useNotify();
  const me = useMe();
  const schema = useMemo(
    () =>
      z.object({
        current: z.string().min(1, t('claim.required')).max(256),
        next: z.string().min(12, t('claim.tooShort')).max(256),
      }),
    [t],
  );
  const { form, submit, pending, error } = useApiForm({
    route: 'changePassword',
    schema,
    defaults: { current: '', next: '' },
    request: (body) => ({ body }),
    done: () => {
      notify.done(t('password.done'));
      close();
    },
  });
  const { errors } = form.formState;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {error ? <ErrorBox error={error} /> : null}
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          error={errors.current?.message}
          {...form.register('current')}
        />
        <div>
          <PasswordInput
            label={t('password.next')}
            autoComplete="new-password"
            error={errors.next?.message}
            {...form.register('next')}
          />
          <StrengthMeter password={form.watch('next')} name={me.name} />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {t('password.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function PasswordDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('password.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <PasswordForm close={close} />
    </Modal>
  );
}
