import { EmptyState } from '@kerbside/ui';
import { Card } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMatches } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccess } from '../access/use-access.tsx';
import { useText } from '../i18n/use-text.ts';

/** Shows the page where the role allows it, else says which role it needs. */
export function PermissionGate({ children }: { children: ReactNode }) {
  const permission = useMatches({
    select: (matches) => matches.at(-1)?.staticData.permission ?? 'self',
  });
  const access = useAccess(permission);
  const { t } = useText();
  if (access.allowed) return children;
  return (
    <div className="kb-page">
      <Card>
        <EmptyState icon={<IconLock size={36} aria-hidden />} title={t('permission.title')}>
          {access.reason} {t('permission.ask')}
        </EmptyState>
      </Card>
    </div>
  );
}
