import { Button, Stack } from '@mantine/core';
import { Notice } from '@kerbside/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';
import type { ProblemItem } from './use-problems.ts';

export function ProblemList({ problems }: { problems: readonly ProblemItem[] }) {
  const { t, f } = useText();
  return (
    <section aria-label={t('status.problemsTitle')}>
      <Stack gap="sm">
        {problems.map((problem) => (
          <Notice
            key={problem.key}
            tone={problem.tone}
            icon={<IconAlertTriangle size={20} aria-hidden />}
            title={problem.title}
            action={
              problem.to === '/ocpp' ? (
                <Button component={Link} to="/ocpp" variant="default">
                  {t('nav.ocpp')}
                </Button>
              ) : problem.evse ? (
                <Button
                  component={Link}
                  to="/evses/$id"
                  params={{ id: String(problem.evse) } as never}
                  variant="default"
                >
                  {t('evse.name', { id: problem.evse })}
                </Button>
              ) : undefined
            }
          >
            {problem.because ? <div>{problem.because}</div> : null}
            <div>{problem.next}</div>
            {problem.since ? (
              <div className="kb-notice-since">
                {t('app.since', { time: f.dateTime(problem.since) })}
              </div>
            ) : null}
          </Notice>
        ))}
      </Stack>
    </section>
  );
}
