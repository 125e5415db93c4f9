import { Anchor, Button, Card } from '@mantine/core';
import { EmptyState } from '@kerbside/ui';
import { IconArrowLeft, IconBroadcast, IconPlugConnectedX } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { LoadingRows, Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { BenchPanel } from '../bench/bench-panel.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { ActionPanel } from './action-panel.tsx';
import { EvseHeader } from './evse-header.tsx';
import { HardwarePanel } from './hardware-panel.tsx';
import { LimitsPanel } from './limits-panel.tsx';
import { PowerPanel } from './power-panel.tsx';

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

function LiveTimeline({ id }: { id: number }) {
  const { t } = useText();
  const timeline = useTopic('timeline', id);
  const session = timeline.value?.session;
  const entries = timeline.value?.entries ?? [];
  if (timeline.status === 'loading' && !timeline.value) return <LoadingRows rows={4} height={44} />;
  return (
    <Timeline
      key={session ?? 'none'}
      entries={entries}
      live
      footer={
        session ? (
          <div className="kb-tl-footer">
            <Anchor component={Link} to="/sessions/$id" params={{ id: session } as never}>
              {t('sessions.openThis')}
            </Anchor>
          </div>
        ) : null
      }
    />
  );
}

/** One EVSE as it happens: state and why, numbers, chart, limits, actions, the time line. */
export function EvsePage() {
  const { t } = useText();
  const { id: text } = useParams({ from: '/evses/$id' });
  const id = /^[1-9]\d?$/.test(text) ? Number(text) : 0;
  const topic = useTopic('evse', id, id > 0);
  const health = useTopic('health').value;
  const evse = topic.value;
  const missing = id === 0 || topic.status === 'refused';
  return (
    <Page
      title={t('evse.name', { id: text })}
      width={1320}
      before={
        <Anchor component={Link} to="/evses" className="kb-backlink">
          <IconArrowLeft size={16} aria-hidden /> {t('evse.title')}
        </Anchor>
      }
      aside={
        missing ? undefined : (
          <Button
            component={Link}
            to="/evses/$id/slac"
            params={{ id: text } as never}
            variant="default"
            leftSection={<IconBroadcast size={18} aria-hidden />}
          >
            {t('slac.open')}
          </Button>
        )
      }
    >
      {missing ? (
        <Missing id={text} />
      ) : evse ? (
        <div className="kb-live">
          <div className="kb-live-main">
            <EvseHeader evse={evse} />
            <PowerPanel evse={evse} />
            <LiveTimeline id={id} />
          </div>
          <div className="kb-live-side">
            <ActionPanel evse={evse} />
            {health?.bench ? <BenchPanel id={id} /> : null}
            <LimitsPanel evse={evse} />
            <HardwarePanel evse={evse} />
          </div>
        </div>
      ) : (
        <LoadingRows rows={3} height={120} />
      )}
    </Page>
  );
}
