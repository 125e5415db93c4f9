import { type Route, routes } from '@kerbside/contracts';
import type { Next, Request, Response } from './express.ts';
import { ProblemError } from './problem.ts';

const patterns = (Object.values(routes) as Route[]).map((route) => ({
  route,
  pattern: new RegExp(
    `^/api/v1${route.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`,
    'i',
  ),
}));

/** The routes of the contract at this path, whatever their method. */
export const routesAt = (path: string): readonly Route[] =>
  patterns.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route);

/** Answers 405 with `Allow` where the contract knows the path but not the method. RFC 9110 15.5.6 */
export function methodCheck(bench: boolean) {
  return (request: Request, _response: Response, next: Next): void => {
    const known = routesAt(request.path).filter((route) => bench || !route.bench);
    const allow = new Set<string>(known.map(({ method }) => method));
    if (allow.has('GET')) allow.add('HEAD');
    // Express itself answers OPTIONS
    if (allow.size === 0 || allow.has(request.method) || request.method === 'OPTIONS')
      return next();
    const allowed = [...allow].sort().join(', ');
    next(
      new ProblemError(405, 'method-not-allowed', 'Method not allowed', {
        detail: `This address takes ${allowed}.`,
        headers: { Allow: allowed },
      }),
    );
  };
}
