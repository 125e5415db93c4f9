import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import { type Route, type RouteName, routes, type Routes } from '@kerbside/contracts';
import type { z } from 'zod';
import type { Request } from './express.ts';
import { type FieldError, ProblemError } from './problem.ts';

export const ROUTE = 'kerbside:route';

/** Binds a method to a route of the contract: path, method, permission and validation come from there. */
export function Endpoint(name: RouteName): MethodDecorator {
  const route: Route = routes[name];
  return applyDecorators(
    SetMetadata(ROUTE, name),
    RequestMapping({
      path: route.path.replace(/\{(\w+)\}/g, ':$1'),
      method: RequestMethod[route.method],
    }),
    HttpCode(route.response === 'none' ? 204 : 200),
  );
}

type Output<T> = T extends z.ZodType ? z.output<T> : never;
/** The validated request of a route. */
export type Valid<N extends RouteName> = {
  readonly [
    K in 'params' | 'query' | 'body' as Routes[N] extends Record<K, unknown> ? K : never
  ]: Output<Routes[N][K & keyof Routes[N]]>;
};

const escape = (key: PropertyKey) => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

function check(schema: z.ZodType, value: unknown, where: string, errors: FieldError[]): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    for (const key of unknown)
      errors.push({
        pointer: [where, ...issue.path, ...(key === undefined ? [] : [key])].map(escape).join('/'),
        message: key === undefined ? issue.message : 'not a known field',
      });
  }
  return undefined;
}

/** Whether a body came that is not declared as JSON; none at all is for the schema to judge. RFC 9110 15.5.16 */
function hasOtherBody({ headers }: Request): boolean {
  const length = headers['content-length'];
  const sent = headers['transfer-encoding'] !== undefined || (length ?? '0') !== '0';
  return sent && !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}

export function validate(name: RouteName, request: Request): Record<string, unknown> {
  const route: Route = routes[name];
  const errors: FieldError[] = [];
  const valid: Record<string, unknown> = {};
  if (route.body && hasOtherBody(request))
    throw new ProblemError(415, 'unsupported-media-type', 'Only application/json is understood', {
      headers: { Accept: 'application/json' },
    });
  if (route.params) valid['params'] = check(route.params, request.params, 'path', errors);
  if (route.query) valid['query'] = check(route.query, request.query, 'query', errors);
  if (route.body) valid['body'] = check(route.body, request.body, '', errors);
  if (errors.length > 0)
    throw new ProblemError(400, 'invalid-request', 'The request is not valid', {
      detail: errors.map((error) => `${error.pointer || '/'}: ${error.message}`).join('; '),
      errors,
    });
  return valid;
}

/** The request, validated by the contract of the method's `@Endpoint`. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const name = Reflect.getMetadata(ROUTE, context.getHandler()) as RouteName;
  return validate(name, context.switchToHttp().getRequest<Request>());
});

/** Who asks; set by the access guard on every route that is not public. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Request>().principal,
);
