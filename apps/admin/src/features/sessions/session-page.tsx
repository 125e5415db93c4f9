import { Anchor, Button } from '@mantine/core';
import type { Session } from '@kerbside/contracts';
import { IconActivityHeartbeat, IconArrowLeft } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useApi } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows, Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { SessionChart } from './session-chart.tsx';
import { SessionSummary } from './session-summary.tsx';
import { TransactionsPanel } from './transactions-panel.tsx';
import { useTimelinePages } from './use-timeline-pages.ts';

function History({ session }: { session: Session }) {
  const { t } = useText();
  const timeline = useTimelinePages(session.id, session.ended === undefined);
  const entries = useMemo(
    () => timeline.data?.pages.flatMap((page) => page.items) ?? [],
    [timeline.data],
  );
  return (
    <>
      <SessionChart entries={entries} />
      {timeline.error && !timeline.data ? (
        <ErrorBox error={timeline.error} retry={() => void timeline.refetch()} />
      ) : !timeline.data ? (
        <LoadingRows rows={6} height={44} />
      ) : (
        <Timeline
          entries={entries}
          live={false}
          footer={
            timeline.hasNextPage ? (
              <Button
                variant="subtle"
                fullWidth
                loading={timeline.isFetchingNextPage}
                onClick={() => void timeline.fetchNextPage()}
              >
                {t('timeline.loadMore')}
              </Button>
            ) : null
          }
        />
      )}
    </>
  );
}

/** One session: what it was, its transactions, its power, everything that happened. */
export function SessionPage() {
  const { t, f } = useText();
  const { id } = useParams({ from: '/sessions/$id' });
  const query = useApi('getSession', { params: { id } }, { staleTime: 0 });
  const live = useTopic('sessions').value?.items.find((session) => session.id === id);
  const session = live ?? query.data;
  return (
    <Page
      title={session ? `${t('sessions.one')} ${f.dateTime(session.began)}` : t('sessions.one')}
      width={1320}
      before={
        <Anchor component={Link} to="/sessions" className="kb-backlink">
          <IconArrowLeft size={16} aria-hidden /> {t('sessions.back')}
        </Anchor>
      }
      aside={
        session && session.ended === undefined ? (
          <Button
            component={Link}
            to="/evses/$id"
            params={{ id: String(session.evse) } as never}
            variant="default"
            leftSection={<IconActivityHeartbeat size={18} aria-hidden />}
          >
            {t('sessions.live')}
          </Button>
        ) : undefined
      }
    >
      {session ? (
        <div className="kb-detail">
          <div className="kb-detail-side">
            <SessionSummary session={session} />
            <TransactionsPanel session={session} />
          </div>
          <div className="kb-detail-main">
            <History session={session} />
          </div>
        </div>
      ) : query.error ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={4} height={96} />
      )}
    </Page>
  );
}
