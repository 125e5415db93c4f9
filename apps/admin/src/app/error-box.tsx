import { Button } from '@mantine/core';
import { Notice } from '@kerbside/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ApiError } from '../api/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { useErrorText } from './use-error-text.ts';

/** A failed call: what, why, the code to read out on the phone, and the way on. */
export function ErrorBox({ error, retry }: { error: ApiError; retry?: () => void }) {
  const { t } = useText();
  const errorText = useErrorText();
  return (
    <Notice
      tone="bad"
      live
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={errorText(error)}
      action={
        retry ? (
          <Button variant="default" onClick={retry}>
            {t('app.retry')}
          </Button>
        ) : undefined
      }
    >
      {error.kind === 'offline' ? `${t('error.offlineNext')} ` : null}
      <span className="kb-mono">
        {t('error.code')}: {error.code}
      </span>
    </Notice>
  );
}
