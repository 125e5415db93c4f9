import { isIP } from 'node:net';
import type { Next, Request, Response } from './express.ts';
import { ProblemError } from './problem.ts';

const policy = [
  "default-src 'self'",
  // Mantine sets style attributes; no style element or script comes from elsewhere
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Headers that keep a hostile page, frame or type guess away from the admin UI. */
export function securityHeaders(request: Request, response: Response, next: Next): void {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  // what the API says of this moment and to this caller stays in no cache
  if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
  next();
}

function hostName(header: string): string {
  const match = /^(\[[^\]]+\]|[^:]*)(:\d+)?$/.exec(header);
  return (match?.[1] ?? '').toLowerCase().replace(/^\[(.*)\]$/, '$1');
}

/** Whether a browser may have meant us: an address, localhost, *.local or a configured name (DNS rebinding). */
export function isKnownHost(header: string | undefined, hosts: readonly string[]): boolean {
  if (!header) return false;
  const name = hostName(header);
  if (isIP(name.replace(/%.*$/, '')) !== 0 || name === 'localhost') return true;
  return name.endsWith('.local') || name.endsWith('.localhost') || hosts.includes(name);
}

/** Whether a request with a cookie comes from our own page. Browsers send Sec-Fetch-Site or Origin. */
export function isSameOrigin(request: {
  headers: Record<string, string | string[] | undefined>;
}): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers['origin'];
  if (origin === undefined) return true;
  try {
    return new URL(String(origin)).host === request.headers.host;
  } catch {
    return false;
  }
}

export function hostCheck(hosts: readonly string[]) {
  return (request: Request, _response: Response, next: Next): void => {
    if (isKnownHost(request.headers.host, hosts)) return next();
    next(
      new ProblemError(421, 'unknown-host', 'Unknown host name', {
        detail: 'This unit is not known under the name that the browser used.',
      }),
    );
  };
}
