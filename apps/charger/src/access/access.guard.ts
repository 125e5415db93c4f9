import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Route, type RouteName, routes } from '@kerbside/contracts';
import { InternalError } from '@kerbside/kernel';
import { ROUTE } from '../http/endpoint.ts';
import type { Request } from '../http/express.ts';
import { notFound, ProblemError } from '../http/problem.ts';
import type { AccessService } from './access.service.ts';
import { principalOf } from './credentials.ts';
import { holds } from './principal.ts';

/** Lets a request through when its route is public, or its caller holds the route's permission. */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #access: AccessService;
  readonly #bench: boolean;

  constructor(access: AccessService, bench: boolean) {
    this.#access = access;
    this.#bench = bench;
  }

  canActivate(context: ExecutionContext): boolean {
    // streams are authenticated at the upgrade, and authorised topic by topic by the hub
    if (context.getType() === 'ws') return true;
    const name = Reflect.getMetadata(ROUTE, context.getHandler()) as RouteName | undefined;
    // deny by default: a handler that is no route of the contract is a bug
    if (!name) throw new InternalError(`${context.getHandler().name} declares no route`);
    const route: Route = routes[name];
    if (route.bench && !this.#bench) throw notFound('bench: this is a real unit');
    if (route.permission === 'public') return true;
    if (!this.#access.claimed)
      throw new ProblemError(403, 'unclaimed', 'The unit has no owner yet', {
        detail: 'Claim it first: POST /api/v1/claim, or the first page of the admin UI.',
      });
    const request = context.switchToHttp().getRequest<Request>();
    const principal = principalOf(request, this.#access);
    if (!principal) throw new ProblemError(401, 'login-required', 'Log in first');
    request.principal = principal;
    if (route.permission !== 'self' && !holds(principal, route.permission))
      throw new ProblemError(403, 'forbidden', 'Not permitted', {
        detail: `This needs the permission ${route.permission}.`,
      });
    return true;
  }
}
