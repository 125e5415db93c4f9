import type { SlacAttempt, SlacAttemptPage } from '@kerbside/contracts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAccess } from '../../access/use-access.tsx';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useApi } from '../../api/query.ts';
import { useTopic } from '../../stream/stream-context.tsx';

/** The attempts of an EVSE that are kept, newest first, page by page. */
export function useAttempts(evse: number, evMac: string | undefined) {
  return useInfiniteQuery<
    SlacAttemptPage,
    ApiError,
    { pages: SlacAttemptPage[] },
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['listSlacAttempts', evse, evMac],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        'listSlacAttempts',
        {
          params: { id: evse },
          query: {
            limit: 20,
            ...(evMac ? { evMac } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        signal,
      ),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

export interface ShownAttempt {
  readonly attempt: SlacAttempt | undefined;
  readonly loading: boolean;
  readonly error: ApiError | undefined;
  readonly retry: () => void;
  /** The one that runs or ran last since the start of the charger. */
  readonly live: boolean;
}

/** The attempt that was chosen, else the live one, else the newest that is kept. */
export function useShownAttempt(evse: number, chosen: string | undefined): ShownAttempt {
  const { allowed } = useAccess('messages.read');
  const topic = useTopic('slacAttempt', evse, allowed);
  const live = topic.value?.attempt;
  const newest = useAttempts(evse, undefined).data?.pages[0]?.items[0]?.id;
  const known = topic.status !== 'loading' || topic.value !== undefined;
  const id = chosen ?? (known && !live ? newest : undefined);
  const isLive = live !== undefined && (id === undefined || id === live.id);
  const query = useApi(
    'getSlacAttempt',
    { params: { id: evse, attempt: id ?? '' } },
    { enabled: allowed && id !== undefined && !isLive, staleTime: 60_000 },
  );
  useRefreshWhenDone(live);
  return {
    attempt: isLive ? live : query.data,
    loading: allowed && !isLive && (id === undefined ? !known : query.isLoading),
    error: isLive ? undefined : (query.error ?? undefined),
    retry: () => void query.refetch(),
    live: isLive,
  };
}

/** The list is read anew when an attempt has its result, and once more when that is on disk for sure. */
function useRefreshWhenDone(live: SlacAttempt | undefined): void {
  const client = useQueryClient();
  const done = live && live.result !== 'running' ? `${live.id} ${live.verdict.code}` : undefined;
  useEffect(() => {
    if (done === undefined) return undefined;
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: ['listSlacAttempts'] }),
      800,
    );
    return () => clearTimeout(timer);
  }, [client, done]);
}
