import type { Permission } from '@kerbside/contracts';
import { IconLock } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useAccess } from '../../access/use-access.tsx';
import { Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';

const tabs = [
  { to: '/system/about', key: 'about', permission: 'self' },
  { to: '/system/settings', key: 'settings', permission: 'config.read' },
  { to: '/system/accounts', key: 'accounts', permission: 'users.manage' },
  { to: '/system/tokens', key: 'tokens', permission: 'tokens.manage' },
  { to: '/system/audit', key: 'audit', permission: 'audit.read' },
] as const satisfies readonly { to: string; key: string; permission: Permission | 'self' }[];

function Tab({
  to,
  label,
  permission,
}: {
  to: (typeof tabs)[number]['to'];
  label: string;
  permission: Permission | 'self';
}) {
  const access = useAccess(permission);
  return (
    <Link to={to} className="kb-tab" activeProps={{ 'aria-current': 'page' }} title={access.reason}>
      {access.allowed ? null : <IconLock size={15} aria-hidden />}
      {label}
      {access.reason ? <span className="kb-visually-hidden">({access.reason})</span> : null}
    </Link>
  );
}

export function SystemLayout() {
  const { t } = useText();
  return (
    <Page title={t('system.title')}>
      <nav className="kb-tabs" aria-label={t('system.title')}>
        {tabs.map(({ to, key, permission }) => (
          <Tab key={to} to={to} label={t(`system.${key}`)} permission={permission} />
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
