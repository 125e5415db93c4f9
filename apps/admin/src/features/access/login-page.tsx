import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import type { ClaimState } from '@kerbside/contracts';
import { Notice } from '@kerbside/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { z } from 'zod';
import { queryKey } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { useApiForm } from '../../forms/use-api-form.ts';
import { useText } from '../../i18n/use-text.ts';
import { EntryFrame } from './entry-frame.tsx';

export function LoginPage({ unit, expired }: { unit: ClaimState; expired: boolean }) {
  const { t } = useText();
  const queries = useQueryClient();
  const schema = useMemo(
    () =>
      z.object({
        name: z.string().min(1, t('claim.required')).max(64),
        password: z.string().min(1, t('claim.required')).max(256),
      }),
    [t],
  );
  const { form, submit, pending, error } = useApiForm({
    route: 'login',
    schema,
    defaults: { name: '', password: '' },
    request: (body) => ({ body }),
    done: (me) => queries.setQueryData(queryKey('getMe', {}), me),
  });
  const { errors } = form.formState;
  return (
    <EntryFrame unit={unit.unit} version={unit.version} title={t('login.title')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          {expired && !error ? <Notice tone="info" title={t('login.expired')} live /> : null}
          {error?.status === 401 ? (
            <Notice tone="bad" title={t('error.credentials')} live />
          ) : error ? (
            <ErrorBox error={error} />
          ) : null}
          <TextInput
            label={t('login.name')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            error={errors.name?.message}
            {...form.register('name')}
          />
          <PasswordInput
            label={t('login.password')}
            autoComplete="current-password"
            error={errors.password?.message}
            {...form.register('password')}
          />
          <Button type="submit" loading={pending} fullWidth>
            {t('login.submit')}
          </Button>
        </Stack>
      </form>
      <Text c="dimmed" size="sm">
        {t('login.lost')}
      </Text>
    </EntryFrame>
  );
}
