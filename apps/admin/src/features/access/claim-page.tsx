import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { accountName, type ClaimState } from '@kerbside/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { z } from 'zod';
import { queryKey } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { useApiForm } from '../../forms/use-api-form.ts';
import { useText } from '../../i18n/use-text.ts';
import { EntryFrame } from './entry-frame.tsx';
import { StrengthMeter } from './strength-meter.tsx';

/** First start: claim code, owner, password. */
export function ClaimPage({ unit }: { unit: ClaimState }) {
  const { t } = useText();
  const queries = useQueryClient();
  const schema = useMemo(
    () =>
      z.object({
        code: z.string().trim().min(1, t('claim.required')),
        name: z
          .string()
          .trim()
          .min(1, t('claim.required'))
          .max(64)
          .refine((name) => accountName.safeParse(name).success, t('claim.badName')),
        password: z.string().min(12, t('claim.tooShort')).max(256),
      }),
    [t],
  );
  const { form, submit, pending, error } = useApiForm({
    route: 'claim',
    schema,
    defaults: { code: '', name: '', password: '' },
    request: (body) => ({ body }),
    done: (me) => {
      queries.setQueryData(queryKey('getMe', {}), me);
      queries.setQueryData(queryKey('getClaim', {}), { ...unit, claimed: true });
    },
  });
  const { errors } = form.formState;
  return (
    <EntryFrame unit={unit.unit} version={unit.version} title={t('claim.title')}>
      <Text c="dimmed">{t('claim.intro')}</Text>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          {error ? <ErrorBox error={error} /> : null}
          <TextInput
            label={t('claim.code')}
            description={t('claim.codeHint')}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            error={errors.code?.message}
            {...form.register('code')}
          />
          <TextInput
            label={t('claim.name')}
            description={t('claim.nameHint')}
            autoComplete="username"
            error={errors.name?.message}
            {...form.register('name')}
          />
          <div>
            <PasswordInput
              label={t('claim.password')}
              description={t('claim.passwordHint')}
              autoComplete="new-password"
              error={errors.password?.message}
              {...form.register('password')}
            />
            <StrengthMeter password={form.watch('password')} name={form.watch('name')} />
          </div>
          <Button type="submit" loading={pending} fullWidth>
            {t('claim.submit')}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}
