import { Anchor, Button, Card } from '@mantine/core';
import type { SlacAttempt, SlacAttemptSummary, SlacLive } from '@kerbside/contracts';
import { EmptyState, Notice } from '@kerbside/ui';
import { IconArrowLeft, IconBroadcast, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useAccess } from '../../access/use-access.tsx';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows, Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { AttenuationPanel } from './attenuation-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { Ladder } from './ladder.tsx';
import { IdentityPanel, ModemPanel, RetriesPanel } from './side-panels.tsx';
import { StateLine } from './state-line.tsx';
import { StepsPanel } from './steps-panel.tsx';
import { useShownAttempt } from './use-attempts.ts';
import { VerdictPanel } from './verdict-panel.tsx';
import './slac.css';

/** Frames are not for every role: what the role does see stays. */
function NoFrames() {
  const { t } = useText();
  const { reason } = useAccess('messages.read');
  return (
    <Notice tone="info" icon={<IconLock size={20} aria-hidden />} title={t('slac.needsFrames')}>
      {reason}
    </Notice>
  );
}

function summaryOf(attempt: SlacAttempt): SlacAttemptSummary {
  return { ...attempt, retried: 0 };
}

function Main({ live, chosen }: { live: SlacLive; chosen: string | undefined }) {
  const { t } = useText();
  const { allowed } = useAccess('messages.read');
  const shown = useShownAttempt(live.evse, chosen);
  const { attempt } = shown;
  if (!allowed)
    return (
      <>
        {live.attempt ? <VerdictPanel attempt={live.attempt} /> : null}
        <NoFrames />
      </>
    );
  if (shown.error) return <ErrorBox error={shown.error} retry={shown.retry} />;
  if (shown.loading) return <LoadingRows rows={4} height={110} />;
  if (!attempt)
    return (
      <Card>
        <EmptyState icon={<IconBroadcast size={36} aria-hidden />} title={t('slac.emptyTitle')}>
          {live.state === 'off' ? t('slac.off') : t('slac.emptyText')}
        </EmptyState>
      </Card>
    );
  return (
    <>
      <VerdictPanel attempt={summaryOf(attempt)} />
      <AttenuationPanel attempt={attempt} />
      <StepsPanel steps={attempt.steps} />
      <Ladder attempt={attempt} />
    </>
  );
}

function Side({ live, chosen }: { live: SlacLive; chosen: string | undefined }) {
  const { attempt } = useShownAttempt(live.evse, chosen);
  return (
    <>
      {attempt ? <IdentityPanel attempt={attempt} /> : null}
      <ModemPanel live={live} attempt={attempt} />
      {attempt ? <RetriesPanel attempt={attempt} /> : null}
      <HistoryPanel
        evse={live.evse}
        evMac={attempt?.evMac}
        shown={attempt?.id ?? live.attempt?.id}
      />
    </>
  );
}

function Missing({ id }: { id: string }) {
  const { t } = useText();
  return (
    <Card>
      <EmptyState
        icon={<IconPlugConnectedX size={36} aria-hidden />}
        title={`${t('evse.name', { id })}: ${t('error.notFound')}`}
        action={
          <Button component={Link} to="/evses" variant="default">
            {t('evse.title')}
          </Button>
        }
      />
    </Card>
  );
}

/** SLAC of one outlet: what it does now, and all that was seen of an attempt to match a car. */
export function SlacPage() {
  const { t } = useText();
  const { id: text } = useParams({ from: '/evses/$id/slac' });
  const { attempt: chosen } = useSearch({ from: '/evses/$id/slac' });
  const id = /^[1-9]\d?$/.test(text) ? Number(text) : 0;
  const topic = useTopic('slac', id, id > 0);
  const evse = useTopic('evse', id, id > 0).value;
  const live = topic.value;
  return (
    <Page
      title={t('slac.pageTitle', { id: text })}
      before={
        <Anchor
          component={Link}
          to="/evses/$id"
          params={{ id: text } as never}
          className="kb-backlink"
        >
          <IconArrowLeft size={16} aria-hidden /> {t('slac.back', { id: text })}
        </Anchor>
      }
      aside={
        chosen && id > 0 ? (
          <Button
            component={Link}
            to="/evses/$id/slac"
            params={{ id: text } as never}
            variant="default"
            leftSection={<IconBroadcast size={18} aria-hidden />}
          >
            {t('slac.showLive')}
          </Button>
        ) : undefined
      }
    >
      {id === 0 || topic.status === 'refused' ? (
        <Missing id={text} />
      ) : live ? (
        <div className="kb-live kb-slac">
          <div className="kb-live-main">
            <StateLine live={live} evse={evse} />
            <Main live={live} chosen={chosen} />
          </div>
          <div className="kb-live-side">
            <Side live={live} chosen={chosen} />
          </div>
        </div>
      ) : (
        <LoadingRows rows={4} height={110} />
      )}
    </Page>
  );
}
