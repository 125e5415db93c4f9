import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { KerbsideError, type Logger, PortError } from '@kerbside/kernel';
import { actorOf } from '../access/principal.ts';
import type { Request, Response } from './express.ts';
import { ProblemError } from './problem.ts';
import type { TellRefusal } from './refusals.ts';
import { routesAt } from './route-match.ts';

const titles: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['bad-request', 'Bad request'],
  404: ['not-found', 'Not found'],
  405: ['method-not-allowed', 'Method not allowed'],
  413: ['body-too-large', 'The body is too large'],
  415: ['unsupported-media-type', 'Only application/json is understood'],
};

function fromStatus(status: number, detail: string): ProblemError {
  const [code, title] = titles[status] ?? [`http-${status}`, 'Request failed'];
  return new ProblemError(status, code, title, { detail });
}

/** The one map from errors to HTTP: every error of the API leaves as problem details. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  const status = (error as { status?: unknown } | null)?.status;
  // body-parser's own errors: malformed JSON, too large, aborted
  if (typeof status === 'number' && status >= 400 && status < 500)
    return fromStatus(status, (error as Error).message);
  if (error instanceof PortError)
    return new ProblemError(503, error.code, 'Not available now', { detail: error.message });
  return new ProblemError(500, 'internal', 'Internal error');
}

/** As the client wrote it: a router that has no answer leaves its own shortened path behind. */
const pathOf = (request: Request): string =>
  (request.originalUrl ?? request.path).replace(/\?.*$/s, '');

/** The request itself is wrong, whoever sends it: for the journal. Who may not, and what is not there, is none of it. */
const BAD_INPUT: ReadonlySet<number> = new Set([400, 405, 413, 414, 415, 421, 422]);

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;
  readonly #refused: TellRefusal;

  constructor(log: Logger, refused: TellRefusal) {
    this.#log = log;
    this.#refused = refused;
  }

  #note(request: Request, { status, code }: ProblemError): void {
    if (!BAD_INPUT.has(status)) return;
    const at = routesAt(pathOf(request));
    const route = (at.find(({ method }) => method === request.method) ?? at[0])?.path;
    const from = request.socket.remoteAddress;
    this.#refused({
      on: 'http',
      status,
      code,
      method: request.method,
      ...(route === undefined ? {} : { route }),
      ...(request.principal ? { by: actorOf(request.principal) } : {}),
      ...(from === undefined ? {} : { from }),
    });
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = toProblemError(error);
    if (problem.status >= 500)
      this.#log.error('http.failed', {
        method: request.method,
        path: pathOf(request),
        code: error instanceof KerbsideError ? error.code : 'internal',
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    // a body that ended halfway: its sender is gone, or what broke it is told already
    if (!request.readableAborted) this.#note(request, problem);
    if (response.headersSent) return void response.end();
    if (problem.retryAfter !== undefined)
      response.setHeader('Retry-After', String(Math.ceil(problem.retryAfter)));
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    // RFC 9110 15.5.2; without a realm of Basic no browser asks for a password by itself
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response
      .status(problem.status)
      .setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    response.end(JSON.stringify(problem.toProblem(pathOf(request))));
  }
}
