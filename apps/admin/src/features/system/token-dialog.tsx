import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { ALL_PERMISSIONS, permission } from '@kerbside/contracts';
import { Notice } from '@kerbside/ui';
import { useMemo, useState } from 'react';
import { Controller } from 'react-hook-form';
import { z } from 'zod';
import { CopyButton } from '../../app/copy-button.tsx';
import { ErrorBox } from '../../app/error-box.tsx';
import { useApiForm } from '../../forms/use-api-form.ts';
import { useText } from '../../i18n/use-text.ts';

const EXPIRY_DAYS = { never: undefined, d30: 30, d90: 90, d365: 365 } as const;
type Expiry = keyof typeof EXPIRY_DAYS;
const expiries = Object.keys(EXPIRY_DAYS) as [Expiry, ...Expiry[]];

export function expiryOf(expiry: Expiry, now: number): string | undefined {
  const days = EXPIRY_DAYS[expiry];
  return days === undefined ? undefined : new Date(now + days * 86_400_000).toISOString();
}

interface Made {
  readonly name: string;
  readonly token: string;
}

function TokenForm({ close, made }: { close: () => void; made: (made: Made) => void }) {
  const { t } = useText();
  const schema = useMemo(
    () =>
      z.object({
        name: z.string().trim().min(1, t('claim.required')).max(64),
        scopes: z.array(permission).min(1, t('system.scopesRequired')),
        expiry: z.enum(expiries),
      }),
    [t],
  );
  const { form, submit, pending, error } = useApiForm({
    route: 'createToken',
    schema,
    defaults: { name: '', scopes: ['status.read', 'sessions.read'], expiry: 'd90' },
    request: ({ name, scopes, expiry }) => {
      const expires = expiryOf(expiry, Date.now());
      return { body: { name, scopes, ...(expires ? { expires } : {}) } };
    },
    invalidates: ['listTokens'],
    done: ({ name, token }) => made({ name, token }),
  });
  const { errors } = form.formState;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {error ? <ErrorBox error={error} /> : null}
        <TextInput
          label={t('system.tokenName')}
          description={t('system.tokenNameHint')}
          autoComplete="off"
          error={errors.name?.message}
          {...form.register('name')}
        />
        <Controller
          control={form.control}
          name="expiry"
          render={({ field }) => (
            <Select
              label={t('system.expiresIn')}
              data={expiries.map((value) => ({ value, label: t(`system.expiry.${value}`) }))}
              allowDeselect={false}
              {...field}
              onChange={(value) => field.onChange(value ?? 'd90')}
            />
          )}
        />
        <Controller
          control={form.control}
          name="scopes"
          render={({ field }) => (
            <Checkbox.Group
              label={t('system.scopes')}
              error={errors.scopes?.message}
              value={field.value}
              onChange={field.onChange}
            >
              <div className="kb-scopes">
                {ALL_PERMISSIONS.map((scope) => (
                  <Checkbox key={scope} value={scope} label={t(`permission.names.${scope}`)} />
                ))}
              </div>
            </Checkbox.Group>
          )}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {t('system.tokenAdd')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MadeToken({ made, close }: { made: Made; close: () => void }) {
  const { t } = useText();
  return (
    <Stack>
      <Notice tone="ok" live title={t('system.tokenMade', { name: made.name })}>
        {t('system.tokenOnce')}
      </Notice>
      <pre className="kb-raw" data-testid="token-secret">
        {made.token}
      </pre>
      <Group justify="flex-end">
        <CopyButton text={made.token} />
        <Button onClick={close}>{t('system.tokenDone')}</Button>
      </Group>
    </Stack>
  );
}

export function TokenDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useText();
  const [made, setMade] = useState<Made>();
  const done = () => {
    close();
    setMade(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={done}
      title={t('system.tokenAdd')}
      closeOnClickOutside={made === undefined}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {made ? <MadeToken made={made} close={done} /> : <TokenForm close={done} made={setMade} />}
    </Modal>
  );
}
