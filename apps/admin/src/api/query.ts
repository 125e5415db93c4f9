import type { RouteName, RouteRequest, RouteResponse } from '@kerbside/contracts';
import {
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { call } from './client.ts';
import { type ApiError, isApiError } from './problem.ts';

/** Refused or malformed calls are not tried again; a lost link is, twice. */
const retry = (count: number, error: Error) =>
  isApiError(error) && error.kind === 'offline' && count < 2;

export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // the unit is on the same link as the browser: there is no "offline" that the browser could know of
      queries: { retry, staleTime: 5000, networkMode: 'always', retryDelay: 800 },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

export const queryKey = <N extends RouteName>(name: N, request: RouteRequest<N>) =>
  [name, request] as const;

/** Reads a route of the contract, cached by its request. */
export function useApi<N extends RouteName>(
  name: N,
  request: RouteRequest<N>,
  options: { enabled?: boolean; staleTime?: number } = {},
): UseQueryResult<RouteResponse<N>, ApiError> {
  return useQuery<RouteResponse<N>, ApiError>({
    queryKey: queryKey(name, request),
    queryFn: ({ signal }) => call(name, request, signal),
    ...options,
  });
}

/** Sends a command; on success what was read from the named routes is read anew. */
export function useCommand<N extends RouteName>(
  name: N,
  invalidates: readonly RouteName[] = [],
): UseMutationResult<RouteResponse<N>, ApiError, RouteRequest<N>> {
  const client = useQueryClient();
  return useMutation<RouteResponse<N>, ApiError, RouteRequest<N>>({
    mutationFn: (request) => call(name, request),
    onSuccess: async () => {
      await Promise.all(
        invalidates.map((route) => client.invalidateQueries({ queryKey: [route] })),
      );
    },
  });
}
