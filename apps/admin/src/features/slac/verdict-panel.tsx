import { Button } from '@mantine/core';
import type { SlacAttemptSummary } from '@kerbside/contracts';
import { Panel, StateBadge } from '@kerbside/ui';
import { IconDownload } from '@tabler/icons-react';
import { useAccess } from '../../access/use-access.tsx';
import { API_BASE } from '../../api/client.ts';
import { GuardedButton } from '../../app/guarded-button.tsx';
import { useText } from '../../i18n/use-text.ts';
import { attemptTone } from './tones.ts';
import { useVerdictText } from './use-verdict-text.ts';

function Download({ attempt }: { attempt: SlacAttemptSummary }) {
  const { t } = useText();
  const access = useAccess('messages.read');
  const icon = <IconDownload size={18} aria-hidden />;
  if (!access.allowed)
    return (
      <GuardedButton blocked={access.reason} leftSection={icon} onClick={() => undefined}>
        {t('slac.download')}
      </GuardedButton>
    );
  return (
    <Button
      component="a"
      href={`${API_BASE}/evses/${attempt.evse}/slac/attempts/${attempt.id}/pcap`}
      download
      variant="default"
      leftSection={icon}
    >
      {t('slac.download')}
    </Button>
  );
}

/** What came of an attempt, in words, and what to check next. */
export function VerdictPanel({ attempt }: { attempt: SlacAttemptSummary }) {
  const { t, f } = useText();
  const { what, next } = useVerdictText()(attempt.verdict);
  const tone = attemptTone(attempt);
  return (
    <Panel
      title={t('slac.verdictTitle')}
      aside={
        <StateBadge tone={tone} size="sm">
          {t(`slac.history.result.${attempt.result}`)}
        </StateBadge>
      }
      className="kb-slac-verdict"
    >
      <p className="kb-slac-what" data-tone={tone}>
        {what}
      </p>
      {next.length > 0 ? (
        <>
          <h3 className="kb-slac-next-title">{t('slac.nextTitle')}</h3>
          <ol className="kb-slac-next">
            {next.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      ) : null}
      <div className="kb-slac-verdict-foot">
        <span className="kb-quiet">
          {t('slac.attemptOf', { time: f.dateTime(attempt.began) })} ·{' '}
          {f.milliseconds(attempt.lasted)}
        </span>
        <Download attempt={attempt} />
      </div>
    </Panel>
  );
}
