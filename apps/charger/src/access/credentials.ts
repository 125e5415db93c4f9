import type { IncomingMessage } from 'node:http';
import { isSameOrigin } from '../http/browser-safety.ts';
import { ProblemError } from '../http/problem.ts';
import type { AccessService } from './access.service.ts';
import type { Principal } from './principal.ts';

export const SESSION_COOKIE = 'kerbside_session';

export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** The login cookie: not readable by scripts, never sent along from another site. */
export function sessionCookie(value: string, secure: boolean): string {
  const age = value === '' ? '; Max-Age=0' : '';
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${age}`;
}

/** Finds out who asks. Throws a 403 problem for a cookie that another site's page made the browser send. */
export function principalOf(
  request: IncomingMessage,
  access: AccessService,
): Principal | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() === 'bearer' && token) return access.tokens.holder(token);
  const cookie = cookieOf(request.headers.cookie, SESSION_COOKIE);
  if (!cookie) return undefined;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const upgrades = request.headers.upgrade !== undefined;
  if ((!reads || upgrades) && !isSameOrigin(request))
    throw new ProblemError(403, 'cross-site', 'Requests from other sites are refused');
  return access.logins.holder(cookie);
}
