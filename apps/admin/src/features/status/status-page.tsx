import { Anchor } from '@mantine/core';
import { Panel, StateBadge } from '@kerbside/ui';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useAccess } from '../../access/use-access.tsx';
import { Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { EvseCards } from '../evses/evse-cards.tsx';
import { HealthPanel } from './health-panel.tsx';
import { LastSessions } from './last-sessions.tsx';
import { ProblemList } from './problem-list.tsx';
import { useProblems } from './use-problems.ts';

/** First page: is all well, what needs me, what does each EVSE do. */
export function StatusPage() {
  const { t } = useText();
  const problems = useProblems();
  const sessions = useAccess('sessions.read');
  const worst = problems?.some(({ tone }) => tone === 'bad') ? 'bad' : 'warn';
  return (
    <Page
      title={t('status.title')}
      width={1320}
      aside={
        problems === undefined ? undefined : problems.length === 0 ? (
          <StateBadge tone="ok" icon={<IconCircleCheck size={18} aria-hidden />}>
            {t('status.ok')}
          </StateBadge>
        ) : (
          <StateBadge tone={worst} icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('status.problems', { count: problems.length })}
          </StateBadge>
        )
      }
    >
      {problems && problems.length > 0 ? <ProblemList problems={problems} /> : null}
      <EvseCards />
      <div className="kb-columns">
        {sessions.allowed ? (
          <Panel
            title={t('status.lastSessions')}
            flush
            aside={
              <Anchor component={Link} to="/sessions" size="sm">
                {t('status.allSessions')}
              </Anchor>
            }
          >
            <LastSessions />
          </Panel>
        ) : null}
        <HealthPanel />
      </div>
    </Page>
  );
}
