import { Button, Card, SegmentedControl } from '@mantine/core';
import type { SessionPage as Sessions } from '@kerbside/contracts';
import { EmptyState } from '@kerbside/ui';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useApi } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows, Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { mergeSessions } from './merge-sessions.ts';
import { SessionRow } from './session-row.tsx';

const PAGE = 25;

function useSessions(evse: number | undefined) {
  return useInfiniteQuery<
    Sessions,
    ApiError,
    { pages: Sessions[] },
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['listSessions', 'all', evse],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        'listSessions',
        {
          query: {
            limit: PAGE,
            ...(evse ? { evse } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        signal,
      ),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

function EvseFilter({ evse }: { evse: number | undefined }) {
  const { t } = useText();
  const navigate = useNavigate();
  const evses = useApi('listEvses', {}).data ?? [];
  if (evses.length < 2) return null;
  return (
    <SegmentedControl
      size="md"
      aria-label={t('sessions.evse')}
      value={evse === undefined ? 'all' : String(evse)}
      onChange={(value) =>
        void navigate({ to: '/sessions', search: value === 'all' ? {} : { evse: Number(value) } })
      }
      data={[
        { value: 'all', label: t('sessions.allEvses') },
        ...evses.map(({ id }) => ({ value: String(id), label: t('evse.name', { id }) })),
      ]}
    />
  );
}

/** All sessions, newest first, page by page. */
export function SessionsPage() {
  const { t } = useText();
  const { evse } = useSearch({ from: '/sessions' });
  const query = useSessions(evse);
  const live = useTopic('sessions').value?.items;
  const sessions = useMemo(
    () => mergeSessions(query.data?.pages.flatMap((page) => page.items) ?? [], live ?? [], evse),
    [query.data, live, evse],
  );
  return (
    <Page title={t('sessions.title')} aside={<EvseFilter evse={evse} />}>
      {query.error && !query.data ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : !query.data ? (
        <LoadingRows rows={6} height={64} />
      ) : (
        <Card p={0}>
          {sessions.length === 0 ? (
            <EmptyState
              icon={<IconHistory size={36} aria-hidden />}
              title={
                evse === undefined
                  ? t('sessions.emptyTitle')
                  : t('sessions.emptyFilter', { id: evse })
              }
            >
              {t('sessions.emptyText')}
            </EmptyState>
          ) : (
            <ul className="kb-rows">
              {sessions.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ul>
          )}
        </Card>
      )}
      {query.hasNextPage ? (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('sessions.more')}
        </Button>
      ) : null}
    </Page>
  );
}
