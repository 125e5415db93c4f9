import {
  IconActivityHeartbeat,
  IconCloudDataConnection,
  IconHistory,
  IconPlugConnected,
  IconSettings,
  IconWorld,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';

const items = [
  { to: '/', key: 'status', icon: IconActivityHeartbeat },
  { to: '/evses', key: 'evses', icon: IconPlugConnected },
  { to: '/sessions', key: 'sessions', icon: IconHistory },
  { to: '/ocpp', key: 'ocpp', icon: IconCloudDataConnection },
  { to: '/internet', key: 'vas', icon: IconWorld },
  { to: '/system', key: 'system', icon: IconSettings },
] as const;

export function Nav() {
  const { t } = useText();
  return (
    <nav className="kb-nav" aria-label={t('nav.label')}>
      {items.map(({ to, key, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="kb-nav-link"
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          <Icon size={24} stroke={1.7} aria-hidden />
          <span>{t(`nav.${key}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
