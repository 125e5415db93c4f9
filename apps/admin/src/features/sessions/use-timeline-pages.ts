import type { TimelinePage } from '@kerbside/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';

/** The journal of a session, oldest first, 500 entries a page; read again while the session runs. */
export function useTimelinePages(id: string, running: boolean) {
  return useInfiniteQuery<
    TimelinePage,
    ApiError,
    { pages: TimelinePage[] },
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['getTimeline', id],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        'getTimeline',
        { params: { id }, query: { limit: 500, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    getNextPageParam: (page) => page.next,
    refetchInterval: running ? 5000 : false,
  });
}
