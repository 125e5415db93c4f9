import {
  type Route,
  type RouteName,
  type RouteRequest,
  type RouteResponse,
  routes,
} from '@kerbside/contracts';
import { ApiError, toApiError } from './problem.ts';

export const API_BASE = '/api/v1';

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** The path and query of a call, parameters filled in. */
export function urlOf(route: Route, request: AnyRequest): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(request.params?.[name] ?? '')),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) query.set(name, String(value));
  const search = query.toString();
  return `${API_BASE}${path}${search ? `?${search}` : ''}`;
}

async function answerOf(route: Route, response: Response): Promise<unknown> {
  if (route.response === 'none') return undefined;
  if (route.response === 'text') return response.text();
  if (route.response === 'pcap') return response.arrayBuffer();
  const parsed = route.response.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue ? `${issue.path.join('.') || 'body'}: ${issue.message}` : 'body';
  throw new ApiError('unexpected', 'unexpected-answer', where, response.status);
}

/** Calls a route of the contract: typed request, validated answer, ApiError otherwise. */
export async function call<N extends RouteName>(
  name: N,
  request: RouteRequest<N>,
  signal?: AbortSignal,
): Promise<RouteResponse<N>> {
  const route: Route = routes[name];
  const { body } = request as AnyRequest;
  let response: Response;
  try {
    response = await fetch(urlOf(route, request as AnyRequest), {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('offline', 'offline', 'no answer from the charger');
  }
  if (!response.ok) throw await toApiError(response);
  return (await answerOf(route, response)) as RouteResponse<N>;
}
