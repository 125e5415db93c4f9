import { Button, Card } from '@mantine/core';
import { EmptyState } from '@kerbside/ui';
import { IconAlertTriangle, IconMapQuestion } from '@tabler/icons-react';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useText } from '../i18n/use-text.ts';
import { Page } from './page.tsx';

export function NotFoundPage() {
  const { t } = useText();
  return (
    <Page title={t('app.notFound')}>
      <Card>
        <EmptyState
          icon={<IconMapQuestion size={36} aria-hidden />}
          title={t('app.notFoundText')}
          action={
            <Button component={Link} to="/" variant="default">
              {t('app.toStatus')}
            </Button>
          }
        />
      </Card>
    </Page>
  );
}

export function RouteErrorPage({ error }: ErrorComponentProps) {
  const { t } = useText();
  return (
    <Page title={t('error.title')}>
      <Card>
        <EmptyState
          icon={<IconAlertTriangle size={36} aria-hidden />}
          title={error instanceof Error ? error.message : String(error)}
          action={<Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>}
        />
      </Card>
    </Page>
  );
}
