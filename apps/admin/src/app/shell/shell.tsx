import { Anchor, Group, Text } from '@mantine/core';
import { Logo } from '@kerbside/ui';
import { IconFlask } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useApi } from '../../api/query.ts';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { LinkDots } from './link-dots.tsx';
import { LostOverlay } from './lost-overlay.tsx';
import { Nav } from './nav.tsx';
import { UserMenu } from './user-menu.tsx';

/** Header, mode ribbon, navigation: a rail on the desktop, a bar in reach of the thumb on the phone. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useText();
  const claim = useApi('getClaim', {}, { staleTime: Infinity });
  const health = useTopic('health');
  const bench = health.value?.bench ?? claim.data?.bench ?? false;
  return (
    <div className="kb-shell" data-ribbon={bench || undefined}>
      <a className="kb-skip" href="#main">
        {t('app.skip')}
      </a>
      <div className="kb-top">
        <header className="kb-header">
          <Anchor component={Link} to="/" underline="never" c="inherit" className="kb-brand">
            <Logo size={32} />
            <span className="kb-brand-text">
              <Text component="span" fw={700} truncate display="block">
                {claim.data?.unit ?? t('app.name')}
              </Text>
            </span>
          </Anchor>
          <Group gap={4} wrap="nowrap" ml="auto">
            <LinkDots />
            <UserMenu />
          </Group>
        </header>
        {bench ? (
          <div className="kb-ribbon" role="note">
            <IconFlask size={16} aria-hidden />
            <strong>{t('shell.bench')}</strong>
            <span className="kb-ribbon-text">{t('shell.benchText')}</span>
          </div>
        ) : null}
      </div>
      <Nav />
      <main id="main" className="kb-main" tabIndex={-1}>
        {children}
      </main>
      <LostOverlay />
    </div>
  );
}
